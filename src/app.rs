//! The program's state and the one door in: everything that happens is an [`Event`], everything to be done an [`Effect`].
//!
//! [`App::update`] decides and touches neither disk nor screen; [`App::settle`] computes what depends on the window;
//! drawing reads the result. What is on the screen as saved is what the journal has accepted: a label changes nothing here before
//! [`Event::Recorded`] comes back.

pub mod blind;
pub mod briefs;
pub mod event;
pub mod evidence;
pub mod layout;
pub mod lens;
pub mod overlay;
pub mod pace;
pub mod page;
pub mod practice;
pub mod prompt;
pub mod reader;
pub mod remarks;
pub mod view;

mod ahead;
mod arrivals;
mod attention;
mod confirm;
mod gold;
mod hint;
mod in_short;
mod labelling;
mod motion;
mod order;
mod pairing;
mod records;
mod renewal;
mod settings;
mod stages;
mod start;
mod teaching;
mod update;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::keys::key::Key;
use crate::keys::keymap::{Context, Keymap};
use crate::model::case::{CaseId, CaseNo, ContentHash, FileNo};
use crate::model::codebook::Codebook;
use crate::model::corpus::Corpus;
use crate::model::labels::{Labels, Record, Stamper};
use crate::model::queue::{Arrangement, Queue};
use crate::model::shared::Shared;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;

use self::ahead::Ahead;
use self::arrivals::Tally;
use self::attention::Attention;
pub use self::briefs::Brief;
use self::briefs::Briefs;
pub use self::event::{Closer, Draft, Effect, Event, Hashed, Indexed, Looked, Now, Opened, Place, Sight};
use self::layout::{Layout, Window};
use self::lens::Lens;
use self::order::Due;
use self::overlay::entries::Entries;
pub use self::overlay::help::{Line as HelpLine, column as help_column};
use self::overlay::list::List;
use self::overlay::note::Notes;
use self::overlay::{Overlay, Question};
use self::pace::Pace;
use self::pairing::Pairing;
use self::renewal::{Renewal, Stray};
pub use self::settings::{Given, Settings};
pub use self::stages::LabelKey;
use self::start::Start;
use self::teaching::Teaching;
use self::view::View;

/// What kind of sentence a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    #[default]
    Plain,
    /// Something is on the disk.
    Saved,
    /// A key did not count, or something asks for attention.
    Warning,
    /// Something could not be done.
    Failure,
}

/// The sentence in the last row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// What kind of sentence.
    pub tone: Tone,
    /// What is said first; for a confirmation exactly `saved <id> = <label> (<n>)`.
    pub text: Safe,
    /// What else there is to say.
    pub more: Safe,
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    /// What the program was told at its start.
    pub settings: Settings,
    /// What may be said.
    pub codebook: Arc<Codebook>,
    /// What keys mean.
    pub keymap: Keymap,
    /// Where every case is.
    pub corpus: Corpus,
    /// What was said.
    pub labels: Labels,
    /// The order of work.
    pub queue: Queue,
    /// The open case.
    pub view: Option<View>,
    /// The window.
    pub window: Window,
    /// Where everything stands; computed by [`App::settle`].
    pub layout: Layout,
    /// The list of cases at the left of the panes, if it was asked for; shown where there is room.
    pub dock: Option<List>,
    /// The codebook at the right of the panes, if it was asked for; shown where there is room.
    pub codebook_beside: Option<Entries>,
    /// What lies on top, the last one topmost.
    pub overlays: Vec<Overlay>,
    /// The sentence in the last row.
    pub notice: Notice,
    /// The first key of a sequence of two.
    pub pending: Option<Key>,
    /// How many records are not on the disk.
    pub unsaved: usize,
    /// What is looked for in every case: marks, and what somebody searches.
    pub lens: Lens,
    shared: HashMap<FileNo, Shared>,
    /// The case that was asked for and has not come yet.
    wanted: Option<CaseNo>,
    /// Looking for the next unlabelled case from here, as soon as the index knows more.
    seeking: Option<CaseNo>,
    start: Start,
    /// Who the cases are by their text, as far as they were looked at.
    hashes: HashMap<CaseNo, Hashed>,
    /// What the rows of lists say of cases.
    briefs: Briefs,
    /// Cases whose label was given under an id that no case bears any more.
    attached: HashMap<CaseNo, CaseId>,
    /// How many [`Effect::Hash`] are under way.
    hashing: usize,
    /// How many of the known cases have a label.
    done: usize,
    /// What cases were read that have had no decision since.
    attention: HashMap<CaseNo, Attention>,
    /// The cases decided in this session, oldest first.
    decided: Vec<CaseNo>,
    /// An older session's record that a second `u` takes back.
    undo_asked: Option<String>,
    /// The case that stays on the screen though it has just been labelled, because there is no other: a label key that comes in
    /// the rhythm of the work would overwrite it.
    finished: Option<CaseNo>,
    /// The case and the label whose record was last made.
    tried: Option<(CaseNo, usize)>,
    /// The label whose key was pressed last, whether it counted or not.
    considered: Option<usize>,
    /// What the codebook remarked on the label whose record is under way.
    remark: Option<&'static str>,
    notes: Notes,
    teaching: Teaching,
    /// The notice greets: it stays until something else is said.
    greets: bool,
    /// What is said behind a confirmation is about the open case.
    about_case: bool,
    /// It was said already what tmux needs for its clipboard.
    told_of_tmux: bool,
    /// The codebook's marks are being compiled, or are there.
    marks_asked: bool,
    /// A sentence for each pattern of what is masked that masks nothing, until they are said.
    veil_faults: Vec<String>,
    /// The names of cases that were opened and have a number behind their id.
    numbered: HashMap<(CaseId, ContentHash), Safe>,
    /// The cases that came since one last looked and were not opened yet.
    fresh: BTreeSet<CaseNo>,
    /// The keys of cases that stood in a file before it was begun anew.
    former: HashSet<u64>,
    /// What was said last of several files, since the last key.
    tally: Option<Tally>,
    /// The files that were removed.
    removed: HashSet<FileNo>,
    /// Files that are left out because they cannot be read, a sentence each.
    pub left_out: Vec<String>,
    /// The ids of the cases whose label is known.
    gold: Vec<CaseId>,
    /// How many cases one had been told of when one left.
    seen: Option<u32>,
    /// The texts that labels were given for under an id that no case bears: a case that comes may be one of them.
    orphans: Vec<ContentHash>,
    /// Files that are being indexed anew.
    renewals: HashMap<FileNo, Renewal>,
    /// The open case has no place in the index, or may have none.
    stray: Option<Stray>,
    arrangement: Arrangement,
    due: Due,
    ahead: Ahead,
    /// The record of this session, once it has something to say.
    session: Option<Record>,
    /// The files whose journals were told of it.
    begun: HashSet<FileNo>,
    /// The other half of the open case is looked for.
    pairing: Option<Pairing>,
    /// How fast the work goes on.
    pub pace: Pace,
    place_dirty: bool,
    last_key: u64,
    last_retry: u64,
    stamper: Stamper,
    effects: Vec<Effect>,
}

impl App {
    /// The program as it starts, and the first effects.
    #[must_use]
    pub fn new(given: Given, window: Window) -> (Self, Vec<Effect>) {
        let seen = given.place.as_ref().and_then(|place| place.known);
        let half_way = given.labels.half_way().filter(|_| given.settings.terms.staged);
        let start = Start::new(given.place, given.labels.last_decision(), half_way);
        let shows_pace = given.settings.pace && !given.settings.practice;
        let arrangement = Self::arrangement_of(&given.settings);
        let mut app = Self {
            settings: given.settings,
            codebook: given.codebook,
            keymap: given.keymap,
            corpus: given.corpus,
            labels: given.labels,
            queue: Queue::default(),
            view: None,
            window,
            layout: Layout::default(),
            dock: None,
            codebook_beside: None,
            overlays: Vec::new(),
            notice: Notice::default(),
            pending: None,
            unsaved: 0,
            lens: Lens::default(),
            shared: HashMap::new(),
            wanted: None,
            seeking: None,
            start,
            hashes: HashMap::new(),
            briefs: Briefs::default(),
            attached: HashMap::new(),
            hashing: 0,
            done: 0,
            attention: HashMap::new(),
            decided: Vec::new(),
            undo_asked: None,
            finished: None,
            tried: None,
            considered: None,
            remark: None,
            notes: Notes { drafts: given.drafts, ..Notes::default() },
            teaching: Teaching::default(),
            greets: false,
            about_case: false,
            told_of_tmux: false,
            marks_asked: false,
            veil_faults: Vec::new(),
            fresh: BTreeSet::new(),
            former: HashSet::new(),
            tally: None,
            removed: HashSet::new(),
            left_out: given.left_out,
            gold: given.gold,
            seen,
            orphans: Vec::new(),
            renewals: HashMap::new(),
            stray: None,
            arrangement,
            due: Due::default(),
            ahead: Ahead::No,
            numbered: HashMap::new(),
            session: None,
            begun: HashSet::new(),
            pairing: None,
            pace: Pace::new(shows_pace),
            place_dirty: false,
            last_key: 0,
            last_retry: 0,
            stamper: given.stamper,
            effects: Vec::new(),
        };
        app.draw_veil();
        app.refresh_due();
        let remarks: Vec<String> = app.veil_faults.iter().chain(&given.remarks).cloned().collect();
        app.greet(&remarks);
        if app.settings.rescued > 0 {
            app.overlays.push(Overlay::Ask(Question::Rescue));
        }
        app.wake(Now::default());
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Decides what an event means: changes the state and says what is to be done outside.
    #[must_use]
    pub fn update(&mut self, event: Event, now: Now) -> Vec<Effect> {
        self.look_at_clock(now);
        self.take(event, now);
        std::mem::take(&mut self.effects)
    }

    /// Computes what depends on the window: rows, areas, the place of every pane. Cheap when nothing changed.
    pub fn settle(&mut self) {
        let most = self.help_rows().saturating_sub(overlay::help::page(self.window));
        let height = self.overlay_height();
        match self.overlays.last_mut() {
            Some(Overlay::Help { top, .. }) => *top = (*top).min(most),
            Some(Overlay::Command(command)) => command.menu.settle(command.fitting.len(), overlay::command::SHOWN),
            Some(Overlay::Flags(menu)) => menu.settle(self.codebook.flags.len(), height),
            Some(Overlay::Criteria(menu)) => {
                let spans = self.view.as_ref().map_or(0, |view| view.marked.spans().len());
                menu.settle(self.codebook.criteria.len() + spans, height);
            }
            Some(Overlay::Details(details)) => details.settle(self.window),
            Some(Overlay::Source(source)) => source.settle(self.window),
            Some(Overlay::Pair(pair)) => pair.settle(self.window),
            // Lists are settled once the panes have their places.
            _ => {}
        }
        self.settle_evidence();
        // What is taught has a rule above it: it must not look like a part of the answer.
        let lessons = self.lessons().len();
        let foot = u16::try_from(lessons + usize::from(lessons > 0)).unwrap_or(0);
        let room = self.room();
        self.layout = if let Some(view) = &mut self.view {
            view.foot = foot;
            view.settle(room)
        } else {
            let needs =
                layout::Needs { rows: [None; 3], focus: layout::Pane::Answer, reading: false, zoom: false, foot };
            layout::layout(room, &needs)
        };
        if room != self.window {
            self.layout.beside(self.window, self.list_columns(), self.codebook_columns());
        }
        self.settle_lists();
        self.settle_codebook();
        self.settle_problems();
        self.settle_outline();
    }

    /// Whether this event must not be taken before what is open was drawn: a label key is meant for what the eye has seen.
    #[must_use]
    pub fn waits_for_frame(&self, event: &Event) -> bool {
        let Event::Key { key, .. } = event else { return false };
        let drawn = self.wanted.is_none() && self.view.as_ref().is_none_or(|v| v.drawn_at.is_some());
        !drawn && self.overlays.is_empty() && self.labels_with(*key)
    }

    /// The case on which the queue stands: the one asked for, else the one that is open.
    #[must_use]
    pub fn here(&self) -> Option<CaseNo> {
        self.wanted.or(self.view.as_ref().map(|v| v.no))
    }

    /// Whether a case was asked for that has not come yet.
    #[must_use]
    pub fn is_reading(&self) -> Option<CaseNo> {
        self.wanted
    }

    /// How many cases need a label still, as far as is known.
    #[must_use]
    pub fn left(&self) -> usize {
        self.all().saturating_sub(self.labelled())
    }

    /// How many of the known cases have a label.
    #[must_use]
    pub fn labelled(&self) -> usize {
        self.done
    }

    /// How many rows the help has, if it is open.
    fn help_rows(&self) -> usize {
        matches!(self.overlays.last(), Some(Overlay::Help { .. })).then(|| self.help().len()).unwrap_or_default()
    }

    /// The rows of the help for here and now.
    #[must_use]
    pub fn help(&self) -> Vec<HelpLine> {
        let over = match self.overlays.last() {
            Some(Overlay::Help { over, .. }) => *over,
            _ => Context::Review,
        };
        let lines = overlay::help::lines(&self.keymap, &self.codebook, over, self.window.columns);
        if over != Context::Review || !self.is_staged() {
            return lines;
        }
        let stages = overlay::help::stages(&self.keymap, &self.codebook, self.window.columns);
        stages.into_iter().chain(lines).collect()
    }

    fn say(&mut self, tone: Tone, text: impl AsRef<[u8]>) {
        (self.greets, self.about_case) = (false, false);
        let text = match self.hides(Hidden::FileName) {
            true => Safe::line(self.unnamed(&String::from_utf8_lossy(text.as_ref())).as_bytes()),
            false => Safe::line(text),
        };
        self.notice = Notice { tone, text, more: Safe::default() };
    }
}
