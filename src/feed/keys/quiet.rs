//! Whether a key came alone, and what belongs to an escape sequence that was torn on its way.
//!
//! On a slow line a sequence arrives in pieces, and crossterm takes a lone first byte for the Esc key and the rest for
//! letters: Delete becomes Esc `[` `3` `~`, the terminal's answer to a question becomes `?` `6` `2` `c`, and each of these
//! letters may be a label. So after an Esc we wait a moment. If anything follows, it was no Esc: it and the rest of the
//! sequence are swallowed. Whatever slips through came in one burst with something else, and so did not come alone.
//!
//! Two things cannot be told from fingers and are not claimed here: a paste without brackets that pauses before its last
//! letter, and Alt with a letter that took longer than that moment.
//!
//! It has no clock and no terminal: both are told to it, so that every tear can be tested.

use std::time::{Duration, Instant};

use super::Pressed;
use crate::keys::key::{Code, Key};

/// Input that came no longer than this before a key means that no finger pressed it.
pub const APART: Duration = Duration::from_millis(30);

/// How long the rest of a torn sequence may take.
pub const TORN: Duration = Duration::from_millis(50);

/// What has come lately.
#[derive(Default, Debug)]
pub struct Quiet {
    last: Option<Instant>,
    state: State,
}

#[derive(Default, Debug)]
enum State {
    #[default]
    Open,
    /// This key may be the beginning of a torn sequence.
    Held(Pressed, Rest),
    /// A torn sequence is being swallowed.
    Swallowing(Rest),
}

/// What is still to come of a sequence.
#[derive(Clone, Copy, Debug)]
enum Rest {
    /// After Esc: what kind of sequence it is.
    Kind,
    /// After Esc `[`: its first byte, which may be a second `[` on a Linux console.
    First,
    /// Parameters and one final letter.
    Final,
    /// One more, whatever it is.
    One,
    /// Text up to a bell or Esc `\`.
    Text,
    /// The `\` of that.
    TextEnd,
}

impl Rest {
    /// What is still to come after `key`, if anything.
    fn after(self, key: Key) -> Option<Rest> {
        let Code::Char(c) = key.code else {
            // Only text can go on after a key that is no character, and only Esc can end it.
            return match (self, key.code) {
                (Rest::Text, Code::Esc) => Some(Rest::TextEnd),
                (Rest::Text, _) => Some(Rest::Text),
                _ => None,
            };
        };
        match self {
            Rest::Kind => match c {
                '[' => Some(Rest::First),
                'O' => Some(Rest::One),
                _ if opens_text(c) => Some(Rest::Text),
                _ => None,
            },
            Rest::First if c == '[' => Some(Rest::One),
            Rest::First | Rest::Final if ('@'..='~').contains(&c) => None,
            Rest::First | Rest::Final => Some(Rest::Final),
            Rest::One | Rest::TextEnd => None,
            Rest::Text if c == 'g' && key.ctrl || c == '\\' && key.alt => None,
            Rest::Text => Some(Rest::Text),
        }
    }
}

/// Whether Esc and this character begin a sequence with text in it: a colour, a name, a version.
fn opens_text(c: char) -> bool {
    matches!(c, ']' | 'P' | '_' | '^' | 'X')
}

impl Quiet {
    /// How long to wait for more before [`Quiet::silence`] is due; `None` while there is nothing to wait for.
    pub fn patience(&self, now: Instant) -> Option<Duration> {
        match (&self.state, self.last) {
            (State::Open, _) | (_, None) => None,
            (_, Some(last)) => Some((last + TORN).saturating_duration_since(now)),
        }
    }

    /// A key was read at `at`, and more input is `waiting` behind it. Gives what is to be told now.
    pub fn key(&mut self, key: Key, at: Instant, waiting: bool) -> Option<Pressed> {
        let apart = self.last.is_none_or(|last| at.saturating_duration_since(last) >= APART);
        self.last = Some(at);
        let pressed = Pressed { key, at, alone: apart && !waiting };
        // A second Esc is an Esc again, as when one is pressed twice; in a text it may be the beginning of its end.
        let esc = key.code == Code::Esc && !matches!(self.state, State::Swallowing(Rest::Text));
        self.state = match (&self.state, key.code) {
            _ if esc => State::Held(pressed, Rest::Kind),
            (State::Held(_, rest) | State::Swallowing(rest), _) => {
                rest.after(key).map_or(State::Open, State::Swallowing)
            }
            // crossterm joins Esc and a character that came with it into one key with Alt.
            (State::Open, Code::Char(c)) if key.alt && opens_text(c) => State::Held(pressed, Rest::Text),
            (State::Open, _) => return Some(pressed),
        };
        None
    }

    /// Something came that is no key: a paste, a mouse, a change of focus.
    pub fn other(&mut self, at: Instant) {
        self.last = Some(at);
        self.state = State::Open;
    }

    /// Nothing came for as long as [`Quiet::patience`] said. Gives the key that was held back until this was certain.
    pub fn silence(&mut self) -> Option<Pressed> {
        match std::mem::take(&mut self.state) {
            State::Held(pressed, _) => Some(pressed),
            State::Open | State::Swallowing(_) => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Keys that terminals send and answers they give, each with letters or digits that are labels in it.
    const SEQUENCES: [&str; 24] = [
        "\x1b[3~",
        "\x1b[2~",
        "\x1b[C",
        "\x1bOC",
        "\x1b[1;5C",
        "\x1b[[C",
        "\x1b[15;2~",
        "\x1b[?62;0;2c",
        "\x1b[?1;2c",
        "\x1b[>0;276;0c",
        "\x1b[1;1R",
        "\x1b[?1u",
        "\x1b[0n",
        "\x1b[I",
        "\x1b[?2026;2$y",
        "\x1b[4;600;800t",
        "\x1b[<0;10;2M",
        "\x1b]11;rgb:ffff/ffff/ffff\x07",
        "\x1b]11;rgb:f0f0/1f1f/cccc\x1b\\",
        "\x1b]10;rgb:0000/1111/2222\x1b\\",
        "\x1b]52;c;ZnJjdzE=\x07",
        "\x1bP>|xterm(388)\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
    ];

    /// What crossterm makes of bytes that come in several reads: keys with the time of their read, and whether another
    /// one of the same read follows.
    #[derive(Default)]
    struct Parser {
        bytes: Vec<u8>,
    }

    impl Parser {
        fn read(&mut self, read: &[u8]) -> Vec<Key> {
            let mut keys = Vec::new();
            for (i, byte) in read.iter().enumerate() {
                self.bytes.push(*byte);
                let more = i + 1 < read.len();
                let plain = |c: u8, alt| match c {
                    b'\x1b' => Key::new(Code::Esc, false, alt, false),
                    1..=26 => Key::new(Code::Char(char::from(c - 1 + b'a')), true, alt, false),
                    _ => Key::new(Code::Char(char::from(c)), false, alt, false),
                };
                match self.bytes[..] {
                    [0x1b] if more => continue,
                    [0x1b, b'O'] | [0x1b, b'['] => continue,
                    // A whole sequence is a key of its own or nothing at all, but never a letter.
                    [0x1b, b'O', _] => keys.push(plain(0x1b, true)),
                    [0x1b, b'[', b'[', _] => keys.push(plain(0x1b, true)),
                    [0x1b, b'[', b'['] => continue,
                    [0x1b, b'[', .., last] if !(64..=126).contains(&last) => continue,
                    [0x1b, b'[', ..] => {}
                    [0x1b, c] => keys.push(plain(c, true)),
                    [c] => keys.push(plain(c, false)),
                    _ => {}
                }
                self.bytes.clear();
            }
            // Whole sequences stand as Alt-Esc above; they are no Esc.
            keys.iter()
                .map(
                    |key| {
                        if key.alt && key.code == Code::Esc {
                            Key::new(Code::Delete, false, false, false)
                        } else {
                            *key
                        }
                    },
                )
                .collect()
        }
    }

    /// The labels that come of reads at these times, each a key that would count as pressed by a finger.
    fn labels(reads: &[(u64, &[u8])]) -> String {
        let start = Instant::now();
        let (mut quiet, mut parser, mut told) = (Quiet::default(), Parser::default(), Vec::new());
        for (millis, read) in reads {
            let at = start + Duration::from_millis(*millis);
            // The thread wakes up on its own when the wait is over.
            if quiet.last.is_some_and(|last| quiet.patience(at).is_some() && at > last + TORN) {
                told.extend(quiet.silence());
            }
            let keys = parser.read(read);
            for (i, key) in keys.iter().enumerate() {
                told.extend(quiet.key(*key, at, i + 1 < keys.len()));
            }
        }
        told.extend(quiet.silence());
        told.iter()
            .filter(|pressed| pressed.alone)
            .filter_map(|pressed| pressed.key.as_char())
            .filter(char::is_ascii_alphanumeric)
            .collect()
    }

    #[test]
    fn no_sequence_cut_anywhere_is_a_label() {
        for sequence in SEQUENCES {
            for cut in 0..=sequence.len() {
                let (head, tail) = sequence.as_bytes().split_at(cut);
                for gap in [0, 1, 29, 30, 49, 50, 51, 80, 200, 5000] {
                    assert_eq!(labels(&[(1000, head), (1000 + gap, tail)]), "", "{sequence:?} cut at {cut}, {gap} ms");
                }
            }
        }
    }

    #[test]
    fn no_sequence_trickling_in_is_a_label() {
        for sequence in SEQUENCES {
            for gap in [0, 1, 20, 30, 45, 49] {
                let reads: Vec<_> = (0..).map(|i| 1000 + i * gap).zip(sequence.as_bytes().chunks(1)).collect();
                assert_eq!(labels(&reads), "", "{sequence:?} with {gap} ms between its bytes");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_sequence_cut_at_many_points_is_a_label(
            sequence in proptest::sample::select(&SEQUENCES[..]),
            cuts in proptest::collection::btree_map(0..30usize, 0..50u64, 0..6),
        ) {
            let (mut from, mut at, mut reads) = (0, 1000, Vec::new());
            for (cut, gap) in cuts {
                let cut = cut.min(sequence.len());
                reads.push((at, &sequence.as_bytes()[from..cut]));
                (from, at) = (cut, at + gap);
            }
            reads.push((at, &sequence.as_bytes()[from..]));
            prop_assert_eq!(labels(&reads), "");
        }

        #[test]
        fn no_paste_is_a_label(paste in "[frcw0-4x ]{2,30}", cut in 1..30usize, gap in 0..30u64) {
            let (head, tail) = paste.as_bytes().split_at(cut.min(paste.len() - 1));
            // The very first letter, with nothing behind it yet, could be a finger's.
            let labels = labels(&[(1000, head), (1000 + gap, tail)]);
            prop_assert!(labels.is_empty() || head.len() == 1 && labels.len() == 1);
        }
    }

    #[test]
    fn fingers_label() {
        assert_eq!(labels(&[(1000, b"f"), (1030, b"r"), (1200, b"c")]), "frc");
        assert_eq!(labels(&[(1000, b"f"), (1029, b"r")]), "f");
        assert_eq!(labels(&[(1000, b"\x1b"), (1051, b"f")]), "f", "after an Esc");
        assert_eq!(labels(&[(1000, b"\x1b[C"), (1100, b"f")]), "f", "after an arrow");
        assert_eq!(
            labels(&[(1000, b"\x1b"), (1040, b"[3~"), (1100, b"f")]),
            "f",
            "after a torn sequence, its end seen"
        );
    }

    #[test]
    fn esc_comes_when_nothing_follows_and_only_then() {
        let esc = Key::new(Code::Esc, false, false, false);
        let now = Instant::now();
        let mut quiet = Quiet::default();
        assert_eq!(quiet.patience(now), None);
        assert_eq!(quiet.key(esc, now, false), None);
        assert_eq!(quiet.patience(now), Some(TORN));
        assert_eq!(quiet.silence().map(|pressed| (pressed.key, pressed.at)), Some((esc, now)));
        assert_eq!((quiet.patience(now), quiet.silence()), (None, None));
        // Twice in a row within the wait: one of them is told, not none.
        quiet.key(esc, now + TORN, false);
        quiet.key(esc, now + TORN + APART, false);
        assert_eq!(quiet.silence().map(|pressed| pressed.key), Some(esc));
        // Esc [ 3 ~ with a pause after each byte.
        for c in ['[', '3', '~'] {
            quiet.key(esc, now, false);
            assert_eq!(quiet.key(Key::char(c), now, false), None);
            quiet.silence();
        }
        // A paste ends whatever was waited for.
        quiet.key(esc, now, false);
        quiet.other(now);
        assert_eq!((quiet.patience(now), quiet.silence()), (None, None));
    }

    #[test]
    fn an_alt_key_that_may_open_a_text_comes_late_but_comes() {
        let mut quiet = Quiet::default();
        let key = Key::new(Code::Char(']'), false, true, false);
        assert_eq!(quiet.key(key, Instant::now(), false), None);
        assert_eq!(quiet.silence().map(|pressed| pressed.key), Some(key));
    }
}
