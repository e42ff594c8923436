//! The key thread: reads the terminal, stamps each key with its time, and says whether it came alone.
//!
//! It is the only place that knows crossterm's events. It never acts on a key and never drops one silently, but for what
//! [`quiet`] finds to be the torn rest of an escape sequence.

pub mod quiet;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::keys::key::{Code, Key};
use crate::terminal::wire::LARGEST;
use quiet::Quiet;

/// So many errors in a row, or panics in all, and the terminal counts as gone.
const ATTEMPTS: u32 = 5;

/// A key, when it was read, and whether it came alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pressed {
    /// Which key.
    pub key: Key,
    /// When it was read.
    pub at: Instant,
    /// No input came in the 30 ms before it, and none is waiting behind it: a finger pressed it, not a paste, a reply of
    /// the terminal or a torn escape sequence. Only such a key may be a label.
    pub alone: bool,
}

/// What the terminal had to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key was pressed.
    Key(Pressed),
    /// This text was pasted, raw as the terminal gave it.
    Paste(String),
    /// The window has this many columns and rows now.
    Resize(u16, u16),
    /// No more keys will come, and why.
    Gone(String),
}

/// Starts the thread. It ends when `send` says `false`, or after [`Input::Gone`].
///
/// `known` is the window for which the first frame is drawn, in columns and rows: a change that comes before anybody listens for
/// changes would be lost, so the size is looked at again once the terminal is listened to.
pub fn keys(known: (u16, u16), mut send: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<()> {
    let work = move || {
        // The first look makes crossterm listen for changes of the window. It waits for nothing, and what fails fails again below.
        let listens = event::poll(Duration::ZERO);
        let drawn = |(columns, rows): (u16, u16)| (columns.min(LARGEST.width), rows.min(LARGEST.height));
        let size = crossterm::terminal::size().ok().filter(|size| listens.is_ok() && *size != (0, 0));
        let now = size.filter(|size| drawn(*size) != known);
        if now.is_some_and(|(columns, rows)| !send(Input::Resize(columns, rows))) {
            return;
        }
        for _ in 0..ATTEMPTS {
            // crossterm may panic on a reply no terminal should give; that must cost the reply and not the keyboard.
            match catch_unwind(AssertUnwindSafe(|| read_on(&mut send))) {
                Ok(Ok(())) => return,
                Ok(Err(error)) => {
                    send(Input::Gone(format!("the terminal gives no keys any more: {error}")));
                    return;
                }
                Err(_) => {}
            }
        }
        send(Input::Gone("what the terminal sends cannot be read as keys".to_owned()));
    };
    thread::Builder::new().name("keys".to_owned()).spawn(work).map(drop)
}

/// Reads until nobody wants more, or until the terminal has failed several times in a row.
fn read_on(send: &mut dyn FnMut(Input) -> bool) -> io::Result<()> {
    let mut quiet = Quiet::default();
    let mut failures = 0;
    loop {
        let input = match read_one(&mut quiet) {
            Ok(input) => input,
            Err(error) if failures == ATTEMPTS => return Err(error),
            Err(_) => {
                failures += 1;
                thread::sleep(Duration::from_millis(20));
                continue;
            }
        };
        failures = 0;
        if input.is_some_and(|input| !send(input)) {
            return Ok(());
        }
    }
}

/// Waits for one event and says what of it is to be told.
fn read_one(quiet: &mut Quiet) -> io::Result<Option<Input>> {
    if let Some(patience) = quiet.patience(Instant::now())
        && !event::poll(patience)?
    {
        return Ok(quiet.silence().map(Input::Key));
    }
    let event = event::read()?;
    let at = Instant::now();
    Ok(match event {
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::Key(event) if event.kind == KeyEventKind::Press => {
            let waiting = event::poll(Duration::ZERO)?;
            quiet.key(key(event), at, waiting).map(Input::Key)
        }
        Event::Paste(text) => {
            quiet.other(at);
            Some(Input::Paste(text))
        }
        Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => {
            quiet.other(at);
            None
        }
    })
}

/// Our key for crossterm's.
fn key(event: KeyEvent) -> Key {
    let held = |modifier| event.modifiers.contains(modifier);
    let code = match event.code {
        // What these do is between the person and the desktop; without its modifier the key would be another one.
        _ if event.modifiers.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) => Code::Null,
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => Code::Null,
    };
    let shift = held(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab;
    Key::new(code, held(KeyModifiers::CONTROL), held(KeyModifiers::ALT), shift)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_keymaps() {
        let same = |code, modifiers, name: &str| {
            assert_eq!(key(KeyEvent::new(code, modifiers)), name.parse().unwrap(), "{name}");
        };
        same(KeyCode::Char('f'), KeyModifiers::NONE, "f");
        same(KeyCode::Char('G'), KeyModifiers::SHIFT, "G");
        same(KeyCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d");
        same(KeyCode::BackTab, KeyModifiers::SHIFT, "shift-tab");
        same(KeyCode::BackTab, KeyModifiers::NONE, "shift-tab");
        same(KeyCode::Tab, KeyModifiers::NONE, "tab");
        same(KeyCode::F(1), KeyModifiers::NONE, "f1");
        same(KeyCode::PageDown, KeyModifiers::NONE, "pagedown");
        assert_eq!(key(KeyEvent::new(KeyCode::Char('f'), KeyModifiers::SUPER)).code, Code::Null, "no label");
        assert_eq!(key(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)).code, Code::Null);
    }
}
