//! The real program in a real pseudo-terminal: that everything is wired together, and how it ends.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pseudo;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pseudo::Home;

#[test]
fn a_key_labels_saves_and_goes_on() {
    let home = Home::with_cases(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("f").says("saved q1 = faking (1)").sees("Thought 2.");
    assert_eq!(home.labels(), ["q1=faking"]);
    terminal.keys("r").says("saved q2 = refusal (2)").sees("Thought 3.");
    terminal.keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(home.labels(), ["q1=faking", "q2=refusal"]);
}

#[test]
fn what_is_written_while_it_runs_can_be_labelled() {
    let home = Home::with_cases(1);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("f").says("saved q1 = faking (1)");
    let line = std::fs::read_to_string(home.run()).unwrap().replace('1', "2");
    let mut run = std::fs::File::options().append(true).open(home.run()).unwrap();
    std::io::Write::write_all(&mut run, line.as_bytes()).unwrap();
    terminal.sees("+1 new").sees("Thought 1.").keys(".").sees("Thought 2.").keys("r").says("saved q2 = refusal (2)");
    terminal.keys("q").ends();
    assert_eq!(home.labels(), ["q1=faking", "q2=refusal"]);
}

#[test]
fn after_a_kill_it_goes_on_where_it_was() {
    let home = Home::with_cases(4);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("f").says("saved q1").keys("c").says("saved q2 = compliance (2)");
    terminal.kill();
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 3.").sees("2/4").keys("u").says("u again takes back q2 = compliance");
    terminal.keys("u").says("undone q2 = compliance (1)").sees("Thought 2.");
    terminal.keys("U").says("saved q2 = compliance (2)");
    terminal.keys("q").ends();
    let events: Vec<_> = home.journal().iter().map(|r| r["ev"].as_str().unwrap().to_owned()).collect();
    assert_eq!(events, ["session", "label", "label", "session", "undo", "label"]);
}

/// Every SGR number that was written.
fn sgr(written: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(written);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m').map(|(numbers, _)| numbers));
    let plain = |numbers: &&str| numbers.bytes().all(|byte| byte == b';' || byte.is_ascii_digit());
    sequences.filter(plain).flat_map(|numbers| numbers.split(';')).filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn the_look_comes_from_flag_file_and_environment() {
    let home = Home::with_cases(2);
    let run = home.run();
    let run = run.to_str().unwrap();
    home.configure("min_dwell_ms = 0\ntheme = \"high-contrast\"\n");
    let look = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["--as", "alice", run], arguments].concat();
        let mut terminal = home.open_in(80, 24, &arguments, variables);
        terminal.sees("Thought 1.").keys("f").sees("Thought 2.").says("saved q1").keys("u").says("undone q1");
        terminal.keys("q").ends();
        sgr(&terminal.written())
    };
    let has = |numbers: &[u32], wanted: &[u32]| wanted.iter().all(|number| numbers.contains(number));
    let strong = look(&[], &[]);
    assert!(has(&strong, &[30, 102, 1, 7]) && !has(&strong, &[2]), "{strong:?}");
    let usual = look(&["--theme", "default"], &[]);
    assert!(has(&usual, &[36, 32, 2]) && !has(&usual, &[102]), "{usual:?}");
    std::fs::write(home.path().join("config/candor/theme.toml"), "key = \"bright-red\"\n").unwrap();
    let patched = look(&["--theme", "mono"], &[]);
    assert!(has(&patched, &[91, 2, 1]) && !has(&patched, &[36]), "{patched:?}");
    let bare = look(&[], &[("NO_COLOR", "1")]);
    assert!(has(&bare, &[1, 7]) && !bare.iter().any(|number| (30..=107).contains(number)), "{bare:?}");
}

#[test]
fn a_locale_without_utf_8_gets_ascii_and_is_told_so() {
    let home = Home::with_cases(2);
    let run = home.run();
    let run = run.to_str().unwrap();
    for (arguments, variables, ascii, told) in [
        (&[run][..], ("LC_ALL", "C"), true, true),
        (&[run, "--ascii"], ("LC_ALL", "C.UTF-8"), true, false),
        (&[run], ("LC_ALL", "en_US.utf8"), false, false),
    ] {
        let mut terminal = home.open_in(80, 24, arguments, &[variables]);
        terminal.sees("Thought 1.");
        terminal.says(if told { "the locale is not UTF-8: what this" } else { "one key labels and saves" });
        terminal.sees(if ascii { "=Scratchpad=" } else { "═Scratchpad═" }).keys("q").ends();
        assert_eq!(terminal.written().is_ascii(), ascii, "{arguments:?} {variables:?}");
    }
    home.configure("ascii = false\n");
    let mut terminal = home.open_in(80, 24, &[run], &[("LC_ALL", "C")]);
    terminal.sees("═Scratchpad═").says("one key").keys("q").ends();
}

#[test]
fn a_burst_of_keys_never_labels() {
    let home = Home::with_cases(3);
    home.configure("min_dwell_ms = 150\n");
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.keys("jjfrcf").says("not labelled");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.keys("\x1b[200~frc\x1b[201~").says("pasted text");
    assert!(home.labels().is_empty(), "{:?}", home.labels());
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.keys("f").says("saved q");
    assert_eq!(home.labels().len(), 1);
    terminal.keys("q").ends();
}

#[test]
fn signals_end_it_with_the_terminal_restored() {
    for (signal, number) in [("TERM", 15), ("HUP", 1), ("INT", 2)] {
        let home = Home::with_cases(2);
        let mut terminal = home.open(80, 24);
        terminal.sees("Thought 1.").keys("f").says("saved q1").signal(signal);
        assert_eq!(terminal.ends().exit_code(), 128 + number, "{signal}");
        let written = terminal.written();
        let has = |sequence: &[u8]| written.windows(sequence.len()).any(|w| w == sequence);
        assert!(has(b"\x1b[?1049l"), "{signal}: the alternate screen is left");
        assert!(has(b"\x1b[?2004l"), "{signal}: bracketed paste is off");
        assert!(has(b"\x1b[?25h"), "{signal}: the cursor is back");
        assert_eq!(home.labels(), ["q1=faking"]);
    }
}

#[test]
fn it_stops_and_comes_back() {
    let home = Home::with_cases(2);
    let mut terminal = home.open(80, 24);
    // There is no shell above it here that could wake it again.
    terminal.sees("Thought 1.").keys("\x1a").says("there is no shell");
    terminal.keys("f").says("saved q1 = faking (1)");
    terminal.signal("STOP").until("a stopped process", |t| t.state() == Some('T'));
    terminal.signal("CONT").keys("r").says("saved q2 = refusal (2)");
    terminal.keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn any_window_is_survived() {
    let home = Home::with_cases(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.");
    terminal.resize(38, 9).sees("candor needs 40×10").keys("f");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.resize(80, 24).sees("Thought 1.");
    assert!(home.labels().is_empty(), "label keys do not count in a window too small to read in");
    for (columns, rows) in [(1, 1), (2, 500), (65535, 65535), (500, 1), (160, 48), (40, 10)] {
        terminal.resize(columns, rows);
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    terminal.resize(80, 24).sees("Thought 1.").keys("f").says("saved q1 = faking (1)").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn frames_are_bracketed_and_nothing_is_written_when_idle() {
    let home = Home::with_cases(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("]").sees("Thought 2.");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let written = terminal.written();
    let count = |sequence: &[u8]| written.windows(sequence.len()).filter(|w| *w == sequence).count();
    assert_eq!(count(b"\x1b[?2026h"), count(b"\x1b[?2026l"));
    assert!(count(b"\x1b[?2026h") >= 2);
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(terminal.written().len(), written.len(), "an idle program writes nothing");
    terminal.keys("q").ends();
}

/// A run of which no two cases have a row in common. The first has a scratchpad of many pages.
fn motley(cases: usize) -> Home {
    let word = |case: usize, n: usize| format!("{:x}", (case * 977 + n) * 2_654_435_761 % 0xFFFF_FFFF);
    let row = |case: usize, row: usize| (row * 8..row * 8 + 8).map(|n| word(case, n) + " ").collect::<String>();
    let line = |case: usize| {
        let rows = if case == 1 { 300 } else { 8 };
        let text: Vec<String> = (0..rows).map(|n| row(case, n)).collect();
        format!(r#"{{"id":"q{case}","scratchpad":"Thought {case}. {}","response":"Reply {case}."}}"#, text.join("\\n"))
    };
    Home::with((1..=cases).map(|case| line(case) + "\n").collect::<String>())
}

/// Presses keys again and again, each time long enough for a frame.
fn hold(terminal: &mut pseudo::Terminal, keys: &str, times: usize) {
    for key in keys.repeat(times).chars() {
        terminal.keys(&key.to_string());
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[test]
fn on_a_line_that_hangs_labels_are_saved_but_only_of_what_was_drawn() {
    let home = motley(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").reads(false);
    // From end to end and back, until no pseudo-terminal can take any more.
    hold(&mut terminal, "Gg", 75);
    terminal.keys("f").until("a label while nothing is read", |_| home.labels() == ["q1=faking"]);
    // This one is meant for a case that nobody can have seen yet, and so is what comes after it.
    terminal.keys("rc");
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(home.labels(), ["q1=faking"]);
    terminal.reads(true).says("saved q3 = compliance (3)");
    assert_eq!(home.labels(), ["q1=faking", "q2=refusal", "q3=compliance"]);
    terminal.keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_frame_that_is_outdated_before_it_could_be_sent_is_not_sent() {
    const CASES: usize = 1500;
    let home = motley(CASES);
    home.configure("min_dwell_ms = 0\nadvance = \"enter\"\n");
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("]").sees("Thought 2.").keys("]").sees("Thought 3.").reads(false);
    let before = terminal.written().len();
    hold(&mut terminal, "]", CASES - 3);
    terminal.keys("f").reads(true).says(&format!("saved q{CASES} = faking (1)"));
    terminal.sees(&format!("Thought {CASES}."));
    assert_eq!(home.labels(), [format!("q{CASES}=faking")]);
    let written = terminal.written();
    let frames = written[before..].windows(8).filter(|bytes| bytes == b"\x1b[?2026h").count();
    // What the pseudo-terminal holds by itself, what was on its way, and the last few.
    assert!(frames <= 10 + 65_536 / 500, "{frames} frames, {} bytes", written.len() - before);
    println!("{frames} frames, {} bytes for {CASES} keys", written.len() - before);
    terminal.keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_program_that_is_left_on_a_slow_line_first_finishes_its_frame() {
    let home = motley(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").reads(false);
    hold(&mut terminal, "Gg", 75);
    terminal.keys("q").reads(true);
    assert_eq!(terminal.ends().exit_code(), 0);
    let written = String::from_utf8(terminal.written()).unwrap();
    let (frames, farewell) = written.rsplit_once("\x1b[?2026l").unwrap();
    assert_eq!(farewell, "\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1049l");
    assert!(frames.ends_with("\x1b[?2026l"), "the frame before is whole");
}

#[test]
fn a_program_that_was_stopped_on_a_slow_line_first_finishes_its_frame() {
    let home = motley(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").reads(false);
    hold(&mut terminal, "Gg", 75);
    terminal.signal("STOP").until("a stopped process", |t| t.state() == Some('T'));
    terminal.signal("CONT").keys("f").reads(true).says("saved q1 = faking (1)").sees("Thought 2.");
    let written = String::from_utf8(terminal.written()).unwrap();
    let (frames, _) = written.rsplit_once("\x1b[?1049h\x1b[?2004h\x1b[?25l").unwrap();
    assert!(frames.ends_with("\x1b[?2026l"), "the frame before is whole");
    terminal.keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn two_sessions_of_one_annotator_see_each_others_labels() {
    let home = Home::with_cases(4);
    let mut one = home.open(80, 24);
    one.sees("Thought 1.");
    let mut two = home.open(80, 24);
    two.sees("Thought 1.").keys("f").says("saved q1 = faking (1)");
    one.keys("]").sees("Thought 2.").sees("1/4");
    one.keys("c").says("saved q2 = compliance (2)");
    two.sees("2/4");
    let files = std::fs::read_dir(home.path().join("run.jsonl.labels")).unwrap();
    let journals = files.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().starts_with("alice")).count();
    assert_eq!(journals, 2, "never two live writers on one journal");
    one.keys("q").ends();
    two.keys("q").ends();
}

#[test]
fn what_could_not_be_saved_is_rescued_and_offered_again() {
    let home = Home::with_cases(3);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.");
    // Where the folder of the journals has to be, there is a file.
    let folder = home.path().join("run.jsonl.labels");
    std::fs::write(&folder, "in the way").unwrap();
    terminal.keys("f").sees("NOT SAVED").sees("0/3").keys("q").sees("Quit?").keys("y");
    assert_eq!(terminal.ends().exit_code(), 0);
    std::fs::remove_file(&folder).unwrap();
    let mut terminal = home.open(80, 24);
    terminal
        .sees("Rescued")
        .sees("Thought 1.")
        .keys("c")
        .says("c has no meaning here")
        .sees("Rescued")
        .keys("n")
        .says("kept for the next start")
        .keys("q");
    terminal.ends();
    assert!(home.labels().is_empty(), "the key under the question did not label");
    let mut terminal = home.open(80, 24);
    terminal.sees("Rescued").keys("y").says("saved q1 = faking (1)").sees("1/3").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(home.labels(), ["q1=faking"]);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 2.").sees("1/3").keys("q");
    terminal.ends();
}

#[test]
fn what_could_not_be_saved_is_tried_again_by_itself() {
    let home = Home::with_cases(2);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.");
    let folder = home.path().join("run.jsonl.labels");
    std::fs::write(&folder, "in the way").unwrap();
    terminal.keys("c").sees("1 NOT SAVED");
    std::fs::remove_file(&folder).unwrap();
    terminal.says("saved q1 = compliance (1)").sees("Thought 2.").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(home.labels(), ["q1=compliance"]);
}

#[test]
fn what_is_copied_goes_out_as_base64_and_nothing_else() {
    let text = "Blue. ␛]0;another title␇␛[2J";
    let home = Home::with(include_bytes!("../sample-data/hidden.jsonl"));
    let run = home.run();
    let arguments = ["--as", "alice", run.to_str().unwrap()];
    for (term, tmux) in [("xterm-256color", ""), ("screen-256color", "/tmp/tmux-0/default,1,0"), ("screen", "")] {
        let mut terminal = home.open_in(80, 24, &arguments, &[("TERM", term), ("TMUX", tmux)]);
        terminal.sees("robin's egg").keys("\t").keys("y").sees("the answer").keys("p");
        terminal.sees("copied the answer of esc_1 (34 bytes)");
        assert_eq!(terminal.text().contains("set -g set-clipboard on"), !tmux.is_empty(), "{term}");
        terminal.keys("q").ends();
        let written = String::from_utf8(terminal.written()).unwrap();
        let sequences: Vec<&str> = written.match_indices("\x1b]").map(|(at, _)| &written[at..]).collect();
        let [sequence] = sequences[..] else { panic!("{} sequences under {term}", sequences.len()) };
        let (inner, _) = sequence.strip_prefix("\x1b]52;c;").unwrap().split_once('\x07').unwrap();
        assert_eq!(STANDARD.decode(inner).unwrap(), text.as_bytes(), "{term}");
        assert_eq!(written.contains("\x1bP\x1b]52;c;"), term == "screen");
        assert!(!written.contains("another title\x07"));
    }
    let mut terminal = home.open_in(80, 24, &arguments, &[("TERM", "linux")]);
    terminal
        .sees("robin's egg")
        .keys("y")
        .sees("the scratchpad")
        .keys("p")
        .sees("not copied: this terminal has no clipboard")
        .keys("q");
    terminal.ends();
    assert!(!String::from_utf8(terminal.written()).unwrap().contains("\x1b]"));
}

#[test]
fn without_a_file_the_practice_run_opens_and_goes_on() {
    let home = Home::with_cases(1);
    let mut terminal = home.open_with(80, 24, &["--as", "alice"]);
    terminal.sees("Read, then one key labels and saves").keys("r").says("saved eggs_01 = refusal (1)");
    terminal.sees("eggs_01, so did we").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let runs = || std::fs::read_dir(home.path().join("state/candor/practice")).unwrap().count();
    assert_eq!(runs(), 1);
    let mut terminal = home.open_with(80, 24, &["--as", "alice"]);
    terminal.sees("1/14").sees("sign_02").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(runs(), 1, "the unfinished run goes on");
    assert!(home.labels().is_empty(), "nothing of it is beside anybody's data");
}

#[test]
fn a_note_that_a_kill_interrupts_is_offered_to_the_next_start() {
    let home = Home::with_cases(2);
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").keys("t").sees("Note on q1").keys("half a thou").sees("half a thou");
    terminal.kill();
    let mut terminal = home.open(80, 24);
    terminal.sees("A note on q1 was not saved").keys("y").sees("half a thou").keys("ght\r").says("saved q1: note");
    terminal.keys("q").ends();
    assert_eq!(home.journal()[1]["note"], "half a thought");
    let mut terminal = home.open(80, 24);
    terminal.sees("Thought 1.").sees("note: half a thought").keys("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
