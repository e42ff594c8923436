//! Labels by key: when a key counts, what record it makes, what is shown once the journal has it. The only room that makes records.

use super::{App, Effect, Now, Tone};
use crate::keys::action::Action;
use crate::keys::key::Key;
use crate::keys::keymap::{Context, Press};
use crate::model::case::{Case, CaseNo, FileNo};
use crate::model::labels::{CaseRef, CodebookRef, Ev, Kind, Record, Standing, View as ViewRecord};
use crate::model::queue::{Need, Toward};
use crate::text::clean::Safe;

impl App {
    /// Whether this key would label, pressed now on the review screen.
    pub(super) fn labels_with(&self, key: Key) -> bool {
        let mut pending = self.pending;
        matches!(self.keymap.press(Context::Review, &mut pending, key), Press::Action(Action::Label(_)))
    }

    /// Why a label key does not count now, if so. A label is never an accident: the key came alone, its case was on the screen and
    /// had time to be seen.
    fn refusal(&self, alone: bool, now: Now) -> Option<String> {
        if let Some(reason) = &self.settings.read_only {
            return Some(reason.clone());
        }
        if !self.window.is_usable() {
            return Some("not labelled: the window is too small to read in".to_owned());
        }
        let Some(view) = &self.view else { return Some("no case is open yet".to_owned()) };
        if self.wanted.is_some() || view.drawn_at.is_none() {
            return Some("not labelled: the case was not on the screen yet".to_owned());
        }
        let dwell = self.settings.min_dwell_ms;
        if dwell == 0 {
            return None;
        }
        if !alone {
            return Some("not labelled: pressed together with others · press it alone".to_owned());
        }
        if now.mono < view.since + dwell {
            return Some("not labelled: too soon for this case · press again".to_owned());
        }
        None
    }

    pub(super) fn label(&mut self, index: usize, alone: bool, now: Now) {
        if let Some(reason) = self.refusal(alone, now) {
            if let Some(view) = &mut self.view {
                view.since = now.mono;
            }
            return self.say(Tone::Warning, reason);
        }
        let Some(view) = &self.view else { return };
        if self.finished.take() == Some(view.no) && self.settings.min_dwell_ms > 0 {
            return self.say(Tone::Warning, "this case has its label, and so have all · press again to change it");
        }
        if self.unsaved > 0 && self.tried == Some((view.no, index)) {
            // The same key on the same case asks for that record again, not for a second one.
            return self.effects.push(Effect::Retry);
        }
        let no = view.no;
        let seen = view.seen();
        let flags = match self.standing() {
            Standing::Labelled(state) | Standing::Skipped(state) => state.flags.clone(),
            Standing::Stale(_) | Standing::None => Vec::new(),
        };
        let Some(decision) = self.codebook.decide(index, view.case.scratchpad().is_present(), &flags) else { return };
        let mut record = self.record(Ev::Label, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        record.label = Some(decision.label);
        record.axes = Some(decision.axes);
        record.flags = decision.flags;
        record.ms = Some(view.spent());
        record.view = Some(ViewRecord {
            blind: Vec::new(),
            stage: "all".to_owned(),
            mode: "case".to_owned(),
            seen,
            order: "file".to_owned(),
            position: self.queue.position(view.no),
        });
        let file = view.case.origin.file;
        self.remark = decision.remark;
        self.tried = Some((no, index));
        self.append(file, record);
    }

    pub(super) fn skip(&mut self, now: Now) {
        let Some(view) = &self.view else { return };
        if let Some(reason) = &self.settings.read_only {
            return self.say(Tone::Warning, reason.clone());
        }
        if self.wanted.is_some() || view.drawn_at.is_none() {
            return;
        }
        if self.is_labelled_here() {
            let name = view.name.clone();
            self.say(Tone::Plain, format!("{name} has its label; nothing to put off"));
            return;
        }
        let mut record = self.record(Ev::Skip, now);
        let Some(view) = &self.view else { return };
        record.case = Some(self.case_ref(&view.case));
        let file = view.case.origin.file;
        self.append(file, record);
    }

    /// Takes back the newest decision: of this session at once, an older one only when asked twice.
    pub(super) fn undo(&mut self, asked: Option<String>, now: Now) {
        if self.unsaved > 0 {
            return self.say(Tone::Warning, "nothing is taken back while a record is not saved");
        }
        let Some(step) = self.labels.undo(&self.settings.session) else {
            return self.say(Tone::Plain, "nothing to take back");
        };
        let of = step.record.clone();
        if !step.ours && asked.as_ref() != Some(&of.id) {
            let what = self.sentence(&of);
            self.go_to(&of);
            self.undo_asked = Some(of.id);
            let takes_back = format!("again takes back {what} (an earlier session's)");
            return self.say(Tone::Warning, self.hint(Action::Undo, &takes_back).unwrap_or(takes_back));
        }
        let Record { id, ts, clock, session, tool, .. } = self.record(Ev::Undo, now);
        let record = Record { id, ts, clock, session, tool, ..of.undone() };
        self.append(self.file_of(&record), record);
    }

    pub(super) fn redo(&mut self, now: Now) {
        let Some(of) = self.labels.redo(&self.settings.session).cloned() else {
            return self.say(Tone::Plain, "nothing to restore");
        };
        let Record { id, ts, clock, session, tool, .. } = self.record(of.ev.clone(), now);
        let record = Record { id, ts, clock, session, tool, ..of.restored() };
        self.append(self.file_of(&record), record);
    }

    pub(super) fn back_to_decided(&mut self) {
        let here = self.here();
        // Pressed again it goes further back: the case one stands on is not the one that was meant.
        while self.decided.last().is_some_and(|no| Some(*no) == here) {
            self.decided.pop();
        }
        if let Some(no) = self.decided.pop() {
            return self.open(no);
        }
        let last = self.labels.last_decision().and_then(|r| r.case.as_ref());
        match last.and_then(|c| self.corpus.locate(&c.id, &c.src, c.line)).filter(|no| Some(*no) != here) {
            Some(no) => self.open(no),
            None => self.say(Tone::Plain, "no case was decided before this one"),
        }
    }

    /// Records of ours are on the disk: they count, are said, and the review goes on.
    pub(super) fn recorded(&mut self, records: Vec<Record>, now: Now) {
        let late = records.len() > 1 || records.first().is_some_and(|r| self.place_of(r) != self.here());
        for record in records {
            let no = self.place_of(&record);
            let labelled = |app: &Self| no.is_some_and(|no| app.need(no) == Need::Nothing);
            let before = labelled(self);
            self.labels.add(record.clone());
            if let Some(no) = no {
                self.decided_on(no, now);
            }
            self.done = (self.done + usize::from(labelled(self))).saturating_sub(usize::from(before));
            self.confirm(&record, no, late);
        }
    }

    /// A decision on this case is on the disk: from here on its label is its own, and its time starts anew.
    fn decided_on(&mut self, no: CaseNo, now: Now) {
        self.attached.remove(&no);
        self.spent.remove(&no);
        if let Some(view) = self.view.as_mut().filter(|v| v.no == no) {
            view.touch(now.mono);
            view.start_over();
        }
        let Some(key) = self.corpus.entry(no).map(|e| e.key()).filter(|key| self.corpus.is_shared(*key)) else {
            return;
        };
        // Those of the same id and the same text have the same label now.
        let same: Vec<CaseNo> = self.corpus.bearing(key).filter(|n| *n != no).collect();
        self.hash(&same, Vec::new());
    }

    fn confirm(&mut self, record: &Record, no: Option<CaseNo>, late: bool) {
        let n = self.labels.count();
        let name = self.name_of(record);
        match &record.ev {
            Ev::Label => {
                let label = record.label.as_deref().unwrap_or_default();
                self.say_saved("saved", &name, label, n);
                self.notice.more = self.after_label(record);
                self.decide_next(no, late, !self.settings.stay);
            }
            Ev::Skip => {
                self.say(Tone::Saved, format!("put off {name}"));
                let more = self.hinted("it comes again at the end", [(Action::Undo, "takes it back")]);
                self.notice.more = Safe::line(more);
                self.decide_next(no, late, true);
            }
            Ev::Undo => {
                let what = self
                    .labels
                    .record(record.of.as_deref().unwrap_or_default())
                    .map(|r| self.word(r))
                    .unwrap_or_default();
                self.say_saved("undone", &name, &what, n);
                self.notice.more = Safe::line(self.hint(Action::Redo, "restores it").unwrap_or_default());
                if let Some(no) = no {
                    self.decided.retain(|d| *d != no);
                    if self.here() != Some(no) {
                        self.open(no);
                    }
                }
            }
            other => self.say(Tone::Saved, format!("saved {name}: {}", other.word())),
        }
    }

    /// The confirmation that people and programs read. Where the row is too narrow only the name is shortened.
    fn say_saved(&mut self, verb: &str, name: &Safe, label: &str, n: usize) {
        const LEFT: usize = 12;
        const LEAST_NAME: usize = 5;
        let rest = format!("{verb}  = {label} ({n})").len() + LEFT;
        let name = name.cut_middle(usize::from(self.window.columns).saturating_sub(rest).max(LEAST_NAME));
        self.say(Tone::Saved, format!("{verb} {name} = {label} ({n})"));
    }

    /// On to the next case that needs a label, unless the label stays on its case or came late.
    fn decide_next(&mut self, no: Option<CaseNo>, late: bool, onward: bool) {
        let Some(no) = no else { return };
        self.decided.retain(|d| *d != no);
        self.decided.push(no);
        if late {
            if self.here() != Some(no) && self.unsaved == 0 {
                self.open(no);
            }
            return;
        }
        if onward {
            self.seek(no, Toward::Next);
            self.finished = (self.wanted.is_none() && self.seeking.is_none()).then_some(no);
        }
    }

    /// What is said behind a confirmation.
    fn after_label(&mut self, record: &Record) -> Safe {
        let label = record.label.as_deref().unwrap_or_default();
        let at = self.codebook.position(label, record.flags.as_deref().unwrap_or_default());
        let word = at.map(|at| self.codebook.labels[at].word.clone()).filter(|word| word != label);
        let restored = record.redo_of.as_ref().map(|_| "restored".to_owned());
        let remark = self.remark.take().map(ToOwned::to_owned);
        let words = [word, restored, remark, self.hint(Action::Undo, "takes it back")];
        Safe::line(words.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    /// Another session's records: they count at once, without a word unless they change the open case.
    pub(super) fn merged(&mut self, records: Vec<Record>) {
        let before = self.standing_word();
        let mut touched = 0;
        for record in records {
            touched += usize::from(self.labels.add(record));
        }
        if touched > 0 {
            self.count();
        }
        if touched > 0 && before != self.standing_word() {
            self.say(Tone::Warning, "this case was labelled in another session just now");
        }
    }

    fn standing_word(&self) -> Option<String> {
        match self.standing() {
            Standing::Labelled(state) => state.label.clone(),
            _ => None,
        }
    }

    fn record(&mut self, ev: Ev, now: Now) -> Record {
        let (ts, id, clock) = self.stamper.stamp(now.wall, self.labels.newest());
        let codebook = CodebookRef {
            id: self.codebook.id.clone(),
            version: self.codebook.version.clone(),
            hash: self.codebook.hash.clone(),
        };
        Record {
            by: self.settings.annotator.clone(),
            kind: Kind::Human,
            session: self.settings.session.clone(),
            codebook: Some(codebook),
            tool: self.settings.tool.clone(),
            clock,
            id,
            ts,
            ..Record::new(ev)
        }
    }

    fn case_ref(&self, case: &Case) -> CaseRef {
        CaseRef {
            id: case.id.clone(),
            hash: case.hash,
            raw: case.raw,
            src: self.src(case.origin.file),
            line: case.origin.line,
        }
    }

    /// A data file's name as records have it.
    pub(super) fn src(&self, file: FileNo) -> String {
        self.corpus.files().get(usize::from(file.0)).map(|f| f.name.clone()).unwrap_or_default()
    }

    fn append(&mut self, file: FileNo, record: Record) {
        self.effects.push(Effect::Append { file, record: Box::new(record) });
    }

    fn place_of(&self, record: &Record) -> Option<CaseNo> {
        let case = record.case.as_ref()?;
        self.corpus.locate(&case.id, &case.src, case.line)
    }

    fn file_of(&self, record: &Record) -> FileNo {
        self.place_of(record).and_then(|no| self.corpus.entry(no)).map_or(FileNo(0), |e| e.file())
    }

    fn go_to(&mut self, record: &Record) {
        if let Some(no) = self.place_of(record).filter(|no| self.here() != Some(*no)) {
            self.open(no);
        }
    }

    /// The name under which a record's case is shown.
    fn name_of(&self, record: &Record) -> Safe {
        let Some(case) = &record.case else { return Safe::fixed("?") };
        match &self.view {
            Some(view) if view.case.id == case.id && view.case.hash == case.hash => view.name.clone(),
            _ => Safe::line(case.id.bytes()).no_spaces().cut_middle(40),
        }
    }

    fn word(&self, record: &Record) -> String {
        record.label.clone().unwrap_or_else(|| record.ev.word().to_owned())
    }

    /// The codebook's word for a label with these flags: `weighed` for a refusal that considered faking.
    #[must_use]
    pub fn label_word<'a>(&'a self, label: &'a str, flags: &[String]) -> &'a str {
        self.codebook.position(label, flags).map_or(label, |at| &self.codebook.labels[at].word)
    }

    fn sentence(&self, record: &Record) -> String {
        format!("{} = {}", self.name_of(record), self.word(record))
    }

    /// The last decision that stands, as the status row shows it.
    #[must_use]
    pub fn last_decision(&self) -> Option<(Safe, String)> {
        let record = self.labels.last_decision()?;
        let word = match &record.label {
            Some(label) => self.label_word(label, record.flags.as_deref().unwrap_or_default()).to_owned(),
            None => record.ev.word().to_owned(),
        };
        Some((self.name_of(record), word))
    }
}
