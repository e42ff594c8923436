//! The core at a desk of its own: real files, a made-up clock, a journal in memory, and a screen made of cells. For tests only.

#![allow(dead_code)]

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use candor::app::layout::Window;
use candor::app::{App, Draft, Effect, Event, Given, Hashed, Now, Place, Settings};
use candor::feed::{self, Followed, look};
use candor::keys::key::Key;
use candor::keys::keymap::{Keymap, Shipped};
use candor::model::case::{CaseId, CaseNo, FileNo, Origin};
use candor::model::codebook::Codebook;
use candor::model::corpus::Corpus;
use candor::model::labels::{Labels, Me, Record, Stamper};
use candor::model::patterns::Patterns;
use candor::model::queue;
use candor::model::terms::Terms;
use candor::store::source::{self, Source, Sources};
use candor::ui::{self, Look};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

/// What a test sets differently from the default.
pub struct Wishes {
    pub min_dwell_ms: u64,
    pub terms: Terms,
    pub pace: bool,
    pub read_only: Option<String>,
    pub session: &'static str,
    pub place: Option<Place>,
    pub draft: Option<Draft>,
    /// The ids of cases whose label is known.
    pub gold: Vec<CaseId>,
    /// The name of a keymap, and rows of the user's over it.
    pub keymap: (String, String),
    /// The codebook, unless it is `af`.
    pub codebook: Option<Codebook>,
}

impl Default for Wishes {
    fn default() -> Self {
        let keymap = ("default".to_owned(), String::new());
        Self {
            min_dwell_ms: 700,
            terms: Terms::default(),
            pace: true,
            read_only: None,
            session: "01K5SESSION",
            place: None,
            draft: None,
            gold: Vec::new(),
            keymap,
            codebook: None,
        }
    }
}

pub struct Desk {
    pub app: App,
    pub sources: Sources,
    followed: Vec<Followed>,
    /// What the journal has accepted, in order.
    pub journal: Vec<Record>,
    /// The records of sessions that go before what they say first.
    pub sessions: Vec<Record>,
    /// The file whose journal each was meant for.
    pub files: Vec<FileNo>,
    /// Whether the disk takes records now.
    pub disk: bool,
    /// Whether the terminal has a clipboard, and whether it is tmux that sets it.
    pub clipboard: bool,
    pub tmux: bool,
    /// What was copied last.
    pub copied: Option<String>,
    waiting: Vec<Record>,
    /// Whether cases are read for their rows in a list.
    reads: bool,
    unread_rows: Vec<(CaseNo, Origin)>,
    pub kept: Option<Place>,
    /// The note that is being written.
    pub draft: Option<Draft>,
    pub quit: bool,
    pub look: Look,
    now: Now,
}

impl Desk {
    pub fn open(files: &[&Path], window: Window, wishes: Wishes) -> Self {
        Self::again(files, window, wishes, Vec::new())
    }

    /// Opens files whose journals hold these records.
    pub fn again(files: &[&Path], window: Window, wishes: Wishes, records: Vec<Record>) -> Self {
        let mut desk = Self::unindexed(files, window, wishes, records);
        desk.index();
        desk.frame();
        desk
    }

    /// Opens files of which nothing is known yet.
    pub fn unindexed(files: &[&Path], window: Window, wishes: Wishes, records: Vec<Record>) -> Self {
        let sources: Vec<Source> =
            files.iter().map(|f| Source::open(f).or_else(|_| Source::unsniffed(f)).unwrap()).collect();
        let codebook = Arc::new(wishes.codebook.unwrap_or_else(|| Codebook::embedded().clone()));
        let keys: Vec<_> = codebook.labels.iter().map(|l| (l.word.clone(), l.keys.clone())).collect();
        let shipped = Shipped::named(&wishes.keymap.0).unwrap();
        let keymap = Keymap::build(shipped, Some((&wishes.keymap.1, "keymap.toml")), &keys, &codebook.id).unwrap();
        let mut labels = Labels::new(Me { by: "alice".to_owned(), codebook: codebook.id.clone(), pass: 0 });
        for record in &records {
            labels.add(record.clone());
        }
        let settings = Settings {
            annotator: "alice".to_owned(),
            session: wishes.session.to_owned(),
            tool: "candor test".to_owned(),
            min_dwell_ms: wishes.min_dwell_ms,
            terms: wishes.terms,
            pace: wishes.pace,
            read_only: wishes.read_only,
            rescued: 0,
            practice: files.iter().any(|file| file.ends_with("practice.jsonl")),
        };
        let corpus = Corpus::new(sources.iter().map(|s| (s.name().to_owned(), s.size())));
        let seed = wishes.session.bytes().fold(1, |n, b| n * 31 + u128::from(b));
        let given = Given {
            settings,
            codebook,
            keymap,
            corpus,
            labels,
            stamper: Stamper::new(seed),
            place: wishes.place,
            drafts: wishes.draft.into_iter().collect(),
            remarks: Vec::new(),
            left_out: Vec::new(),
            gold: wishes.gold,
        };
        let seed_of_order = queue::seed(&given.settings.terms.order, &given.settings.annotator);
        let (app, first) = App::new(given, window);
        let now = Now { mono: 0, wall: 1_790_000_000_000 };
        let mut desk = Self {
            app,
            followed: (0..).map(FileNo).take(sources.len()).map(Followed::new).collect(),
            sources: Sources::drawn(sources, seed_of_order.as_deref()),
            files: vec![FileNo(0); records.len()],
            journal: records,
            sessions: Vec::new(),
            disk: true,
            clipboard: true,
            tmux: false,
            copied: None,
            waiting: Vec::new(),
            reads: true,
            unread_rows: Vec::new(),
            kept: None,
            draft: None,
            quit: false,
            look: Look::default(),
            now,
        };
        desk.perform(first);
        desk
    }

    /// Lets all of the index arrive that is there by now.
    pub fn index(&mut self) {
        let mut events = Vec::new();
        for followed in &mut self.followed {
            assert!(followed.look(&self.sources, &mut |event| {
                events.push(event);
                true
            }));
        }
        for event in events {
            self.send(event);
        }
    }

    pub fn send(&mut self, event: Event) {
        let effects = self.app.update(event, self.now);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            if let Some(event) = self.answer(effect) {
                for effect in self.app.update(event, self.now).into_iter().rev() {
                    waiting.push_front(effect);
                }
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Open { no, origin, namesakes, outlook } => {
                Some(feed::open(&self.sources, no, origin, &namesakes, outlook))
            }
            Effect::Copy { what, text, hidden } => {
                if !self.clipboard {
                    return Some(Event::NotCopied { reason: "this terminal has no clipboard".to_owned() });
                }
                self.copied = Some(text);
                Some(Event::Copied { what, hidden, tmux: self.tmux })
            }
            Effect::Pair { no, case, veil, among, shared, .. } => {
                Some(feed::pair::search(&self.sources, no, (&case.0, &case.1), &among, &shared, &veil))
            }
            Effect::Look { no, origin, closer } => Some(look::look(&self.sources, no, origin, closer)),
            Effect::Compile(marks) => Some(Event::Compiled(Arc::new(Patterns::new(&marks)))),
            Effect::Append { record, file } => {
                self.files.push(file);
                self.waiting.push(*record);
                self.write()
            }
            Effect::Begin { session, .. } => {
                self.sessions.push(*session);
                None
            }
            Effect::Retry => self.write(),
            Effect::Hash { cases, wanted } => {
                let hashed: Vec<Hashed> = cases
                    .iter()
                    .filter_map(|(no, origin)| {
                        let Origin { file, line, offset, len, sub } = *origin;
                        let span = source::Span { offset, len, line, sub };
                        let case = self.sources.get(file)?.read(file, span).ok()?;
                        Some(Hashed { no: *no, id: case.id, hash: case.hash, raw: case.raw })
                    })
                    .filter(|h| wanted.is_empty() || wanted.contains(&h.hash))
                    .collect();
                Some(Event::Hashed { hashed, last: true })
            }
            Effect::Peek { cases, patterns, veil } if self.reads => {
                Some(feed::briefs(&self.sources, &cases, (&patterns, &veil), true))
            }
            Effect::Peek { cases, .. } => {
                self.unread_rows.extend(cases);
                None
            }
            Effect::KeepPlace(place) => {
                self.kept = Some(place);
                None
            }
            Effect::KeepDraft(draft) => {
                self.draft = Some(draft);
                None
            }
            Effect::DropDraft(id) => {
                self.draft = self.draft.take().filter(|draft| draft.id != id);
                None
            }
            Effect::Quit => {
                self.quit = true;
                None
            }
            Effect::Follow => Some(Event::Followed),
            Effect::Last => Some(feed::last(&self.sources)),
            Effect::Join(_) => None,
            Effect::Poll | Effect::WakeAt(_) | Effect::TakeRescued | Effect::Suspend | Effect::RedrawAll => None,
        }
    }

    fn write(&mut self) -> Option<Event> {
        if self.waiting.is_empty() {
            return None;
        }
        if !self.disk {
            return Some(Event::NotRecorded { reason: "the disk is full".to_owned(), unsaved: self.waiting.len() });
        }
        let written = std::mem::take(&mut self.waiting);
        self.journal.extend(written.clone());
        Some(Event::Recorded { records: written, unsaved: 0 })
    }

    /// Lets the reading of rows wait, or catch up.
    pub fn read_rows(&mut self, now: bool) {
        self.reads = now;
        let cases = std::mem::take(&mut self.unread_rows);
        if now && !cases.is_empty() {
            let patterns = self.app.lens.patterns.clone().unwrap_or_default();
            let veil = Arc::clone(&self.app.lens.veil);
            self.send(feed::briefs(&self.sources, &cases, (&patterns, &veil), true));
        }
    }

    pub fn frame(&mut self) {
        self.app.settle();
        self.send(Event::Drawn);
    }

    pub fn wait(&mut self, ms: u64) {
        self.now.mono += ms;
        self.now.wall += i64::try_from(ms).unwrap();
    }

    /// Sets the machine's clock forward or back, and nothing else.
    pub fn wall(&mut self, ms: i64) {
        self.now.wall += ms;
    }

    /// Presses keys one after the other, each a second after the last and after a frame: `f`, `space`, `ctrl-d` ….
    pub fn press(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            self.wait(1000);
            self.key(word, true);
        }
    }

    pub fn key(&mut self, word: &str, alone: bool) {
        let key: Key = word.parse().unwrap();
        self.send(Event::Key { key, alone });
        self.frame();
    }

    pub fn buffer(&mut self) -> Buffer {
        self.app.settle();
        let Window { columns, rows } = self.app.window;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, &self.look)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen as text, the blanks at the ends of its rows cut off.
    pub fn screen(&mut self) -> String {
        grid(&self.buffer(), |cell| cell.symbol().to_owned(), true)
    }

    /// Presses a key at once, with no frame between the key before it and this one.
    pub fn blind(&mut self, word: &str) {
        let key: Key = word.parse().unwrap();
        self.send(Event::Key { key, alone: true });
    }

    /// Whether the program would draw first before it takes this key.
    pub fn draws_before(&self, word: &str) -> bool {
        self.app.waits_for_frame(&Event::Key { key: word.parse().unwrap(), alone: true })
    }

    /// Whether the screen has this text somewhere with every character of it in this style.
    pub fn styled(&mut self, letter: char, text: &str) -> bool {
        let (screen, styles) = (self.screen(), self.styles());
        let wanted: Vec<char> = text.chars().collect();
        screen.lines().zip(styles.lines()).any(|(row, styles)| {
            let (row, styles): (Vec<char>, Vec<char>) = (row.chars().collect(), styles.chars().collect());
            row.windows(wanted.len())
                .enumerate()
                .any(|(at, piece)| piece == wanted && styles[at..at + wanted.len()].iter().all(|s| *s == letter))
        })
    }

    /// The screen as style letters: `.` plain, `d` dim, `b` bold, `u` underlined, `r` reversed; `c g y R` for colours without one.
    pub fn styles(&mut self) -> String {
        let letter = |cell: &ratatui::buffer::Cell| {
            let is = |modifier| cell.modifier.contains(modifier);
            let letter = match (
                cell.fg,
                is(Modifier::BOLD),
                is(Modifier::DIM),
                is(Modifier::UNDERLINED),
                is(Modifier::REVERSED),
            ) {
                (_, _, _, _, true) => 'r',
                (_, _, _, true, _) => 'u',
                (_, true, ..) => 'b',
                (_, _, true, ..) => 'd',
                (Color::Cyan, ..) => 'c',
                (Color::Green, ..) => 'g',
                (Color::Yellow, ..) => 'y',
                (Color::Red, ..) => 'R',
                _ => '.',
            };
            letter.to_string()
        };
        grid(&self.buffer(), letter, false)
    }

    pub fn last_row(&mut self) -> String {
        self.screen().lines().last().unwrap_or_default().to_owned()
    }

    /// The journal, a line a record: `label q1 faking`, `undo q1`.
    pub fn journal(&self) -> Vec<String> {
        self.journal
            .iter()
            .map(|r| {
                let id =
                    r.case.as_ref().map(|c| String::from_utf8_lossy(c.id.bytes()).into_owned()).unwrap_or_default();
                let label = r.label.as_deref().unwrap_or_default();
                format!("{} {id} {label}", r.ev.word()).trim_end().to_owned()
            })
            .collect()
    }
}

fn grid(buffer: &Buffer, cell: impl Fn(&ratatui::buffer::Cell) -> String, trim: bool) -> String {
    let area = buffer.area;
    let mut rows = Vec::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut skip = 0;
        for x in 0..area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let at = &buffer[(x, y)];
            row += &cell(at);
            skip = unicode_width::UnicodeWidthStr::width(at.symbol()).saturating_sub(1);
        }
        rows.push(if trim { row.trim_end().to_owned() } else { row });
    }
    rows.join("\n")
}
