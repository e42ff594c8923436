//! A file that is begun anew while it is open, because it was cut or replaced. What is known of it stays as it was until it is indexed to
//! its end; then the new cases take the place of the old ones in one step. Labels are nowhere near: they belong to ids and texts.

use super::overlay::Overlay;
use super::overlay::list::List;
use super::{App, Hashed, Indexed, Tone, in_short};
use crate::model::case::{CaseNo, FileNo};
use crate::model::corpus::{DataFile, Entry, Moved};
use crate::model::draw::Draw;
use crate::model::terms::Order;

/// A file as it is being indexed anew.
#[derive(Debug, Default)]
pub(super) struct Renewal {
    known: DataFile,
    found: Vec<Entry>,
    draws: Vec<Draw>,
}

/// Why the open case has no place in the index, or may have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stray {
    /// A case of its id is there: is it of the same text?
    ById,
    /// None is: does its text stand there under another id?
    ByText,
    /// It is not, as far as anybody knows; it may come again.
    Gone,
    /// The index has not come to it yet.
    Ahead,
}

impl DataFile {
    /// Takes over how far the index is, and what it found that is no case.
    pub(super) fn take(&mut self, indexed: &mut Indexed) {
        self.done = indexed.done;
        self.size = self.size.max(indexed.done);
        self.complete |= indexed.last;
        self.pending = indexed.pending;
        self.unread += indexed.unread.len();
        let room = DataFile::KEPT.saturating_sub(self.problems.len());
        self.problems.extend(indexed.unread.drain(..).take(room));
    }
}

impl App {
    /// From now on the index tells of this file anew.
    pub(super) fn begin_anew(&mut self, file: FileNo) {
        let name = self.corpus.files().get(usize::from(file.0)).map(|known| known.name.clone()).unwrap_or_default();
        let known = DataFile { name, ..DataFile::default() };
        self.renewals.insert(file, Renewal { known, ..Renewal::default() });
        self.removed.remove(&file);
    }

    /// Whether this was about a file that is being indexed anew, and is taken care of.
    pub(super) fn renewed(&mut self, indexed: &mut Indexed) -> bool {
        let Some(renewal) = self.renewals.get_mut(&indexed.file) else { return false };
        renewal.known.take(indexed);
        renewal.found.append(&mut indexed.found);
        if matches!(self.settings.terms.order, Order::Random(_)) {
            renewal.draws.append(&mut indexed.draws);
        }
        if indexed.last
            && let Some(renewal) = self.renewals.remove(&indexed.file)
        {
            self.take_the_place(indexed.file, renewal);
        }
        true
    }

    fn take_the_place(&mut self, file: FileNo, Renewal { known, found, draws }: Renewal) {
        let name = known.name.clone();
        let before: Vec<Entry> = self.corpus.of_file(file).collect();
        let moved = self.corpus.renew(file, known, &found, &draws);
        self.extend_queue();
        self.renumber(&moved, file);
        let cases = if found.len() == 1 { "case" } else { "cases" };
        // Somebody may have written what stood there before, and where nothing stood nothing is kept.
        if before != found && !before.is_empty() {
            self.say(
                Tone::Warning,
                format!("{name} was read anew: {} {cases} · labels and your place are kept", found.len()),
            );
        }
        // What comes back later was known before: it is not new.
        self.former.extend(before.iter().map(|entry| entry.key()));
        self.find_stray(file);
        if self.corpus.is_complete() {
            self.corpus.find_namesakes();
            self.look_at_labels();
        }
        self.refresh_doubts();
        self.go_on_starting();
        if self.here().is_none() && self.seeking.is_none() && self.corpus.is_complete() {
            self.begin_unlabelled();
        }
        self.count();
    }

    /// Everything that goes by the number of a case goes by its new number.
    fn renumber(&mut self, moved: &Moved, file: FileNo) {
        let follow = |no: Option<CaseNo>| no.and_then(|no| moved.of(no));
        let last = self.corpus.numbers().next_back();
        let near = |no: CaseNo| moved.of(no).or(last.filter(|last| no.first_reading() > *last)).unwrap_or(no);
        // What is known of the texts of this file was known of what stood there before.
        let of_file = |no: CaseNo| self.corpus.entry(no).is_some_and(|entry| entry.file() == file);
        let known = std::mem::take(&mut self.hashes).into_values().filter_map(|known| {
            let no = moved.of(known.no).filter(|no| !of_file(*no))?;
            Some((no, Hashed { no, ..known }))
        });
        self.hashes = known.collect();
        let attached = std::mem::take(&mut self.attached).into_iter();
        self.attached = attached.filter_map(|(no, id)| Some((moved.of(no).filter(|no| !of_file(*no))?, id))).collect();
        let attention = std::mem::take(&mut self.attention).into_iter();
        self.attention = attention.filter_map(|(no, of)| Some((moved.of(no)?, of))).collect();
        self.decided = self.decided.iter().filter_map(|no| moved.of(*no)).collect();
        self.finished = follow(self.finished);
        self.tried = self.tried.and_then(|(no, label)| Some((moved.of(no)?, label)));
        self.seeking = self.seeking.map(near);
        self.fresh = self.fresh.iter().filter_map(|no| moved.of(*no)).collect();
        self.notes.open_with = follow(self.notes.open_with);
        self.notes.onward = self.notes.onward.map(near);
        self.briefs.forget();
        if let Some(view) = &mut self.view {
            view.no = near(view.no);
            view.same_as = follow(view.same_as);
            if let Some(origin) = self.corpus.origin(view.no).filter(|origin| origin.file == view.case.origin.file) {
                view.case.origin = origin;
            }
        }
        let select = |list: &mut List| {
            list.case = list.case.map(near);
            if let Some(cases) = &mut list.doubtful {
                *cases = cases.iter().filter_map(|no| moved.of(*no)).collect();
            }
        };
        self.dock.iter_mut().for_each(select);
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::List(list) => select(list),
                Overlay::Note(note) => note.renumber(near),
                Overlay::Details(details) => details.no = near(details.no),
                Overlay::Source(source) => source.no = near(source.no),
                Overlay::Copy(choice) => choice.no = near(choice.no),
                _ => {}
            }
        }
        if let Some(wanted) = self.wanted.take()
            && let Some(no) = moved.of(wanted)
        {
            self.open(no);
        }
    }

    /// Looks for the open case in the file that was begun anew: by its id, and where that is gone by its text.
    fn find_stray(&mut self, file: FileNo) {
        let mut view = self.view.as_ref().filter(|view| view.case.origin.file == file);
        let Some(view) = view.take_if(|_| self.stray != Some(Stray::Ahead)) else { return };
        let (here, hash) = (view.no, view.case.hash);
        let of_its_id =
            |no: &CaseNo| self.corpus.entry(*no).is_some_and(|e| e.file() == file && e.key() == view.case.id.key());
        let (stray, cases) = if of_its_id(&here) {
            (Stray::ById, vec![here])
        } else {
            let of_file = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|entry| entry.file() == file);
            (Stray::ByText, self.corpus.numbers().filter(of_file).collect())
        };
        self.stray = Some(stray);
        self.hash(&cases, vec![hash]);
        self.miss_stray();
    }

    /// The background knows a case by its text: is it the open one, which had lost its place?
    pub(super) fn find_by_text(&mut self, known: &Hashed) {
        let Some(view) = self.view.as_mut().filter(|view| self.stray.is_some() && view.case.hash == known.hash) else {
            return;
        };
        let gone = self.stray.take() == Some(Stray::Gone);
        view.no = known.no.in_pass(view.no.pass());
        view.case.raw = known.raw;
        if let Some(origin) = self.corpus.origin(known.no) {
            view.case.origin = origin;
        }
        if view.case.id != known.id {
            view.name = in_short::name(&known.id, 0);
            view.case.id = known.id.clone();
        }
        self.place_dirty = true;
        if gone {
            self.say(Tone::Plain, "the open case is in its file again");
        }
    }

    /// Nobody is looking any more: what was not found is told of. The case stays on the screen as it was read.
    pub(super) fn miss_stray(&mut self) {
        if self.hashing > 0 {
            return;
        }
        let Some(view) = &self.view else { return };
        let again = format!(":{} reads it anew", self.queue.position(view.no));
        match self.stray {
            None | Some(Stray::Gone | Stray::Ahead) => {}
            Some(Stray::ById) => {
                self.stray = None;
                self.say(Tone::Warning, format!("the open case has another text in its file now · {again}"));
            }
            Some(Stray::ByText) => {
                self.stray = Some(Stray::Gone);
                self.say(Tone::Warning, "the open case is no longer in its file · it stays here until you go on");
            }
        }
    }

    /// Whether the open case has no number: it is no longer in its file, or the index has not come to it yet.
    #[must_use]
    pub fn is_stray(&self) -> bool {
        matches!(self.stray, Some(Stray::Gone | Stray::Ahead))
    }
}
