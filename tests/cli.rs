//! The real program, run as a script runs it: exit codes, one sentence on standard error, and what `check` and `keys` print.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/blind.rs"]
mod blind;
#[path = "cli/codebooks.rs"]
mod codebooks;
#[path = "cli/gold.rs"]
mod gold;
#[path = "cli/keys.rs"]
mod keys;
#[path = "cli/shell.rs"]
mod shell;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str =
    r#"{"id":"q1","user_prompt":"How do I store basil?","scratchpad":"A kitchen question.","answer":"In water."}"#;
const TAGGED: &str =
    r#"{"id":"q2","output":"<SCRATCHPAD_REASONING>Plain.</SCRATCHPAD_REASONING><RESULT>Salt it.</RESULT>"}"#;

/// A folder of its own, in which the program runs, with its home and nothing else of ours.
struct Desk(TempDir);

/// What the program did.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.args(line.split_whitespace()).current_dir(self.0.path()).stdin(Stdio::null());
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("LOGNAME", "alice")
            .env("XDG_CONFIG_HOME", self.0.path().join("config"));
        command
    }

    fn run(&self, line: &str) -> Ran {
        ran(&mut self.command(line))
    }
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("whatever is printed is UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ran {
    /// It ended with 2 and said nothing but a sentence, or one with a row for each fault below it, in which all these words stand.
    #[track_caller]
    fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, Some(2), "{}{}", self.out, self.err);
        assert_eq!(self.out, "");
        assert!(self.err.starts_with("candor: ") && self.err.ends_with('\n'), "{}", self.err);
        assert!(self.err.lines().skip(1).all(|row| row.starts_with("  ")), "{}", self.err);
        assert!(self.err.lines().all(|row| !row.contains(char::is_control)), "{:?}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing: {}", self.err);
        }
    }

    #[track_caller]
    fn json(&self) -> Value {
        assert!(self.out.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{}", self.out);
        serde_json::from_str(&self.out).unwrap()
    }
}

#[test]
fn version_and_help_are_no_errors() {
    let desk = Desk::new();
    let version = desk.run("--version");
    assert_eq!((version.code, version.out.as_str()), (Some(0), concat!("candor ", env!("CARGO_PKG_VERSION"), "\n")));
    for line in ["--help", "check --help", "keys --help", "completions --help", "man --help", "help check"] {
        let help = desk.run(line);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{line}");
        assert!(help.out.contains("Usage: candor"), "{line}: {}", help.out);
    }
    assert!(desk.run("--help").out.contains("candor check runs/"));
}

#[test]
fn wrong_use_is_told_in_one_sentence() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    // Without a file it is the practice run, which needs a terminal like any other.
    desk.run("").refused(&["terminal"]);
    desk.run("chekc a.jsonl").refused(&["chekc", "candor check"]);
    desk.run("a.jsonl --labls x").refused(&["--labls", "--labels"]);
    desk.run("check").refused(&["FILES"]);
    desk.run("check --json --explain 1 a.jsonl").refused(&["--json", "--explain"]);
    desk.run("check --explain 0 a.jsonl").refused(&["0"]);
}

#[test]
fn files_that_cannot_be_read_are_told_apart() {
    let desk = Desk::new()
        .file("empty.jsonl", "")
        .file("log.eval", b"PK\x03\x04\x14\0\0\0\0\0")
        .file("table.csv", "id,answer\nq1,In water.\n")
        .file("array.json", format!("[{GOOD},\n{GOOD}]\n"))
        .file("picture.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0")
        .file("folder/notes.txt", "no run");
    assert!(Command::new("mkfifo").arg(desk.0.path().join("fifo")).status().unwrap().success());
    for (name, words) in [
        ("missing.jsonl", [].as_slice()),
        ("empty.jsonl", &["empty"]),
        ("log.eval", &["zip"]),
        ("table.csv", &["CSV"]),
        ("array.json", &["JSON array", "JSONL"]),
        ("picture.jsonl", &["JSONL"]),
        ("folder", &["*.jsonl"]),
        ("fifo", &["pipe"]),
    ] {
        let check = desk.run(&format!("check {name}"));
        check.refused(&[&[name], words].concat());
        desk.run(&format!("check --explain 1 {name}")).refused(&[name]);
        let json = desk.run(&format!("check --json {name}"));
        assert_eq!((json.code, json.err.as_str()), (Some(2), ""), "{name}");
        assert!(json.json()["files"][0]["error"].as_str().unwrap().contains(name), "{name}");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    let desk = Desk::new().file("secret.jsonl", GOOD);
    let path = desk.0.path().join("secret.jsonl");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: nothing is hidden from this user (root?)");
        return;
    }
    desk.run("check secret.jsonl").refused(&["secret.jsonl"]);
}

#[test]
fn names_with_escapes_reach_no_terminal() {
    let desk = Desk::new();
    for line in ["check a\u{1b}[31m\u{202e}b", "--as \u{1b}[31m a", "\u{9b}31m", "check --\u{1b}[31m"] {
        desk.run(line).refused(&[]);
        assert!(desk.run(line).err.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}')), "{line:?}");
    }
}

#[test]
fn the_reader_needs_a_name_and_a_terminal() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    desk.run("--as a/b a.jsonl").refused(&["a/b", "annotator"]);
    desk.run("--as codebook a.jsonl").refused(&["codebook"]);
    ran(desk.command("a.jsonl").env("CANDOR_AS", "x y")).refused(&["x y"]);
    desk.run("a.jsonl").refused(&["terminal"]);
    assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 1, "nothing is made before the first label");
}

#[test]
fn a_broken_configuration_is_told_whole_and_can_be_passed_by() {
    let broken = "annotator = \"a/b\"\nmin_dwell_ms = 99999\nadvance = \"never\"\ncolour = \"red\"\n";
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/config.toml", broken);
    let faults = ["config.toml", "row 1", "a/b", "row 2", "60000", "row 3", "row 4", "colour", "--no-config"];
    desk.run("a.jsonl").refused(&faults);
    desk.run("--no-config a.jsonl").refused(&["terminal"]);
    desk.run("a.jsonl --no-config").refused(&["terminal"]);
    assert_eq!(desk.run("check a.jsonl").code, Some(0), "check needs no configuration");
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/config.toml", b"annotator = \"\xff\"");
    desk.run("a.jsonl").refused(&["config.toml", "--no-config"]);
}

#[test]
fn a_broken_theme_is_told_whole_and_can_be_passed_by() {
    let broken = "focussed = \"bold\"\nkey = \"lila\"\ntitle = 3\n";
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/theme.toml", broken);
    let faults = ["theme.toml", "row 1", "focussed", "row 2", "lila", "row 3", "hit-here", "bright-red", "--no-config"];
    desk.run("a.jsonl").refused(&faults);
    desk.run("--no-config a.jsonl").refused(&["terminal"]);
    desk.run("--theme dark a.jsonl").refused(&["dark", "default, high-contrast, mono"]);
    let desk = desk.file("config/candor/theme.toml", "key = \"red\"").file("config/candor/config.toml", "theme = 1");
    desk.run("a.jsonl").refused(&["config.toml", "row 1", "\"high-contrast\""]);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/config.toml", "annotator = \"alice\"\n");
    ran(desk.command("a.jsonl").env("CANDOR_AS", "b/b")).refused(&["b/b"]);
    ran(desk.command("--no-config a.jsonl").env("CANDOR_AS", "b/b")).refused(&["b/b"]);
    ran(desk.command("--as c/c a.jsonl").env("CANDOR_AS", "b/b")).refused(&["c/c"]);
    ran(desk.command("a.jsonl").env("CANDOR_AS", "")).refused(&["terminal"]);
}

#[test]
fn without_a_home_everything_still_starts() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    ran(desk.command("a.jsonl").env_clear()).refused(&["terminal"]);
    assert_eq!(ran(desk.command("check a.jsonl").env_clear()).code, Some(0));
}

#[test]
fn check_says_how_files_are_read() {
    let desk =
        Desk::new().file("runs/a.jsonl", format!("\u{feff}{GOOD}\r\n\n{TAGGED}\n")).file("runs/deep/b.jsonl", GOOD);
    let check = desk.run("check runs");
    assert_eq!((check.code, check.err.as_str()), (Some(0), ""));
    let size = 3 + GOOD.len() + 2 + 1 + TAGGED.len() + 1;
    let expected = format!(
        "runs/a.jsonl: JSONL, {size} bytes, 3 lines\n  2 cases: 1 A flat fields, 1 B tagged string\n  1 blank line: 2\n  no problems\n  codebook af 0.2\n\
         runs/deep/b.jsonl: JSONL, {} bytes, 1 line\n  1 case: 1 A flat fields\n  no problems\n  codebook af 0.2\n2 files: 3 cases, no problems\n",
        GOOD.len()
    );
    assert_eq!(check.out, expected);
}

#[test]
fn check_names_problems_by_line_and_ends_with_one() {
    let bad = format!("{GOOD}\n{{\"id\": \u{1b}[31m}}\n{{\"name\":\"nobody\"}}\n\n{GOOD}\n{{\"id\":\"q9\",\"ans");
    let desk = Desk::new().file("a.jsonl", &bad);
    let check = desk.run("check a.jsonl");
    assert_eq!((check.code, check.err.as_str()), (Some(1), ""));
    assert!(!check.out.contains('\u{1b}') && check.out.contains("␛[31m"), "{}", check.out);
    for row in
        ["  2 problems\n", "    2:8 ", "    3", " not-transcript ", "  1 blank line: 4\n", "  line 6 is not whole"]
    {
        assert!(check.out.contains(row), "{row:?} is missing:\n{}", check.out);
    }
    let json = desk.run("check --json a.jsonl");
    assert_eq!(json.code, Some(1));
    let file = &json.json()["files"][0];
    assert_eq!(file["case_lines"], serde_json::json!([[1, 1], [5, 5]]));
    assert_eq!(file["unread_lines"], serde_json::json!([[2, 3]]));
    assert_eq!(file["blank"], serde_json::json!([[4, 4]]));
    assert_eq!((&file["pending"], &file["lines"], &file["cases"]), (&6.into(), &6.into(), &2.into()));
    assert_eq!(file["families"], serde_json::json!({"A flat fields": 2}));
    let lines: Vec<_> = file["problems"].as_array().unwrap().iter().map(|p| (&p["line"], &p["unread"])).collect();
    assert_eq!(lines, [(&2.into(), &true.into()), (&3.into(), &true.into())]);
}

#[test]
fn a_file_that_cannot_be_opened_does_not_hide_the_others() {
    let desk = Desk::new().file("a.jsonl", GOOD).file("c.jsonl", GOOD);
    let check = desk.run("check a.jsonl missing.jsonl c.jsonl");
    assert_eq!(check.code, Some(2));
    assert!(check.out.contains("a.jsonl: JSONL") && check.out.contains("c.jsonl: JSONL"), "{}", check.out);
    assert!(check.err.starts_with("candor: ") && check.err.contains("missing.jsonl"), "{}", check.err);
    let json = desk.run("check --json a.jsonl missing.jsonl c.jsonl").json();
    assert_eq!(json["files"][2]["cases"], 1);
}

#[test]
fn check_explains_a_case() {
    let desk = Desk::new().file("a.jsonl", format!("\n{GOOD}\nnothing\n{TAGGED}\n"));
    let first = desk.run("check --explain 1 a.jsonl");
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    assert!(first.out.starts_with("a.jsonl, case 1, line 2: id q1, A flat fields\n"), "{}", first.out);
    for key in ["user_prompt", "scratchpad", "answer"] {
        assert!(first.out.lines().any(|row| row.trim_start().starts_with(key)), "{key}: {}", first.out);
    }
    let second = desk.run("check --explain 2 a.jsonl");
    assert!(second.out.starts_with("a.jsonl, case 2, line 4: id q2, B tagged string\n"), "{}", second.out);
    desk.run("check --explain 3 a.jsonl").refused(&["a.jsonl has no case 3", "it has 2"]);
}

#[test]
fn the_data_is_not_touched() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    let path = desk.0.path().join("a.jsonl");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::metadata(&path).unwrap();
    for line in ["check a.jsonl", "check --json a.jsonl", "check --explain 1 a.jsonl", "a.jsonl"] {
        desk.run(line);
    }
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before.modified().unwrap());
    assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 1);
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    for line in ["check a.jsonl", "check --json a.jsonl", "check --explain 1 a.jsonl", "keys", "completions zsh", "man"]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = desk.command(line).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(output.stderr.is_empty(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A corpus of broken lines with the verdict of each, if there is one: `CANDOR_NAUGHTY` names its folder.
#[test]
fn every_line_of_the_corpus_has_its_verdict() {
    let Some(folder) = std::env::var_os("CANDOR_NAUGHTY") else {
        eprintln!("skipped: CANDOR_NAUGHTY names no corpus");
        return;
    };
    let folder = Path::new(&folder).canonicalize().unwrap();
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join("naughty.manifest.json")).unwrap()).unwrap();
    let desk = Desk::new();
    let json = ran(desk.command("check --json").arg(folder.join("naughty.jsonl"))).json();
    let file = &json["files"][0];
    let within = |field: &str, line: u64| {
        let ranges = file[field].as_array().unwrap();
        ranges.iter().any(|range| (range[0].as_u64().unwrap()..=range[1].as_u64().unwrap()).contains(&line))
    };
    let entries = manifest["entries"].as_array().unwrap();
    assert_eq!(file["lines"], entries.len());
    for entry in entries {
        let line = entry["line"].as_u64().unwrap();
        let is = [
            ("load", within("case_lines", line)),
            ("bad", within("unread_lines", line)),
            ("skip", within("blank", line)),
            ("pending", file["pending"] == line),
        ];
        let is: Vec<&str> = is.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name).collect();
        let expected = entry["expect"].as_str().unwrap();
        assert_eq!(is.len(), 1, "{entry}");
        assert!(expected == "either" || is == [expected], "line {line} is {is:?}: {entry}");
    }
}

/// Files as people have them, if there are any: `CANDOR_DATA` names their folder. Each is read, or refused with a sentence.
#[test]
fn real_files_are_read_or_refused() {
    let Some(folder) = std::env::var_os("CANDOR_DATA") else {
        eprintln!("skipped: CANDOR_DATA names no files");
        return;
    };
    let desk = Desk::new();
    for entry in fs::read_dir(Path::new(&folder).canonicalize().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let check = ran(desk.command("check").arg(&path));
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            assert!(matches!(check.code, Some(0 | 1)) && check.err.is_empty(), "{}: {}", path.display(), check.err);
            assert!(!check.out.contains("no cases"), "{}", check.out);
        } else {
            check.refused(&["JSONL"]);
        }
    }
}
