//! Which container a file is, from its first bytes and never from its name. Opens nothing and reads no cases.

use crate::store::skim::{self, Line, Scan};

/// How much of a file is looked at.
pub(super) const HEAD: usize = 64 * 1024;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// One JSON object on each line, as far as can be told. What is wrong with single lines is said line by line.
    Jsonl,
    /// Nothing but white space.
    Blank,
    /// A zip archive.
    Zip,
    /// A gzip file.
    Gzip,
    /// A Zstandard file.
    Zstd,
    /// A Parquet file.
    Parquet,
    /// Text in UTF-16.
    Utf16,
    /// One JSON array.
    Array,
    /// One JSON value over several lines.
    Value,
    /// A table of values between commas, semicolons or tabs.
    Table,
    /// Other text.
    Text,
    /// Anything else.
    Binary,
}

const MAGIC: [(&[u8], Container); 6] = [
    (b"PK\x03\x04", Container::Zip),
    (b"PK\x05\x06", Container::Zip),
    (b"\x1F\x8B", Container::Gzip),
    (b"\x28\xB5\x2F\xFD", Container::Zstd),
    (b"PAR1", Container::Parquet),
    (b"\xFF\xFE", Container::Utf16),
];

/// The kind of a file that begins with these bytes; `whole` says that they are all it has.
#[must_use]
pub fn sniff(head: &[u8], whole: bool) -> Container {
    let head = &head[..head.len().min(HEAD)];
    if let Some((_, container)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *container;
    }
    if head.starts_with(b"\xFE\xFF") || skim::is_utf16(head) {
        return Container::Utf16;
    }
    let start = skim::lead(head);
    match head.get(start) {
        None if whole => Container::Blank,
        None => Container::Jsonl,
        Some(b'{') => braces(head, start, whole),
        Some(b'[') => brackets(head, start, whole),
        Some(_) if has_record(head, whole) => Container::Jsonl,
        Some(_) => no_json(&head[start..]),
    }
}

/// An object comes first: is it a line of many, or all there is?
fn braces(head: &[u8], start: usize, whole: bool) -> Container {
    let mut scan = Scan::new(head, start);
    let outcome = scan.value();
    let end = outcome.map_or_else(|stop| stop.at, |()| scan.at());
    let lines = head[start..end].contains(&b'\n');
    match outcome {
        _ if !lines => Container::Jsonl,
        Ok(()) => Container::Value,
        Err(stop) if stop.is_end() && !whole => Container::Value,
        // A first line that is broken says nothing of the others; an object that goes on over lines does.
        Err(_) if has_record(head, whole) => Container::Jsonl,
        Err(_) => Container::Value,
    }
}

/// A bracket comes first: an array, or the first line of a log.
fn brackets(head: &[u8], start: usize, whole: bool) -> Container {
    let mut scan = Scan::new(head, start);
    match scan.value() {
        Ok(()) if !head[start..scan.at()].contains(&b'\n') && has_record(head, whole) => Container::Jsonl,
        Ok(()) => Container::Array,
        Err(stop) if stop.is_end() => Container::Array,
        Err(_) if has_record(head, whole) => Container::Jsonl,
        Err(_) if matches!(head[start + 1..].trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) => Container::Array,
        Err(_) => no_json(&head[start..]),
    }
}

/// Whether any line that stands whole in the head is a record.
fn has_record(head: &[u8], whole: bool) -> bool {
    let mut lines = head.split_inclusive(|b| *b == b'\n').filter(|line| whole || line.ends_with(b"\n"));
    lines.any(|line| matches!(skim::skim(line, 0), Line::Object(_)))
}

fn no_json(text: &[u8]) -> Container {
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    if text.iter().any(control) {
        Container::Binary
    } else if is_table(text) {
        Container::Table
    } else {
        Container::Text
    }
}

/// Whether this begins with a row of short names and goes on with the same separator. Prose seldom does both.
fn is_table(text: &[u8]) -> bool {
    let mut lines = text.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (Some(first), second) = (lines.next(), lines.next()) else { return false };
    [b',', b';', b'\t'].iter().any(|separator| {
        let cells = || first.split(|b| b == separator).map(<[u8]>::trim_ascii);
        cells().count() > 1
            && cells()
                .all(|cell| cell.len() <= 64 && !cell.ends_with(b".") && !cell.windows(2).any(|pair| pair == b". "))
            && second.is_none_or(|row| row.contains(separator))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_known_by_what_is_in_them() {
        let long = format!("{{\"a\":\"{}", "x".repeat(HEAD));
        let pretty = format!("{{\n \"samples\": [\n{}", "{\"id\":1},\n".repeat(9000));
        let log = "[2026-01-01 10:00] INFO started\n[2026-01-01 10:01] INFO {\"a\":1}\n";
        for (head, expected) in [
            (&b"{\"a\":1}\n{\"a\":2}\n"[..], Container::Jsonl),
            (b"{\"a\":1}", Container::Jsonl),
            (b"{\"a\":\"cut", Container::Jsonl),
            (b"\xEF\xBB\xBF\r\n\n {\"a\":1}\r\n", Container::Jsonl),
            (b"\x1E{\"a\":1}\n\x1E{\"a\":1}\n", Container::Jsonl),
            (b"{\"a\":\"broken\n{\"a\":1}\n", Container::Jsonl),
            (b"{\"a\":\n{\"a\":1}\n", Container::Jsonl),
            (b"{\"a\":,}\n{\"a\":,}\n", Container::Jsonl),
            (b"# a comment\n{\"a\":1}\n", Container::Jsonl),
            (b"[1]\n{\"a\":1}\n", Container::Jsonl),
            (b"null\n{\"a\":1}\n", Container::Jsonl),
            (b"id,text\n{\"a\":1}\n", Container::Jsonl),
            (b"\0\0\0\0\0\0\n{\"a\":1}\n", Container::Jsonl),
            (long.as_bytes(), Container::Jsonl),
            (b"{\n  \"a\": 1\n}\n", Container::Value),
            (b"{\n  \"a\": [\n{\"b\":1}\n]}\n", Container::Value),
            (b"{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n", Container::Value),
            (b"{\n  \"a\": 1,\n", Container::Value),
            (pretty.as_bytes(), Container::Value),
            (b"[]", Container::Array),
            (b"[{\"a\":1},{\"a\":2}]\n", Container::Array),
            (b"[\n{\"a\":1},\n{\"a\":2}\n]\n", Container::Array),
            (b"[\n{\"a\":1},\n", Container::Array),
            (b"[{\"a\":1,}]\n", Container::Array),
            (log.as_bytes(), Container::Text),
            (b" \n\r\n", Container::Blank),
            (b"PK\x03\x04\x14\0", Container::Zip),
            (b"\x1F\x8B\x08\0", Container::Gzip),
            (b"\x28\xB5\x2F\xFD\x04", Container::Zstd),
            (b"PAR1\x15\x04", Container::Parquet),
            (b"\xFF\xFE{\0\"\0", Container::Utf16),
            (b"\xFE\xFF\0{\0\"", Container::Utf16),
            (b"{\0\"\0a\0\"\0", Container::Utf16),
            (b"id,prompt,answer\n1,hello,world\n", Container::Table),
            (b"\"id\",\"prompt\"\n\"1\",\"a\nb\"\n", Container::Table),
            (b"id\tprompt\n1\thello\n", Container::Table),
            (b"id,prompt", Container::Table),
            (b",meta.id,answer\n0,7,yes. And no.\n", Container::Table),
            (b"Dear all,\nhere is the data.\n", Container::Text),
            (b"Well, yes. And no.\nWell, no.\n", Container::Text),
            (b"<!DOCTYPE html>\n<html>\n", Container::Text),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", Container::Text),
            (b"caf\xE9\n", Container::Text),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Container::Binary),
            (&[0; 4096], Container::Binary),
        ] {
            assert_eq!(sniff(head, head.len() < HEAD), expected, "{}", head[..head.len().min(80)].escape_ascii());
        }
    }

    #[test]
    fn half_of_a_first_line_does_not_decide() {
        assert_eq!(sniff(b"{\"a\":[1,", false), Container::Jsonl);
        assert_eq!(sniff(b"[1,", false), Container::Array);
        assert_eq!(sniff(b"  \n\n", false), Container::Jsonl);
    }
}
