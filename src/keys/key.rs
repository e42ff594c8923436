//! One key press: its name in keymaps, its name in help, and one form for what terminals report in several.
//!
//! A terminal tells much less than a keyboard knows: Ctrl-i *is* Tab, Shift is part of a capital, and the keypad's 1 is a 1.
//! [`Key::new`] folds all that together, so that a key read from a keymap and the same key pressed always compare equal.
//! It never reads the terminal; turning its events into keys is the key thread's work.

use std::fmt;
use std::str::FromStr;

/// What was pressed, without the modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names are the keys' own")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
    /// A key that terminals report but that has no name here. Nothing can be bound to it.
    Null,
}

/// The keys with a name, as help shows them; keymaps write the same in lower case.
const NAMED: [(Code, &str); 15] = [
    (Code::Char(' '), "Space"),
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Delete"),
    (Code::Insert, "Insert"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PageUp"),
    (Code::PageDown, "PageDown"),
];

/// One key press in the one form in which this program compares keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held and is no part of the character.
    pub shift: bool,
}

impl Key {
    /// The key a terminal means by `code` with these modifiers.
    ///
    /// Shift vanishes into characters, letters with Ctrl are lower case, and the control characters that are at once
    /// keys of their own become those keys.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Key {
        let plain = |code| Key { code, ctrl: false, alt, shift: false };
        match code {
            Code::Char(c) if ctrl => match c.to_ascii_lowercase() {
                // Half of the world's terminals send Ctrl-h for Backspace; a pasted or scripted newline is Ctrl-j.
                'h' => plain(Code::Backspace),
                'i' => plain(Code::Tab),
                'j' | 'm' => plain(Code::Enter),
                '[' => plain(Code::Esc),
                c => Key { code: Code::Char(c), ctrl, alt, shift: false },
            },
            Code::Char(c) if shift => plain(Code::Char(c.to_ascii_uppercase())),
            Code::Char(_) => plain(code),
            _ => Key { code, ctrl, alt, shift },
        }
    }

    /// A character without modifiers.
    pub fn char(c: char) -> Key {
        Key::new(Code::Char(c), false, false, false)
    }

    /// The character this key writes, if it was pressed without Ctrl and Alt.
    pub fn as_char(self) -> Option<char> {
        match self {
            Key { code: Code::Char(c), ctrl: false, alt: false, .. } => Some(c),
            _ => None,
        }
    }

    /// The name for people: `Space`, `Ctrl-d`, `Shift-Tab`, `?`.
    pub fn shown(self) -> String {
        let mut name = String::new();
        for (held, prefix) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                name.push_str(prefix);
            }
        }
        match (NAMED.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some((_, word)), _) => name.push_str(word),
            (None, Code::Char(c)) => name.push(c),
            (None, Code::F(n)) => name.push_str(&format!("F{n}")),
            (None, _) => name.push_str("Null"),
        }
        name
    }
}

/// The name as keymaps write it: `space`, `ctrl-d`, `shift-tab`, `?`, `G`. Parsing gives the same key back.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.shown();
        // Only a last character standing by itself keeps its case: `G` is another key than `g`.
        let word = match self.code {
            Code::Char(c) if c != ' ' => {
                shown.strip_suffix(c).map(str::to_lowercase).map(|prefix| format!("{prefix}{c}"))
            }
            _ => None,
        };
        f.write_str(&word.unwrap_or_else(|| shown.to_lowercase()))
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads a name as a keymap writes it. The error is the end of a sentence that begins with where it was read.
    fn from_str(name: &str) -> Result<Key, String> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = name;
        loop {
            let held = [("ctrl-", &mut ctrl), ("alt-", &mut alt), ("shift-", &mut shift)].into_iter().find_map(
                |(prefix, held)| match rest.get(..prefix.len()) {
                    Some(start) if start.eq_ignore_ascii_case(prefix) && rest.len() > prefix.len() => {
                        Some((held, &rest[prefix.len()..]))
                    }
                    _ => None,
                },
            );
            let Some((held, after)) = held else { break };
            *held = true;
            rest = after;
        }
        let code = code(rest)
            .ok_or_else(|| format!("there is no key {name:?}; a key is one character or one of {}", words()))?;
        let character = matches!(code, Code::Char(_));
        if character && shift {
            return Err(format!("Shift is part of a character; write the character itself, not {name:?}"));
        }
        let key = Key::new(code, ctrl, alt, shift);
        if character && !matches!(key.code, Code::Char(_)) {
            return Err(format!("a terminal cannot tell {name:?} from {:?}; write the latter", key.to_string()));
        }
        Ok(key)
    }
}

/// The key without its modifiers.
fn code(word: &str) -> Option<Code> {
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(Code::Char(c));
    }
    let function = word.strip_prefix(['f', 'F']).and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n));
    let named = NAMED.iter().find(|(_, named)| named.eq_ignore_ascii_case(word)).map(|(code, _)| *code);
    named.or(function.map(Code::F))
}

/// All names of keys, for the sentence that says which there are.
fn words() -> String {
    let mut words: Vec<_> = NAMED.iter().map(|(_, name)| name.to_lowercase()).collect();
    words.push("f1 … f24, each after ctrl-, alt- or shift-".to_owned());
    words.join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes() -> impl Strategy<Value = Code> {
        prop_oneof![
            any::<char>().prop_filter("no key", |c| !c.is_control() && !c.is_whitespace()).prop_map(Code::Char),
            proptest::char::range('!', '~').prop_map(Code::Char),
            (0..NAMED.len()).prop_map(|i| NAMED[i].0),
            (1..=24u8).prop_map(Code::F),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_key_is_read_back_from_its_name(code in codes(), ctrl: bool, alt: bool, shift: bool) {
            let key = Key::new(code, ctrl, alt, shift);
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            prop_assert_eq!(key.shown().parse::<Key>(), Ok(key), "the name for people is understood too");
        }

        #[test]
        fn no_name_panics(name in any::<String>()) {
            let _ = name.parse::<Key>();
        }
    }

    #[test]
    fn names() {
        for (name, shown) in [
            ("ctrl-d", "Ctrl-d"),
            ("shift-tab", "Shift-Tab"),
            ("pageup", "PageUp"),
            ("?", "?"),
            ("G", "G"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("space", "Space"),
            ("f1", "F1"),
            ("f", "f"),
        ] {
            let key: Key = name.parse().unwrap();
            assert_eq!((key.shown().as_str(), key.to_string().as_str()), (shown, name));
        }
        for wrong in ["", " ", "ctrl-", "ctl-d", "gg", "f0", "f25", "ctrl-i", "ctrl-m", "shift-a", "shift-space", "\t"]
        {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_terminals_report_in_several_ways_is_one_key() {
        let same = |a: (Code, bool, bool), b: &str| assert_eq!(Key::new(a.0, a.1, false, a.2), b.parse().unwrap());
        same((Code::Char('G'), false, true), "G");
        same((Code::Char('g'), false, true), "G");
        same((Code::Char('?'), false, true), "?");
        same((Code::Char('D'), true, true), "ctrl-d");
        same((Code::Char('h'), true, false), "backspace");
        same((Code::Char('j'), true, false), "enter");
        same((Code::Tab, false, true), "shift-tab");
    }
}
