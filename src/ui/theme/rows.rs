//! A theme's file, row by row: TOML in, styles out, and every fault of the file at once. Knows what a style is called and
//! nothing of what it is for.

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Role;

/// The sixteen colours that a terminal's palette has, and its own foreground or background.
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// What most terminals can do besides colours.
const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// A style that takes back whatever was drawn where it comes: a role looks the same everywhere.
pub(super) fn style(fg: Color, bg: Color, modifier: Modifier) -> Style {
    Style { fg: Some(fg), bg: Some(bg), add_modifier: modifier, sub_modifier: !modifier, ..Style::new() }
}

/// Reads the text of a theme. Faults are told in the order of the file, and after them the words there are.
pub(super) fn read(text: &str, file: &str) -> (Vec<(Role, Style)>, Vec<String>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let row = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let broken = |message: &str| message.lines().collect::<Vec<_>>().join(", ");
    let mut faults: Vec<(usize, Fault)> = errors
        .iter()
        .map(|error| (row(error.span().map_or(0, |span| span.start)), Fault::Broken(broken(error.message()))))
        .collect();
    let mut rows = Vec::new();
    for (name, value) in table.get_ref() {
        match role(name.get_ref(), value) {
            Ok(known) => rows.push(known),
            Err(fault) => faults.push((row(name.span().start), fault)),
        }
    }
    // What the parser made of a broken row is its own guess, so only the first fault of a row is told.
    faults.sort_by_key(|(row, _)| *row);
    faults.dedup_by_key(|(row, _)| *row);
    let is = |kind: fn(&Fault) -> bool| faults.iter().any(|(_, fault)| kind(fault));
    let roles = is(|fault| matches!(fault, Fault::Role(_))).then(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("the roles are {}", names.join(", "))
    });
    let words = is(|fault| matches!(fault, Fault::Words(_))).then(|| {
        let colours: Vec<_> = COLOURS.iter().map(|(name, _)| *name).collect();
        let attributes: Vec<_> = ATTRIBUTES.iter().map(|(name, _)| *name).collect();
        format!("the colours are {}; the attributes are {}", colours.join(", "), attributes.join(", "))
    });
    let told = faults.into_iter().map(|(row, fault)| format!("{file}, row {row}: {}", fault.sentence()));
    (rows, told.chain(roles).chain(words).collect())
}

/// What is wrong with a row.
enum Fault {
    /// It is no TOML.
    Broken(String),
    /// There is no such role.
    Role(String),
    /// These words of its style mean nothing.
    Words(Vec<String>),
    /// Its style is no style for another reason.
    Style(String),
}

impl Fault {
    fn sentence(&self) -> String {
        match self {
            Self::Role(name) => format!("there is no role {name:?}"),
            Self::Words(words) => match &words[..] {
                [word] => format!("{word:?} is no colour and no attribute"),
                words => {
                    let words: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
                    format!("{} are no colours and no attributes", words.join(", "))
                }
            },
            Self::Broken(what) | Self::Style(what) => what.clone(),
        }
    }
}

fn role(name: &str, value: &Spanned<DeValue<'_>>) -> Result<(Role, Style), Fault> {
    let role = Role::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| Fault::Role(name.to_owned()))?;
    let DeValue::String(words) = value.get_ref() else {
        return Err(Fault::Style(format!("{name} is written {name} = \"cyan bold\"")));
    };
    Ok((role, spelled(name, words)?))
}

/// The style of words such as `red on default bold`, in any order but for the colour behind `on`.
fn spelled(role: &str, words: &str) -> Result<Style, Fault> {
    let (mut fg, mut bg, mut modifier) = (None, None, Modifier::empty());
    let mut unknown = Vec::new();
    let colour = |word: &str| COLOURS.iter().find(|(name, _)| *name == word).map(|(_, colour)| *colour);
    let twice = |what: &str| Err(Fault::Style(format!("{role} has more than one {what}: {words:?}")));
    let mut rest = words.split_whitespace();
    while let Some(word) = rest.next() {
        if word == "on" {
            let Some(behind) = rest.next() else {
                return Err(Fault::Style(format!("{role} has an \"on\" with no colour behind it: {words:?}")));
            };
            match colour(behind) {
                Some(_) if bg.is_some() => return twice("background"),
                Some(colour) => bg = Some(colour),
                None => unknown.push(behind.to_owned()),
            }
        } else if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == word) {
            modifier |= *attribute;
        } else if let Some(colour) = colour(word) {
            if fg.is_some() {
                return twice("colour");
            }
            fg = Some(colour);
        } else {
            unknown.push(word.to_owned());
        }
    }
    if !unknown.is_empty() {
        return Err(Fault::Words(unknown));
    }
    if words.trim().is_empty() {
        return Err(Fault::Style(format!("{role} is empty; what is to look like plain text is \"default\"")));
    }
    Ok(style(fg.unwrap_or(Color::Reset), bg.unwrap_or(Color::Reset), modifier))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        read(text, "theme.toml").1
    }

    #[test]
    fn styles_are_words_in_any_order() {
        let (rows, faults) = read("dim = \"reversed red on bright-blue bold\"\nkey='default'\nhit = 'on cyan'", "t");
        assert_eq!(faults, [""; 0]);
        assert_eq!(
            rows,
            [
                (Role::Dim, style(Color::Red, Color::LightBlue, Modifier::BOLD | Modifier::REVERSED)),
                (Role::Hit, style(Color::Reset, Color::Cyan, Modifier::empty())),
                (Role::Key, style(Color::Reset, Color::Reset, Modifier::empty())),
            ]
        );
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_rows_and_the_words_there_are() {
        let text = "key = \"cyan\"\nfocussed = \"bold\"\ntitle = \"lila boldd\"\n\ndim = 3\nhit = \"red on\"\nsaved = \"red blue\"\n\
                    hint = \"on red on blue\"\ntext = \" \"\nbroken\n";
        let faults = faults(text);
        let rows: Vec<&str> = faults.iter().filter_map(|fault| fault.split(": ").next()).take(8).collect();
        let wanted = [2, 3, 5, 6, 7, 8, 9, 10].map(|row| format!("theme.toml, row {row}"));
        assert_eq!(rows, wanted, "{faults:#?}");
        assert!(faults[0].contains("\"focussed\"") && faults[1].contains("\"lila\", \"boldd\" are"), "{faults:#?}");
        assert_eq!(faults.len(), 10, "{faults:#?}");
        assert!(faults[8].contains("hit-here") && faults[9].contains("bright-white"), "{faults:#?}");
    }

    #[test]
    fn a_broken_row_has_one_fault_and_no_list_of_words() {
        for text in
            ["key =", "key = cyan", "key = \"cyan", "key = \"red\"\nkey = \"blue\"", "key.fg = \"red\"", "[key]"]
        {
            assert_eq!(faults(text).len(), 1, "{text}: {:?}", faults(text));
        }
        assert_eq!(faults("key = \"on lila\"").len(), 2);
    }
}
