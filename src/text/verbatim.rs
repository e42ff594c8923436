//! Lines that lose their sense when they are wrapped: rows of tables and of code. Finds them by their marks in the text; judges
//! nothing else.

/// For each line of a text whether it belongs to a table or to fenced code; empty where no line does.
#[must_use]
pub fn lines(text: &str) -> Vec<bool> {
    // Most texts have neither, and a look for two bytes tells so.
    if memchr::memchr3(b'|', b'`', b'~', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let all: Vec<&str> = text.lines().collect();
    let mut verbatim = vec![false; all.len()];
    fences(&all, &mut verbatim);
    tables(&all, &mut verbatim);
    if verbatim.contains(&true) { verbatim } else { Vec::new() }
}

/// Marks what stands between two fences. A fence that is never closed begins nothing: the rest may be prose.
fn fences(lines: &[&str], verbatim: &mut [bool]) {
    let mut open: Option<(usize, char, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some((sign, length)) = fence(line) else { continue };
        match open {
            Some((from, other, least)) if sign == other && length >= least && closes(line, sign) => {
                verbatim[from..=at].fill(true);
                open = None;
            }
            Some(_) => {}
            None => open = Some((at, sign, length)),
        }
    }
}

/// The sign and the length of the fence that a line begins with.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == sign).count();
    (length >= 3).then_some((sign, length))
}

fn closes(line: &str, sign: char) -> bool {
    line.trim().chars().all(|c| c == sign)
}

/// Marks tables: rows that begin with a bar and have another one, and what stands around a row of dashes and bars.
fn tables(lines: &[&str], verbatim: &mut [bool]) {
    for (at, line) in lines.iter().enumerate() {
        let bars = line.bytes().filter(|b| *b == b'|').count();
        if line.trim_start().starts_with('|') && bars >= 2 {
            verbatim[at] = true;
        }
        if bars >= 1 && is_rule(line) && at > 0 && lines[at - 1].contains('|') {
            let rows = lines[at + 1..].iter().take_while(|row| row.contains('|')).count();
            verbatim[at - 1..=at + rows].fill(true);
        }
    }
}

/// Whether a line is the row of dashes below a table's head.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|b| b"|-: \t".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<&str> {
        text.lines().zip(lines(text)).filter(|(_, is)| *is).map(|(line, _)| line).collect()
    }

    #[test]
    fn tables_and_fenced_code_are_found() {
        let text = "prose | with a bar\n\n| a | b |\n|---|---|\n| 1 | 2 |\nprose\n```rust\nlet x = 1;\n```\nprose";
        assert_eq!(marked(text), ["| a | b |", "|---|---|", "| 1 | 2 |", "```rust", "let x = 1;", "```"]);
        assert_eq!(marked("a | b\n--|--\n1 | 2\nend"), ["a | b", "--|--", "1 | 2"]);
        assert_eq!(marked("~~~\n```\n~~~"), ["~~~", "```", "~~~"]);
    }

    #[test]
    fn what_is_no_code_is_prose() {
        assert!(lines("plain words\nand more").is_empty());
        assert!(lines("`x` and ``` never closed\n```\nprose").is_empty());
        assert!(lines("a | b\nc | d").is_empty(), "bars alone make no table");
        assert!(lines("--- | ---").is_empty(), "a rule needs a head");
        assert!(lines("").is_empty());
    }
}
