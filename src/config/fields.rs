//! The fields of `config.toml`, and how such a file is read. Finds every fault in one go and decides nothing by itself: a file with a
//! fault gives nothing.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::keys::keymap::Shipped;
use crate::store::journal::Annotator;
use crate::ui::Theme;

/// The longest dwell that can be asked for: more than a minute would be a slip of the pen.
const LONGEST_DWELL: u64 = 60_000;

/// Reads the text of a `config.toml`.
///
/// # Errors
/// All faults, one for each row that has any, with the row.
pub(super) fn parse(text: &str) -> Result<Config, Vec<String>> {
    let mut config = Config::default();
    read(text, |key, value| set(&mut config, key, value))?;
    Ok(config)
}

/// Reads a file whose every key `take` knows or has a fault to tell of.
///
/// # Errors
/// All faults, one for each row that has any, with the row.
pub(super) fn read(
    text: &str,
    mut take: impl FnMut(&str, &Spanned<DeValue<'_>>) -> Result<(), String>,
) -> Result<(), Vec<String>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<(usize, String)> = errors
        .iter()
        .map(|error| (row(text, error.span()), error.message().lines().collect::<Vec<_>>().join(", ")))
        .collect();
    for (key, value) in table.get_ref() {
        if let Err(fault) = take(key.get_ref(), value) {
            faults.push((row(text, Some(key.span())), fault));
        }
    }
    // What the parser made of a broken row is its own guess, so only the first fault of a row is told.
    faults.sort_by_key(|(row, _)| *row);
    faults.dedup_by_key(|(row, _)| *row);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.into_iter().map(|(row, fault)| format!("row {row}: {fault}")).collect())
    }
}

fn set(config: &mut Config, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
    let value = value.get_ref();
    match key {
        "annotator" => {
            let name = value.as_str().ok_or("annotator is a name in quotes")?;
            let name = Annotator::new(name).map_err(|fault| fault.trim_end_matches('.').to_owned())?;
            config.annotator = Some(name.to_string());
        }
        "min_dwell_ms" => {
            let number = value.as_integer().and_then(|n| u64::from_str_radix(n.as_str(), n.radix()).ok());
            config.min_dwell_ms = number
                .filter(|ms| *ms <= LONGEST_DWELL)
                .ok_or_else(|| format!("min_dwell_ms is a whole number from 0 to {LONGEST_DWELL}"))?;
        }
        "advance" => config.stay = stay(value)?,
        "pace" => config.pace = value.as_bool().ok_or("pace is true or false")?,
        "theme" => {
            let known = |name: &&str| Theme::named(name).is_some();
            let name = value.as_str().filter(known).ok_or_else(|| {
                let names: Vec<_> = Theme::names().map(|name| format!("{name:?}")).collect();
                format!("theme is one of {}", names.join(", "))
            })?;
            config.theme = Some(name.to_owned());
        }
        "ascii" => config.ascii = Some(value.as_bool().ok_or("ascii is true or false")?),
        "keymap" => {
            let names = || format!("keymap is one of {}, in quotes", Shipped::ALL.map(|s| s.name).join(", "));
            config.keymap = Shipped::named(value.as_str().ok_or_else(names)?)?;
        }
        other => {
            let known = "annotator, min_dwell_ms, advance, pace, keymap, theme and ascii";
            return Err(format!("there is no {other:?}; there are {known}"));
        }
    }
    Ok(())
}

/// Whether a label stays on its case.
pub(super) fn stay(value: &DeValue<'_>) -> Result<bool, String> {
    match value.as_str() {
        Some("next") => Ok(false),
        Some("enter") => Ok(true),
        _ => Err("advance is \"next\" or \"enter\"".to_owned()),
    }
}

/// The row of a place in the text, from 1.
fn row(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    1 + text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse(""), Ok(Config::default()));
        let Config { annotator, min_dwell_ms, stay, pace, keymap, theme, ascii } = parse("# nothing\n").unwrap();
        assert_eq!((annotator, min_dwell_ms, stay, keymap.name), (None, 700, false, "default"));
        assert_eq!((pace, theme, ascii), (true, None, None));
    }

    #[test]
    fn every_field_is_read() {
        let text = "annotator = \"alice\"\nmin_dwell_ms = 0\nadvance = \"enter\"\npace = false\ntheme = \"mono\"\nascii = false\n";
        let [annotator, theme] = ["alice", "mono"].map(|word| Some(word.to_owned()));
        assert_eq!(
            parse(text),
            Ok(Config {
                annotator,
                min_dwell_ms: 0,
                stay: true,
                pace: false,
                theme,
                ascii: Some(false),
                ..Config::default()
            })
        );
        assert_eq!(parse("keymap = \"vim\"").unwrap().keymap.name, "vim");
        assert_eq!(parse("min_dwell_ms = 0x7D0").unwrap().min_dwell_ms, 2000);
        assert_eq!(parse("min_dwell_ms = 1_000").unwrap().min_dwell_ms, 1000);
        assert!(!parse("advance = \"next\"").unwrap().stay);
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_rows() {
        let text = "annotator = \"a/b\"\n\nmin_dwell_ms = -1\nadvance = 3\ncolour = \"red\"\nbroken\n";
        let faults = parse(text).unwrap_err();
        let rows: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').next()).collect();
        assert_eq!(rows, ["row 1", "row 3", "row 4", "row 5", "row 6"], "{faults:#?}");
        assert!(faults[0].contains("a/b") && faults[3].contains("\"colour\""), "{faults:#?}");
    }

    #[test]
    fn an_unknown_keymap_names_those_that_exist() {
        for text in ["keymap = \"vi\"", "keymap = 3"] {
            let faults = parse(text).unwrap_err();
            assert!(faults.len() == 1 && faults[0].contains("default, vim, pager"), "{faults:#?}");
        }
    }

    #[test]
    fn a_broken_row_has_one_fault() {
        for text in [
            "min_dwell_ms =",
            "advance = next",
            "annotator = \"alice",
            "min_dwell_ms = 60001",
            "[advance]",
            "theme = \"x\"",
            "ascii = 1",
            "pace = 1",
        ] {
            assert_eq!(parse(text).unwrap_err().len(), 1, "{text}");
        }
    }

    #[test]
    fn a_field_cannot_be_said_twice() {
        let faults = parse("advance = \"next\"\nadvance = \"enter\"\n").unwrap_err();
        assert!(faults.len() == 1 && faults[0].starts_with("row 2"), "{faults:#?}");
    }
}
