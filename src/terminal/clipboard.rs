//! The terminal's clipboard, which programs set by a sequence called OSC 52: base64 and nothing else goes out in it. Whether it
//! arrives nobody can know, since nothing is ever asked of a terminal.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clipboard {
    /// There surely is none.
    None,
    /// The terminal takes the sequence as it is.
    Plain,
    /// tmux takes it, and passes it on where it is told to.
    Tmux,
    /// GNU screen passes on what is wrapped, in short pieces.
    Screen,
}

/// GNU screen of every age passes on pieces of this length.
const PIECE: usize = 250;

impl Clipboard {
    /// The way to the clipboard from here.
    #[must_use]
    pub fn here() -> Self {
        let variable = |name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self::of(&variable("TERM").unwrap_or_default(), variable("TMUX").is_some_and(|tmux| !tmux.is_empty()))
    }

    /// The way to the clipboard where `TERM` has this value, in tmux or not.
    #[must_use]
    pub fn of(term: &str, tmux: bool) -> Self {
        let vt = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        match term {
            "" | "linux" | "dumb" => Self::None,
            _ if vt => Self::None,
            _ if tmux || term.starts_with("tmux") => Self::Tmux,
            _ if term.starts_with("screen") => Self::Screen,
            _ => Self::Plain,
        }
    }

    /// The bytes that set the clipboard to this text; none where there is no clipboard.
    #[must_use]
    pub fn sequence(self, text: &[u8]) -> Vec<u8> {
        let sequence = || format!("\x1b]52;c;{}\x07", STANDARD.encode(text)).into_bytes();
        match self {
            Self::None => Vec::new(),
            Self::Plain | Self::Tmux => sequence(),
            Self::Screen => sequence().chunks(PIECE).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_way_depends_on_where_one_is() {
        for (term, tmux, way) in [
            ("xterm-256color", false, Clipboard::Plain),
            ("screen-256color", true, Clipboard::Tmux),
            ("tmux-256color", false, Clipboard::Tmux),
            ("screen.xterm-256color", false, Clipboard::Screen),
            ("vte-256color", false, Clipboard::Plain),
            ("vt220", false, Clipboard::None),
            ("linux", false, Clipboard::None),
            ("dumb", true, Clipboard::None),
            ("", false, Clipboard::None),
        ] {
            assert_eq!(Clipboard::of(term, tmux), way, "{term}");
        }
    }

    #[test]
    fn nothing_but_base64_goes_out() {
        let text: Vec<u8> = (0..=255).cycle().take(74_994).collect();
        let sequence = Clipboard::Plain.sequence(&text);
        let inner = sequence.strip_prefix(b"\x1b]52;c;").unwrap().strip_suffix(b"\x07").unwrap();
        assert!(inner.len() <= 100_000 && inner.iter().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b)));
        assert_eq!(STANDARD.decode(inner).unwrap(), text);
        let wrapped = Clipboard::Screen.sequence(&text);
        let pieces = wrapped.strip_prefix(b"\x1bP").unwrap().strip_suffix(b"\x1b\\").unwrap();
        let pieces = String::from_utf8(pieces.to_vec()).unwrap();
        let pieces: Vec<&str> = pieces.split("\x1b\\\x1bP").collect();
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE));
        assert_eq!(pieces.concat().into_bytes(), sequence);
        assert!(Clipboard::None.sequence(&text).is_empty());
    }
}
