//! The terminal is given back however the program ends: told to, suspended, by a panic, on a stalled line, or with no terminal
//! left. Each test starts itself anew in a pseudo-terminal of its own, and is a small program there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use candor::feed::keys::{Input, keys};
use candor::terminal::{Signal, Terminal, missing, signals};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use ratatui::style::Style;
use rustix::process::{Pid, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

const SCRIPT: &str = "CANDOR_TEST_SCRIPT";
const MARK: &str = "CANDOR_TEST_MARK";
const ENTERED: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";
const LEFT: &str = "\x1b[?2026l\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1049l";

struct Run {
    child: Box<dyn Child + Send + Sync>,
    /// The terminal, as long as there is one.
    master: Option<Box<dyn MasterPty + Send>>,
    seen: Arc<Mutex<Vec<u8>>>,
    /// What the program's last words are written to.
    mark: PathBuf,
    _folder: tempfile::TempDir,
}

impl Run {
    /// Starts the program with a script; `before` is what a shell does with it, `read` whether the terminal takes its bytes.
    fn start(script: &str, shell: Option<&str>, read: bool) -> Run {
        if let Ok(script) = std::env::var(SCRIPT) {
            the_program(&script);
        }
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let program = std::env::current_exe().unwrap();
        // The harness names the threads by their tests.
        let thread = thread::current();
        let arguments = ["--exact", "--nocapture", "--test-threads=1", thread.name().unwrap()];
        let mut command = match shell {
            Some(shell) => {
                let mut command = CommandBuilder::new("bash");
                command.args(["-c", shell]);
                command.arg(&program);
                command
            }
            None => CommandBuilder::new(&program),
        };
        command.args(arguments);
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        command.env(SCRIPT, script);
        command.env(MARK, &mark);
        command.env("RUST_BACKTRACE", "0");
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        if read {
            let (mut reader, seen) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
            thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(read @ 1..) = reader.read(&mut bytes) {
                    seen.lock().unwrap().extend_from_slice(&bytes[..read]);
                }
            });
        }
        Run { child, master: Some(pair.master), seen, mark, _folder: folder }
    }

    fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }

    fn wait_for(&self, what: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        while !self.seen().contains(what) {
            assert!(Instant::now() < end, "no {what:?} in {:?}", self.seen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_for_mark(&self, what: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        while !std::fs::read_to_string(&self.mark).is_ok_and(|text| text.contains(what)) {
            assert!(Instant::now() < end, "no {what:?} in the mark");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Takes all that was written until there is nothing more.
    fn drain(&self) -> Vec<u8> {
        let mut reader = self.master.as_ref().unwrap().try_clone_reader().unwrap();
        let mut bytes = Vec::new();
        // The end of a terminal is told as an error.
        let _ = reader.read_to_end(&mut bytes);
        bytes
    }

    /// Waits for the end, which must come within two seconds and a half.
    fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + Duration::from_millis(2500);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            if Instant::now() > end {
                self.child.kill().unwrap();
                panic!("still running; seen: {:?}", self.seen());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn raw(&self) -> bool {
        let tty = std::fs::File::open(self.master.as_ref().unwrap().tty_name().unwrap()).unwrap();
        !tcgetattr(tty).unwrap().local_modes.contains(LocalModes::ICANON)
    }
}

#[test]
fn a_signal_saves_gives_the_terminal_back_and_ends_the_program() {
    use rustix::process::Signal;
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut run = Run::start("wait", None, true);
        run.wait_for("ready");
        assert!(run.raw() && run.seen().contains(ENTERED));
        run.signal(signal);
        assert_eq!(run.end().exit_code(), code);
        run.wait_for(LEFT);
        run.wait_for_mark("saved");
        assert!(!run.raw());
    }
}

#[test]
fn a_broken_pipe_or_a_file_limit_does_not_end_the_program() {
    let mut run = Run::start("wait", None, true);
    run.wait_for("ready");
    run.signal(rustix::process::Signal::XFSZ);
    run.signal(rustix::process::Signal::PIPE);
    thread::sleep(Duration::from_millis(100));
    assert!(run.child.try_wait().unwrap().is_none());
    run.signal(rustix::process::Signal::TERM);
    assert_eq!(run.end().exit_code(), 143);
}

#[test]
fn a_stalled_line_does_not_keep_the_program_alive() {
    let mut run = Run::start("flood", None, false);
    run.wait_for_mark("stalled");
    assert!(run.child.try_wait().unwrap().is_none());
    run.signal(rustix::process::Signal::TERM);
    assert_eq!(run.end().exit_code(), 143);
    run.wait_for_mark("saved");
    assert!(!run.raw(), "the modes are given back although the bytes could not be");
}

#[test]
fn what_is_left_of_a_frame_does_not_come_behind_the_farewell() {
    let mut run = Run::start("flood", None, false);
    run.wait_for_mark("stalled");
    run.signal(rustix::process::Signal::TERM);
    run.wait_for_mark("saved");
    let bytes = run.drain();
    assert_eq!(run.end().exit_code(), 143);
    let text = String::from_utf8_lossy(&bytes);
    // Whether there was room in time for the farewell is up to the machine.
    let (_, behind) = text.split_once(LEFT).unwrap_or_default();
    assert_eq!(behind, "");
    println!("{} bytes, farewell: {}", bytes.len(), text.ends_with(LEFT));
}

#[test]
fn a_slow_terminal_is_told_of_and_gets_whole_frames_in_order() {
    let mut run = Run::start("wait for the line", None, false);
    run.wait_for_mark("stalled");
    let mut reader = run.master.as_ref().unwrap().try_clone_reader().unwrap();
    let mut emulator = vt100::Parser::new(24, 80, 0);
    let mut bytes = [0; 100];
    // In pieces that tear every sequence somewhere.
    while let Ok(read @ 1..) = reader.read(&mut bytes) {
        emulator.process(&bytes[..read]);
        if emulator.screen().rows(0, 80).last() == Some("z".repeat(80)) {
            break;
        }
    }
    let rows: Vec<String> = emulator.screen().rows(0, 80).collect();
    assert_eq!(rows[0], "the last frame");
    assert!(rows[1..].iter().all(|row| row.chars().eq(std::iter::repeat_n('z', 80))), "{rows:#?}");
    run.signal(rustix::process::Signal::TERM);
    run.drain();
    assert_eq!(run.end().exit_code(), 143);
}

#[test]
fn a_terminal_that_goes_away_is_noticed_without_a_signal() {
    // The shell, as leader of the session, takes the SIGHUP for itself and stays.
    let shell = r#"trap "" HUP; "$0" "$@"; echo "exit $?" >> "$CANDOR_TEST_MARK""#;
    let mut run = Run::start("wait", Some(shell), false);
    run.wait_for_mark("drawn");
    run.master = None;
    run.wait_for_mark("saved");
    run.wait_for_mark("exit 129");
}

#[test]
fn a_panic_is_told_on_the_normal_screen() {
    let mut run = Run::start("panic", None, true);
    run.end();
    run.wait_for("202e");
    let seen = run.seen();
    let (left, told) = (seen.find(LEFT).unwrap(), seen.find("candor has a fault").unwrap());
    assert!(left < told, "{seen:?}");
    assert!(seen.contains("\\u{1b}[31m\\u{202e}") && !seen.contains("\x1b[31m"), "{seen:?}");
    assert!(!run.raw());
}

#[test]
fn a_panic_elsewhere_waits_until_the_screen_is_left() {
    let mut run = Run::start("side", None, true);
    run.end();
    run.wait_for("elsewhere");
    let seen = run.seen();
    let (ready, left, told) =
        (seen.find("ready").unwrap(), seen.find(LEFT).unwrap(), seen.find("candor has a fault").unwrap());
    assert!(ready < left && left < told, "{seen:?}");
}

#[test]
fn suspending_goes_to_the_shell_and_comes_back() {
    let shell = r#"set -m; "$0" "$@"; echo "stopped $?"; sleep 0.2; fg >/dev/null; echo "ended $?""#;
    let mut run = Run::start("suspend", Some(shell), true);
    run.wait_for("stopped 147");
    run.wait_for("ended 0");
    run.end();
    let seen = run.seen();
    assert_eq!((seen.matches(ENTERED).count(), seen.matches(LEFT).count()), (2, 2), "{seen:?}");
    let back = &seen[seen.find("stopped").unwrap()..];
    assert!(back.contains("ready"), "the frame is written whole again: {back:?}");
    assert!(!seen.contains("told to continue"), "a stop of our own is no news");
}

#[test]
fn there_is_no_suspending_without_a_shell() {
    let mut run = Run::start("suspend", None, true);
    assert_eq!(run.end().exit_code(), 0);
    assert_eq!(run.seen().matches(ENTERED).count(), 1);
}

#[test]
fn a_program_stopped_from_outside_is_told_when_it_goes_on() {
    let mut run = Run::start("wait", None, true);
    run.wait_for("ready");
    run.signal(rustix::process::Signal::STOP);
    thread::sleep(Duration::from_millis(50));
    run.signal(rustix::process::Signal::CONT);
    run.wait_for("told to continue");
    run.signal(rustix::process::Signal::TERM);
    assert_eq!(run.end().exit_code(), 143);
}

#[test]
fn no_torn_sequence_and_no_paste_is_a_key_pressed_alone() {
    let mut run = Run::start("keys", None, true);
    run.wait_for("ready");
    let mut finger = run.master.as_ref().unwrap().take_writer().unwrap();
    let mut send = |bytes: &[u8], wait: u64| {
        finger.write_all(bytes).unwrap();
        thread::sleep(Duration::from_millis(wait));
    };
    for sequence in ["\x1b[3~", "\x1b[C", "\x1b[?62;0;2c", "\x1b[1;1R", "\x1b]11;rgb:f0f0/1f/cc\x1b\\"] {
        for cut in 1..sequence.len() {
            let (head, tail) = sequence.as_bytes().split_at(cut);
            send(head, 10);
            send(tail, 60);
        }
    }
    send(b"frc frc x0", 60);
    send(b"\x1b[200~frc\x1b[201~", 60);
    assert_eq!(std::fs::read_to_string(&run.mark).unwrap().replace("drawn\n", ""), "paste\n");
    send(b"f", 60);
    send(b"\x1b", 100);
    send(b"U", 60);
    run.wait_for_mark("alone f\nalone esc\nalone U");
    run.signal(rustix::process::Signal::TERM);
    run.end();
}

#[test]
fn without_a_terminal_there_is_a_sentence() {
    // The tests of a build run without a terminal; where a person runs them there is one.
    if let Some(sentence) = missing() {
        assert!(sentence.starts_with("candor") && sentence.ends_with('.'));
        assert_eq!(Terminal::enter(|_| true, || {}).err().unwrap().to_string(), sentence);
    }
}

fn mark(word: &str) {
    let path = PathBuf::from(std::env::var_os(MARK).unwrap());
    append(&path, word);
}

fn append(path: &Path, word: &str) {
    let mut file = std::fs::File::options().append(true).create(true).open(path).unwrap();
    writeln!(file, "{word}").unwrap();
}

/// What a test is when it was started with a script.
fn the_program(script: &str) -> ! {
    let (send, receive) = mpsc::channel();
    signals(|| mark("saved"), move |signal| send.send(signal).unwrap()).unwrap();
    let (free, freed) = mpsc::channel();
    let mut terminal = Terminal::enter(|_| true, move || free.send(()).unwrap()).unwrap();
    let draw = |terminal: &mut Terminal, text: &str| {
        terminal.draw(|frame| frame.buffer_mut().set_string(0, 0, text, Style::new())).unwrap();
    };
    // Draws until the terminal takes no more.
    let flood = |terminal: &mut Terminal| {
        for n in 0u32.. {
            let text: String = (0..80).map(|i| char::from(b'a' + ((n * 7 + i) % 26) as u8)).collect();
            let taken = terminal
                .draw(|frame| (0..24).for_each(|y| frame.buffer_mut().set_string(0, y, &text, Style::new())))
                .unwrap();
            if !taken {
                mark("stalled");
                return;
            }
        }
    };
    draw(&mut terminal, "ready");
    mark("drawn");
    match script {
        "flood" => {
            flood(&mut terminal);
            while receive.recv().is_ok() {}
        }
        "wait for the line" => {
            flood(&mut terminal);
            draw(&mut terminal, "never drawn");
            freed.recv().unwrap();
            terminal
                .draw(|frame| {
                    (1..24).for_each(|y| frame.buffer_mut().set_string(0, y, "z".repeat(80), Style::new()));
                    frame.buffer_mut().set_string(0, 0, "the last frame", Style::new());
                })
                .unwrap();
            while receive.recv().is_ok() {}
        }
        "keys" => {
            keys((80, 24), |input| {
                match input {
                    // Keys that came whole may be alone; what counts is that nothing else is.
                    Input::Key(pressed)
                        if pressed.alone && !["delete", "right"].contains(&pressed.key.to_string().as_str()) =>
                    {
                        mark(&format!("alone {}", pressed.key));
                    }
                    Input::Key(_) | Input::Resize(..) => {}
                    Input::Paste(_) => mark("paste"),
                    Input::Gone(reason) => mark(&reason),
                }
                true
            })
            .unwrap();
            while receive.recv().is_ok() {}
        }
        "panic" => panic!("cut \x1b[31m\u{202e}"),
        "side" => {
            thread::spawn(|| panic!("elsewhere")).join().unwrap_err();
            draw(&mut terminal, "still here");
        }
        "suspend" => {
            terminal.suspend().unwrap();
            draw(&mut terminal, "ready");
            if receive.recv_timeout(Duration::from_millis(200)) == Ok(Signal::Continued) {
                draw(&mut terminal, "told to continue");
            }
        }
        _ => {
            while let Ok(signal) = receive.recv() {
                if signal == Signal::Continued {
                    terminal.resume().unwrap();
                    draw(&mut terminal, "told to continue");
                }
            }
        }
    }
    drop(terminal);
    // The harness would write about a test that passed.
    std::process::exit(0);
}
