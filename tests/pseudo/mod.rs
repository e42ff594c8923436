//! The real program in a real pseudo-terminal, with an emulator that reads what it draws. For tests only.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, NativePtySystem, PtySize, PtySystem};

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with a run in it, and places of its own for configuration and state.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// A home whose `run.jsonl` has this text.
    pub fn with(run: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("run.jsonl"), run).unwrap();
        std::fs::create_dir_all(folder.path().join("config/candor")).unwrap();
        let home = Self { folder };
        home.configure("min_dwell_ms = 0\n");
        home
    }

    /// A home with `count` cases named `q1`, `q2` ….
    pub fn with_cases(count: usize) -> Self {
        let line = |n: usize| {
            format!(
                r#"{{"id":"q{n}","tier":"free","model":"test-1","user_prompt":"Question {n}?","scratchpad":"Thought {n}.","response":"Reply {n}."}}"#
            )
        };
        Self::with((1..=count).map(|n| line(n) + "\n").collect::<String>())
    }

    pub fn configure(&self, toml: &str) {
        std::fs::write(self.folder.path().join("config/candor/config.toml"), toml).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn run(&self) -> PathBuf {
        self.path().join("run.jsonl")
    }

    /// All lines of alice's journal.
    pub fn journal(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.path().join("run.jsonl.labels/alice.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The labels in alice's journal, in order: `q1=faking`.
    pub fn labels(&self) -> Vec<String> {
        let word = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let labels = self.journal();
        let labels = labels.iter().filter(|r| r["ev"] == "label");
        labels.map(|r| format!("{}={}", word(&r["case"]["id"]), word(&r["label"]))).collect()
    }

    /// Starts the program on the run, as alice.
    pub fn open(&self, columns: u16, rows: u16) -> Terminal {
        self.open_with(columns, rows, &["--as", "alice", self.run().to_str().unwrap()])
    }

    pub fn open_with(&self, columns: u16, rows: u16, arguments: &[&str]) -> Terminal {
        self.open_in(columns, rows, arguments, &[])
    }

    /// Starts the program with variables of its own; without them it has UTF-8 and colours.
    pub fn open_in(&self, columns: u16, rows: u16, arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_candor"));
        command.args(arguments);
        command.env("XDG_CONFIG_HOME", self.path().join("config"));
        command.env("XDG_STATE_HOME", self.path().join("state"));
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env_remove("NO_COLOR");
        command.env_remove("TMUX");
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(self.path());
        Terminal::start(command, columns, rows)
    }
}

/// A running program and its screen.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    reads: Arc<AtomicBool>,
}

impl Terminal {
    fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = NativePtySystem::default().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let reads = Arc::new(AtomicBool::new(true));
        let (to_screen, to_bytes, may_read) = (Arc::clone(&screen), Arc::clone(&bytes), Arc::clone(&reads));
        std::thread::spawn(move || {
            let mut block = [0; 16384];
            while let Ok(count @ 1..) = reader.read(&mut block) {
                to_bytes.lock().unwrap().extend_from_slice(&block[..count]);
                to_screen.lock().unwrap().process(&block[..count]);
                while !may_read.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, writer, child, screen, bytes, reads }
    }

    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Reads what the program writes or, after one more piece of it, does not.
    pub fn reads(&mut self, reads: bool) -> &mut Self {
        self.reads.store(reads, Ordering::SeqCst);
        self
    }

    /// Waits until the screen has this text.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.until(&format!("{text:?} on the screen"), |terminal| terminal.text().contains(text))
    }

    /// Waits until the last row begins with this text.
    #[track_caller]
    pub fn says(&mut self, text: &str) -> &mut Self {
        self.until(&format!("a last row that begins with {text:?}"), |terminal| {
            terminal.text().lines().last().is_some_and(|row| row.starts_with(text))
        })
    }

    #[track_caller]
    pub fn until(&mut self, what: &str, done: impl Fn(&mut Self) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            assert!(Instant::now() < end, "waited in vain for {what}; the screen:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// All rows of the screen, the blanks at their ends cut off.
    pub fn text(&self) -> String {
        let parser = self.screen.lock().unwrap();
        let (_, columns) = parser.screen().size();
        parser.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Every byte the program has written so far.
    pub fn written(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        // An emulator of 65,535 columns and rows would take all memory there is: the program only has to survive it.
        self.screen.lock().unwrap().screen_mut().set_size(rows.min(600), columns.min(600));
        self.master.resize(size(columns, rows)).unwrap();
        self
    }

    pub fn signal(&mut self, name: &str) -> &mut Self {
        let pid = self.child.process_id().unwrap().to_string();
        let done = std::process::Command::new("kill").args([format!("-{name}"), pid]).status().unwrap();
        assert!(done.success());
        self
    }

    /// The state letter of the process: `T` while it is stopped.
    pub fn state(&self) -> Option<char> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id()?)).ok()?;
        stat.rsplit_once(") ")?.1.chars().next()
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the program has ended and says how.
    #[track_caller]
    pub fn ends(&mut self) -> portable_pty::ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote at last has still to be read.
                std::thread::sleep(Duration::from_millis(50));
                return status;
            }
            assert!(Instant::now() < end, "the program did not end; the screen:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}
