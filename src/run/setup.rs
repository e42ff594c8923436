//! From the command line to everything the loop works with: files, journals, codebook, keymap, terminal, threads. Reads no case.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::Desk;
use super::perform::{Hands, Wherever};
use crate::app::layout::Window;
use crate::app::{App, Event, Given, Settings};
use crate::cli::Open;
use crate::config::{self, Config, Drafts, PlaceFile, Project};
use crate::feed::{self, Begun, Following, Sent};
use crate::model::case::CaseId;
use crate::model::codebook::Codebook;
use crate::model::corpus::Corpus;
use crate::model::gold::Answers;
use crate::model::labels::{Labels, Me, Stamper};
use crate::model::queue;
use crate::model::terms::Asked;
use crate::store::journal::{Annotator, Journal};
use crate::store::rescue::{self, Unsaved};
use crate::store::source::{OpenError, Source, Sources};
use crate::store::{folder, gold};
use crate::terminal::{self, Terminal};
use crate::text::clean::{Safe, cell_is_safe};
use crate::ui::Look;

/// What goes into a record's `tool`.
const TOOL: &str = concat!("candor ", env!("CARGO_PKG_VERSION"));

/// Everything but the terminal.
pub(super) struct Ready {
    look: Look,
    given: Given,
    sources: Vec<Source>,
    journals: Vec<Journal>,
    unsaved: Unsaved,
    annotator: Annotator,
    state: Option<PathBuf>,
    place: PlaceFile,
    drafts: Drafts,
    wherever: Wherever,
    /// The folders that were named.
    folders: Vec<PathBuf>,
    /// What is not read in them, as sentences.
    unread: Vec<String>,
}

/// Opens files and journals. Whatever is wrong with them is said here, before the terminal changes.
pub(super) fn prepare(mut open: Open) -> Result<Ready, String> {
    let session = ulid::Ulid::new();
    let practice = open.paths.is_empty();
    if practice {
        if let Some(sentence) = terminal::missing() {
            return Err(sentence.to_owned());
        }
        open.paths.push(config::practice(&session.to_string())?);
    }
    let config = Config::load(open.no_config)?;
    let (look, poor) = config.look(&open)?;
    let annotator = annotator(open.annotator.as_deref(), &config)?;
    let project = if practice { Project::default() } else { Project::beside(&open.paths)? };
    let usual = Asked { stay: Some(config.stay), ..Asked::default() };
    let mut terms = open.asked.clone().over(project.asked).over(usual).agreed();
    let unstaged = practice && std::mem::take(&mut terms.staged);
    let gold = terms.gold.as_deref().map(gold::read).transpose()?;
    let Files { paths, sources, remarks: unread, orphaned } = files(&open.paths)?;
    folders_differ(&paths, open.labels.as_deref())?;
    if let Some(sentence) = terminal::missing() {
        return Err(sentence.to_owned());
    }
    // The practice run teaches `af`, whatever else holds.
    let (asked, data) = if practice { (None, &[][..]) } else { (open.codebook.as_deref(), paths.as_slice()) };
    let chosen = config::codebook(asked, project.codebook.as_deref(), data, open.labels.as_deref())?;
    let keymap = config::keymap(open.keymap.unwrap_or(config.keymap), open.no_config, &chosen)?;
    let codebook = Arc::new(chosen.book);
    if terms.staged && codebook.stage.is_none() {
        let id = Safe::line(&codebook.id);
        return Err(format!(
            "the codebook {id} has no [stage], which says what is judged of the answer alone; work without stages, or give it one"
        ));
    }
    let gold = known_by(gold.unwrap_or_default(), &codebook)?;
    let unsaved = Unsaved::new();
    let me = Me { by: annotator.as_str().to_owned(), codebook: codebook.id.clone(), pass: 0 };
    let mut labels = Labels::new(me);
    let mut journals = Vec::with_capacity(paths.len());
    let mut remarks = unread.clone();
    if unstaged {
        remarks.push("the practice run has no stages · candor --staged FILE has them".to_owned());
    }
    let mut namesake = None;
    for path in &paths {
        let opened = Journal::open(path, open.labels.as_deref(), &annotator, &session.to_string(), &codebook, &unsaved);
        for record in opened.records {
            if record.by != annotator.as_str() && record.by.eq_ignore_ascii_case(annotator.as_str()) {
                namesake = Some(record.by.clone());
            }
            labels.add(record);
        }
        remarks.extend(opened.problems.into_iter().map(|problem| problem.message));
        journals.push(opened.journal);
    }
    remarks.extend(labels.strange_to(&codebook));
    if let Some(folder) = orphaned.first() {
        let more = if orphaned.len() > 1 { format!(" (and {} more)", orphaned.len() - 1) } else { String::new() };
        let what = "holds labels, but its data file is gone: rename the folder as you renamed the file";
        remarks.push(format!("{}{more} {what}", folder.display()));
    }
    if let Some(name) = namesake {
        remarks.push(format!("labels by {name} are taken as yours: names are compared without case"));
    }
    let read_only = journals.iter().find_map(|j| j.writable().err());
    let state = config::state_folder();
    let rescued = state.as_deref().map_or(0, |state| waiting(state, &journals, &annotator, &mut remarks));
    // The last remark, because all others are more urgent.
    remarks.extend(poor.map(ToOwned::to_owned));
    let place = PlaceFile::new(&open.paths, annotator.as_str());
    let drafts = Drafts::new(&open.paths, annotator.as_str());
    let settings = Settings {
        annotator: annotator.as_str().to_owned(),
        session: session.to_string(),
        tool: TOOL.to_owned(),
        min_dwell_ms: config.min_dwell_ms,
        terms,
        pace: config.pace,
        read_only,
        rescued,
        practice,
    };
    let corpus = Corpus::new(sources.iter().map(|s| (s.name().to_owned(), s.size())));
    let stamper = Stamper::new(session.0);
    let given = Given {
        settings,
        codebook: Arc::clone(&codebook),
        keymap,
        corpus,
        labels,
        stamper,
        place: place.load(),
        drafts: drafts.load(),
        remarks,
        left_out: unread.clone(),
        gold,
    };
    let wherever = Wherever { labels: open.labels, session: session.to_string(), codebook };
    let folders = open.paths.into_iter().filter(|path| path.is_dir()).collect();
    Ok(Ready { look, given, sources, journals, unsaved, annotator, state, place, drafts, wherever, folders, unread })
}

impl Ready {
    /// Takes the terminal and looks at the first cases. The threads may start once these are on the screen.
    pub(super) fn enter(self) -> Result<(Desk, Threads), String> {
        let Self { look, given, sources, journals, unsaved, annotator, state, place, drafts, .. } = self;
        let (send, inbox) = mpsc::channel();
        let Settings { terms, annotator: name, .. } = &given.settings;
        let sources = Arc::new(Sources::drawn(sources, queue::seed(&terms.order, name).as_deref()));
        let cannot = |what: &'static str| move |e: std::io::Error| format!("{what} ({e})");
        let following = Following {
            sources: Arc::clone(&sources),
            folders: self.folders,
            names_differ: self.wherever.labels.is_some(),
            told: self.unread,
        };
        signals(&unsaved, state.as_deref(), &send).map_err(cannot("signals cannot be listened to"))?;
        let free = send.clone();
        // Nobody listens any more when the program is leaving.
        let free = move || drop(free.send(Sent::Free));
        let terminal = Terminal::enter(cell_is_safe, free).map_err(cannot("the terminal cannot be set up"))?;
        let size = terminal.size().map_err(cannot("the terminal does not say how large it is"))?;
        let window = Window { columns: size.width, rows: size.height };
        let (index, bell) = feed::begin(following, send.clone()).map_err(cannot("the files cannot be followed"))?;
        let (app, first) = App::new(given, window);
        let threads = Threads { index, window, send: send.clone() };
        let hands = Hands {
            look,
            sources,
            bell,
            journals,
            wherever: self.wherever,
            unsaved,
            annotator,
            state,
            place,
            drafts,
            send,
            fresh: true,
            polled: 0,
            written: None,
        };
        Ok((Desk::new(app, hands, terminal, inbox, first), threads))
    }
}

/// What can wait for the first frame: while that is made, they would only take its time.
pub(super) struct Threads {
    index: Begun,
    /// For what the first frame was drawn.
    window: Window,
    send: mpsc::Sender<Sent>,
}

impl Threads {
    /// Starts them. What was typed meanwhile waits in the terminal.
    pub(super) fn start(self) -> Result<(), String> {
        let cannot =
            |what: &'static str| move |e: std::io::Error| format!("no thread could be started for the {what} ({e})");
        keys((self.window.columns, self.window.rows), &self.send).map_err(cannot("keys"))?;
        self.index.follow().map_err(cannot("index"))
    }
}

fn signals(unsaved: &Unsaved, state: Option<&Path>, send: &mpsc::Sender<Sent>) -> std::io::Result<()> {
    let (unsaved, state, send) = (unsaved.clone(), state.map(Path::to_path_buf), send.clone());
    let before = move || {
        if let Some(state) = &state {
            // Nobody is left to be told: the labels shown as saved are on the disk whatever comes of this.
            let _ = unsaved.write(state, Duration::from_secs(2));
        }
    };
    terminal::signals(before, move |signal| {
        let sent = match signal {
            terminal::Signal::Suspend => Sent::Suspend,
            terminal::Signal::Continued => Sent::Continued,
        };
        let _ = send.send(sent);
    })
}

fn keys(window: (u16, u16), send: &mpsc::Sender<Sent>) -> std::io::Result<()> {
    let send = send.clone();
    feed::keys::keys(window, move |input| {
        let now = Instant::now();
        let sent = match input {
            feed::keys::Input::Key(pressed) => {
                Sent::Event(Event::Key { key: pressed.key, alone: pressed.alone }, pressed.at)
            }
            feed::keys::Input::Paste(text) => Sent::Event(Event::Pasted(text), now),
            feed::keys::Input::Resize(columns, rows) => Sent::Event(Event::Resized(Window { columns, rows }), now),
            feed::keys::Input::Gone(reason) => Sent::Gone(reason),
        };
        send.send(sent).is_ok()
    })
}

/// The data files, opened.
struct Files {
    paths: Vec<PathBuf>,
    sources: Vec<Source>,
    /// What is not read in the folders, as sentences.
    remarks: Vec<String>,
    /// Folders of labels without their data file.
    orphaned: Vec<PathBuf>,
}

/// Opens the files that were named, and those in the folders that were. A file that was named has to be readable; one that was
/// found in a folder is left out with a word. A file that comes twice is opened once.
fn files(named: &[PathBuf]) -> Result<Files, String> {
    let mut files = Files { paths: Vec::new(), sources: Vec::new(), remarks: Vec::new(), orphaned: Vec::new() };
    let mut found: Vec<(PathBuf, bool)> = Vec::new();
    for path in named {
        if path.is_dir() {
            let runs = folder::runs(path).map_err(|e| e.to_string())?;
            found.extend(runs.files.into_iter().map(|path| (path, false)));
            files.remarks.extend(runs.unread);
            files.orphaned.extend(runs.orphaned);
        } else {
            found.push((path.clone(), true));
        }
    }
    if found.len() > usize::from(u16::MAX) {
        let (count, most) = (found.len(), u16::MAX);
        return Err(format!("{count} files are more than the {most} that can be open at once; name a smaller folder"));
    }
    let held = allow_many_files(found.len());
    let mut known = HashSet::new();
    let mut refused = None;
    for (path, named) in found {
        if !known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            continue;
        }
        match Source::open(&path) {
            Ok(source) => {
                files.paths.push(path);
                files.sources.push(if held { source } else { source.let_go() });
            }
            // What is empty is waited for: somebody may only have started to write it.
            Err(OpenError::Empty(_)) if named => {
                files.sources.push(Source::unsniffed(&path).map_err(|e| e.to_string())?);
                files.paths.push(path);
            }
            Err(e) if named => return Err(e.to_string()),
            Err(e @ OpenError::Empty(_)) => refused = Some(e.to_string()),
            Err(e) => {
                files.remarks.push(e.to_string());
                refused = Some(e.to_string());
            }
        }
    }
    match refused {
        Some(sentence) if files.sources.is_empty() => Err(sentence),
        _ => Ok(files),
    }
}

/// The ids of gold items, whose labels are all labels of the codebook.
fn known_by(gold: Answers, codebook: &Codebook) -> Result<Vec<CaseId>, String> {
    let is_label = |label: &String| codebook.labels.iter().any(|known| known.name == *label);
    match gold.values().find(|label| !is_label(label)) {
        Some(label) => {
            Err(format!("{label:?} is the known label of a gold item and no label of codebook {}", codebook.id))
        }
        None => Ok(gold.into_keys().collect()),
    }
}

/// With one folder for all labels, two data files of the same name would share their journals.
fn folders_differ(paths: &[PathBuf], labels: Option<&Path>) -> Result<(), String> {
    let Some(labels) = labels else { return Ok(()) };
    let mut names = std::collections::HashMap::new();
    for path in paths {
        if let Some(other) = names.insert(path.file_name(), path) {
            return Err(format!(
                "{} and {} have the same name, so their labels would be mixed up in {}; open them one at a time, or without --labels",
                other.display(),
                path.display(),
                labels.display()
            ));
        }
    }
    Ok(())
}

fn annotator(named: Option<&str>, config: &Config) -> Result<Annotator, String> {
    match named.or(config.annotator.as_deref()) {
        Some(name) => Annotator::new(name),
        None => Ok(Annotator::from_login(&config::login())),
    }
}

/// Raises the limit of open files as far as it may be raised, where there are more than it allows; says whether so many files can be
/// held open then, beside the journals that may be.
fn allow_many_files(count: usize) -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const OTHERS: u64 = 64;
    let now = getrlimit(Resource::Nofile);
    let wanted = count as u64 * 2 + OTHERS;
    if now.current.is_none_or(|current| current >= wanted) {
        return true;
    }
    let most = now.maximum.map_or(wanted, |most| most.min(wanted));
    setrlimit(Resource::Nofile, Rlimit { current: Some(most), maximum: now.maximum }).is_ok() && most >= wanted
}

/// How many records in rescue files belong to these journals. Those meant for a folder of the same name elsewhere are not offered
/// here, since many runs bear the same name, but told of.
fn waiting(state: &Path, journals: &[Journal], annotator: &Annotator, remarks: &mut Vec<String>) -> usize {
    let mut count = 0;
    for rescued in rescue::rescued(state) {
        if journals.iter().any(|j| rescued.is_for(j.folder(), annotator)) {
            count += rescued.records.len();
        } else if rescued.is_for(&rescued.journal_folder, annotator)
            && journals.iter().any(|j| j.folder().file_name() == rescued.journal_folder.file_name())
        {
            let (records, folder) = (rescued.records.len(), rescued.journal_folder.display());
            remarks.push(format!("{records} unsaved of an earlier session: offered once labels go to {folder} again"));
        }
    }
    count
}
