//! The open case: its three panes, which turn they show, what of it was seen and for how long. Nothing of other cases.

mod shade;

use std::collections::HashSet;
use std::ops::Range;

use super::Opened;
use super::attention::Spent;
use super::evidence::marked::Marked;
use super::in_short;
use super::layout::{self, Layout, Needs, Pane, Window};
use super::lens::Lens;
use super::page::Place;
use super::prompt::{self, Folded};
use super::reader::{self, Reader, Shown};
use crate::model::blind::Shade;
use crate::model::case::{Case, CaseNo};
use crate::model::patterns::Class;
use crate::model::shared::Shared;
use crate::text::clean::Safe;

/// The open case on the screen.
#[derive(Clone, Debug)]
pub struct View {
    /// Which case.
    pub no: CaseNo,
    /// The case.
    pub case: Case,
    /// Its name: reduced to safe characters, spaces as `␣`, `#2` for a second case of the same id. What is shown of it says
    /// [`super::App::case_name`].
    pub name: Safe,
    /// An earlier case with the same id and the same text.
    pub same_as: Option<CaseNo>,
    /// Which turn the panes show; a reply of the model.
    pub turn: usize,
    /// The pane that takes motions.
    pub focus: Pane,
    /// Whether it has all the room.
    pub zoom: bool,
    /// Whether what repeats in all cases is unfolded in the prompt.
    pub unfolded: bool,
    /// The turns that the prompt shows whole although it is folded.
    pub(super) opened: HashSet<usize>,
    /// Which turn each passage of the prompt shows.
    pub(super) prompt_turns: Vec<usize>,
    /// Which stretches of its turn's text each of them shows.
    pub(super) prompt_stretches: Vec<Vec<Range<usize>>>,
    /// How often the panes got other text: what was found in them holds for one edition.
    pub(super) edition: u64,
    /// The evidence.
    pub marked: Marked,
    /// What is about to be marked as evidence.
    pub selection: Option<(Pane, Place)>,
    /// What the prompt folds away.
    pub folded: Folded,
    /// Whether reading on went back to what had not been on the screen.
    pub going_back: bool,
    /// So many rows above the key bar are kept free for lines that teach.
    pub foot: u16,
    /// When it was first drawn, once it was.
    pub drawn_at: Option<u64>,
    /// From when on a label key counts the time: when it came on the screen, or when a label key was refused.
    pub since: u64,
    /// The place on which one stands, and the pane it is in: a mark one went to, or a hit.
    pub place: Option<(Pane, Place)>,
    /// What is hidden of it.
    pub(super) shade: Shade,
    /// Whether what is hidden of it was asked for, and is shown until one leaves it.
    pub revealed: bool,
    /// How often something hidden still shows in what the panes have.
    pub leaks: usize,
    panes: [Reader; 3],
    lens: Lens,
    pub(super) layout: Layout,
    /// Whether no scratchpad is shown: the answer has to be judged first.
    closed: bool,
    /// The judged scratchpad while it is closed: a long one was laid out already.
    kept: Option<Box<Reader>>,
    /// The rows of the judged scratchpad and answer that were on the screen, kept while other turns are shown.
    pub(super) judged: [Option<Reader>; 2],
    /// The reading up to `awake`.
    pub(super) spent: Spent,
    /// Since when the time runs: the first frame or the last key.
    pub(super) awake: Option<u64>,
}

/// What a view depends on beside its case.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// What the prompts of its file share.
    pub shared: Shared,
    /// What is looked for in it.
    pub lens: Lens,
    /// The window it stands in, without what a docked list takes of it.
    pub room: Window,
}

impl View {
    /// The view of a case that was just read.
    #[must_use]
    pub fn new(opened: Opened, shared: &Shared, lens: Lens) -> Self {
        let Opened { no, case, others_before, same_as } = opened;
        let name = in_short::name(&case.id, others_before);
        let turn = case.judged;
        let mut view = Self {
            no,
            name,
            same_as,
            turn,
            focus: Pane::Answer,
            zoom: false,
            unfolded: false,
            opened: HashSet::new(),
            prompt_turns: Vec::new(),
            prompt_stretches: Vec::new(),
            edition: 0,
            marked: Marked::default(),
            selection: None,
            folded: Folded::default(),
            going_back: false,
            foot: 0,
            drawn_at: None,
            since: 0,
            place: None,
            shade: Shade::of(&lens.veil, &case),
            revealed: false,
            leaks: 0,
            panes: Default::default(),
            lens,
            layout: Layout::default(),
            closed: false,
            kept: None,
            judged: [None, None],
            spent: Spent::default(),
            awake: None,
            case,
        };
        view.show(shared, turn);
        view
    }

    /// A view that is laid out already: for a case so long that this takes a while, which it may do in a thread of its own.
    #[must_use]
    pub fn laid_out(opened: Opened, outlook: Outlook) -> Self {
        let mut view = Self::new(opened, &outlook.shared, outlook.lens);
        view.settle(outlook.room);
        view
    }

    /// Takes over what is true by now of a case that was prepared before.
    pub(super) fn take_on(&mut self, shared: &Shared, lens: &Lens) {
        if !self.lens.is(lens) {
            self.look_for(lens.clone());
        }
        self.show_prompt(shared);
    }

    /// The case was read again, from its place in the index: it is the same text, and now it has a number, a line and namesakes.
    pub(super) fn take_number(&mut self, again: &View) {
        self.no = again.no;
        self.case.origin = again.case.origin;
        self.name = again.name.clone();
        self.same_as = again.same_as;
    }

    /// Shows the reply at `turn` and what leads to it.
    pub fn show(&mut self, shared: &Shared, turn: usize) {
        if self.turn == self.case.judged {
            self.judged = [1, 2].map(|pane| Some(std::mem::take(&mut self.panes[pane])));
        }
        self.turn = turn;
        let reply = &self.case.turns[turn];
        let scratchpad = prompt::page(&reply.scratchpad, &self.shade).filter(|_| !self.closed);
        self.panes[1] = Reader::new(scratchpad, true);
        self.panes[2] = Reader::new(prompt::page(&reply.text, &Shade::default()), false);
        if turn == self.case.judged {
            for (pane, judged) in self.panes[1..].iter_mut().zip(&mut self.judged) {
                if let Some(judged) = judged.take() {
                    pane.seen = judged.seen;
                }
            }
        }
        self.look();
        self.focus = if self.panes[1].rows_or_text() { Pane::Scratchpad } else { Pane::Answer };
        self.show_prompt(shared);
    }

    /// Folds or unfolds what repeats.
    pub fn unfold(&mut self, shared: &Shared) {
        self.unfolded = !self.unfolded;
        if !self.unfolded {
            self.opened.clear();
        }
        self.show_prompt(shared);
    }

    /// Makes the prompt pane anew, with what is folded now.
    pub fn show_prompt(&mut self, shared: &Shared) {
        let made = prompt::prompt(&self.case, self.turn, shared, self.unfolded, &self.opened, &self.shade);
        self.panes[0] = Reader::new(made.page, false);
        self.folded = made.folded;
        self.prompt_turns = made.turns;
        self.prompt_stretches = made.stretches;
        self.edition += 1;
        self.look_into(Pane::Prompt);
        self.count_leaks();
    }

    /// Looks for something else from now on, in this case too.
    pub fn look_for(&mut self, lens: Lens) {
        let before = std::mem::replace(&mut self.lens, lens);
        self.place = None;
        if !before.differs_in_needle_only(&self.lens) {
            return self.look();
        }
        // To find a long case's marks takes many times as long as what is typed.
        for reader in &mut self.panes {
            reader.found.hits = self.lens.hits(reader.page.as_ref());
        }
    }

    fn look(&mut self) {
        for pane in Pane::ALL {
            self.look_into(pane);
        }
    }

    /// Finds marks and hits in a pane. Marks are those of the model's reasoning: of the scratchpad, and of an answer that has none
    /// beside it. In a prompt they would be everywhere and say nothing.
    fn look_into(&mut self, pane: Pane) {
        let reasons = match pane {
            Pane::Prompt => false,
            Pane::Scratchpad => true,
            Pane::Answer => self.panes[Pane::Scratchpad.index()].page.is_none() && !self.closed,
        };
        let reader = &mut self.panes[pane.index()];
        if let Some(page) = &mut reader.page {
            page.wrap_all(self.lens.wrap_all);
        }
        reader.found = self.lens.look(reader.page.as_ref(), reasons);
        self.place = self.place.take().filter(|(of, _)| *of != pane);
    }

    /// All hits in reading order, each with its pane.
    pub fn hits(&self) -> impl DoubleEndedIterator<Item = (Pane, &Place)> {
        Pane::ALL.into_iter().flat_map(|pane| self.pane(pane).found.hits.iter().map(move |place| (pane, place)))
    }

    /// All marks in reading order, each with its pane.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = (Pane, &(Place, Class))> {
        Pane::ALL.into_iter().flat_map(|pane| self.pane(pane).found.marks.iter().map(move |mark| (pane, mark)))
    }

    /// Goes to a place in a pane: the pane takes motions from now on, and moves only if the place is not in sight.
    pub fn go_to(&mut self, pane: Pane, place: &Place, window: Window) {
        self.place = Some((pane, place.clone()));
        self.bring(pane, place, window);
    }

    /// Brings a place in sight, as much of it as fits: its pane takes motions from now on, and moves only if it has to.
    pub fn bring(&mut self, pane: Pane, place: &Place, window: Window) {
        self.focus = pane;
        self.settle(window);
        let last = Place { start: place.end.saturating_sub(1).max(place.start), ..place.clone() };
        let row = |place: &Place| self.pane(pane).page.as_ref().map_or(0, |page| page.row_of(place));
        let (row, last) = (row(place), row(&last));
        let height = self.height(pane);
        if self.pane(pane).shows(row, height) && (last - row >= height || self.pane(pane).shows(last, height)) {
            return;
        }
        self.pane_mut(pane).moved = true;
        self.settle(window);
        let height = self.height(pane);
        // Some rows before it say what it is about.
        let top = row.saturating_sub(height / 3).max((last + 1).saturating_sub(height)).min(row);
        self.pane_mut(pane).turn_to(top, height);
    }

    /// Where one stands in every pane, to come back to it.
    #[must_use]
    pub fn stand(&self) -> Stand {
        Stand { focus: self.focus, place: self.place.clone(), panes: self.panes.each_ref().map(Reader::stand) }
    }

    /// Goes back to where one stood.
    pub fn go_back(&mut self, stand: &Stand) {
        self.focus = stand.focus;
        self.place.clone_from(&stand.place);
        for (pane, stand) in self.panes.iter_mut().zip(stand.panes) {
            pane.go_back(stand);
        }
    }

    /// One of the panes.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> &Reader {
        &self.panes[pane.index()]
    }

    /// One of the panes, to move in it.
    pub fn pane_mut(&mut self, pane: Pane) -> &mut Reader {
        &mut self.panes[pane.index()]
    }

    /// The height of a pane's body as it is laid out.
    #[must_use]
    pub fn height(&self, pane: Pane) -> usize {
        usize::from(self.layout.panes[pane.index()].body.height)
    }

    /// What a pane shows.
    #[must_use]
    pub fn shown(&self, pane: Pane) -> Shown {
        self.pane(pane).shown(self.height(pane))
    }

    /// Whether the scratchpad's end stands apart, under the answer.
    #[must_use]
    pub fn has_aside(&self) -> bool {
        self.layout.aside.is_some()
    }

    /// The width of each pane's text in this window.
    pub(super) fn widths(&self, window: Window) -> [u16; 3] {
        let absent = Pane::ALL.map(|p| self.pane(p).page.is_none());
        layout::widths(window, if self.zoom { [true; 3] } else { absent })
    }

    /// Lays the panes out in this window and says where everything stands.
    pub fn settle(&mut self, window: Window) -> Layout {
        let widths = self.widths(window);
        for (pane, width) in self.panes.iter_mut().zip(widths) {
            pane.lay(width);
        }
        let needs = Needs {
            rows: Pane::ALL.map(|p| self.pane(p).page.as_ref().map(|page| page.rows().len())),
            focus: self.focus,
            reading: self.pane(self.focus).moved,
            zoom: self.zoom,
            foot: self.foot,
        };
        self.layout = layout::layout(window, &needs);
        // The end stands in the pane itself unless it stands under the answer.
        self.panes[1].ends = self.layout.aside.is_none();
        self.fit_aside();
        self.layout
    }

    /// Under the answer stand only those last rows of the scratchpad that its own pane does not show.
    fn fit_aside(&mut self) {
        let Some(mut aside) = self.layout.aside else { return };
        let Shown::Window { top, len } = self.shown(Pane::Scratchpad) else { return };
        let hidden = u16::try_from(self.pane(Pane::Scratchpad).rows() - top - len).unwrap_or(u16::MAX);
        let spare = aside.body.height.saturating_sub(hidden);
        let answer = &mut self.layout.panes[Pane::Answer.index()].body;
        if hidden == 0 {
            answer.height += aside.body.height + 1;
            self.layout.aside = None;
            return;
        }
        answer.height += spare;
        aside.title.y += spare;
        aside.body.y += spare;
        aside.body.height -= spare;
        self.layout.aside = Some(aside);
    }

    /// Notes that a frame with this case is on the screen.
    pub fn drawn(&mut self, now: u64) {
        if self.drawn_at.is_none() {
            self.drawn_at = Some(now);
            self.since = now;
        }
        self.awake.get_or_insert(now);
        for pane in Pane::ALL {
            let height = self.height(pane);
            self.pane_mut(pane).see(height);
        }
        if let Some(aside) = self.layout.aside {
            self.panes[1].see_end(usize::from(aside.body.height));
        }
    }
}

/// Where one stands in a case.
#[derive(Clone, Debug)]
pub struct Stand {
    focus: Pane,
    place: Option<(Pane, Place)>,
    panes: [reader::Stand; 3],
}

impl Reader {
    /// Whether there is text to read, laid out or not.
    fn rows_or_text(&self) -> bool {
        self.page.as_ref().is_some_and(|p| p.passage(0).is_some())
    }
}
