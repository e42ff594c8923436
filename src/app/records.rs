//! Records in the making, and the cases they speak of. Says who, when and about which text; what is said comes from the rooms beside.

use super::view::View;
use super::{App, Effect, Now};
use crate::model::case::{Case, CaseNo, FileNo};
use crate::model::labels::{CaseRef, CodebookRef, Ev, Kind, Record, View as ViewRecord};

impl App {
    pub(super) fn record(&mut self, ev: Ev, now: Now) -> Record {
        if self.session.is_none() {
            // It stands before what this session says first, in its time too.
            let mut session = self.made(Ev::Session, Now { wall: now.wall - 1, ..now });
            session.view = Some(self.terms_record());
            session.window = Some([self.window.columns, self.window.rows]);
            self.session = Some(session);
        }
        self.made(ev, now)
    }

    fn made(&mut self, ev: Ev, now: Now) -> Record {
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
            // What is said of a case that came back is said of this reading.
            pass: self.view.as_ref().map_or(0, |view| view.no.pass()),
            ..Record::new(ev)
        }
    }

    pub(super) fn case_ref(&self, case: &Case) -> CaseRef {
        CaseRef {
            id: case.id.clone(),
            hash: case.hash,
            raw: case.raw,
            src: self.src(case.origin.file),
            line: case.origin.line,
        }
    }

    /// What could be seen of the open case, and how one came to it.
    pub(super) fn view_record(&self, view: &View) -> ViewRecord {
        let terms = &self.settings.terms;
        let revealed = self.revealed_of(view);
        let hidden = terms.blind.iter().map(|hidden| hidden.word().to_owned());
        ViewRecord {
            blind: hidden.filter(|word| !revealed.contains(word)).collect(),
            revealed,
            stage: self.stage_of(view).to_owned(),
            mode: "case".to_owned(),
            seen: view.seen(),
            ms: view.ms(),
            position: self.queue.position(view.no),
            ..self.terms_record()
        }
    }

    /// The terms of the whole session, as records name them.
    fn terms_record(&self) -> ViewRecord {
        let terms = &self.settings.terms;
        ViewRecord {
            blind: terms.blind.iter().map(|hidden| hidden.word().to_owned()).collect(),
            revealed: Vec::new(),
            stage: if terms.staged { "staged" } else { "all" }.to_owned(),
            mode: "session".to_owned(),
            seen: Vec::new(),
            ms: Vec::new(),
            order: terms.order.to_string(),
            position: 0,
        }
    }

    /// A data file's name as records have it.
    pub(super) fn src(&self, file: FileNo) -> String {
        self.corpus.files().get(usize::from(file.0)).map(|f| f.name.clone()).unwrap_or_default()
    }

    pub(super) fn append(&mut self, file: FileNo, record: Record) {
        if let Some(session) = self.session.as_ref().filter(|_| self.begun.insert(file)) {
            self.effects.push(Effect::Begin { file, session: Box::new(session.clone()) });
        }
        self.effects.push(Effect::Append { file, record: Box::new(record) });
    }

    pub(super) fn place_of(&self, record: &Record) -> Option<CaseNo> {
        let case = record.case.as_ref()?;
        let no = self.corpus.locate(&case.id, &case.src, case.line)?;
        Some(self.in_reading(no, record.pass))
    }

    /// The file whose journal a record about this one belongs to. A case may be gone from its file since.
    pub(super) fn file_of(&self, record: &Record) -> FileNo {
        let placed = self.place_of(record).and_then(|no| self.corpus.entry(no)).map(|entry| entry.file());
        placed.or_else(|| self.file_named(&record.case.as_ref()?.src)).unwrap_or(FileNo(0))
    }

    fn file_named(&self, name: &str) -> Option<FileNo> {
        let at = self.corpus.files().iter().position(|file| file.name == name)?;
        u16::try_from(at).ok().map(FileNo)
    }
}
