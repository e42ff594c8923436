//! One walk over a stretch of a file, line by line: what is a case, what is a problem, and how far it came.

use std::{io, mem};

use super::Source;
use super::index::{Batch, Found, Reached};
use super::lines::{Lines, Raw};
use crate::model::case::{Case, CaseId, FileNo, Origin, Problem, ProblemKind, Role};
use crate::model::draw::Draw;
use crate::model::shared::Shared;
use crate::store::json::{Known, Node};
use crate::store::shape;
use crate::store::skim::{self, Line, Skim, skim};

/// What is read at once: enough that system calls do not count, little enough that the first case is there at once.
pub(super) const BLOCK: usize = 64 * 1024;

/// A batch is sent when it holds so many cases, or so many problems, or when so many bytes were looked at for it.
const MANY: usize = 4096;
const FAR: u64 = 4 * 1024 * 1024;

/// Why a walk stopped.
#[derive(Debug)]
pub(super) enum End {
    /// The next line begins where the walk was to stop, or behind.
    Until,
    /// The file is at its end.
    OfFile,
    /// Nobody takes what is found any more.
    Unheard,
    /// The file could not be read.
    Failed(io::Error),
}

/// A walk: where it is, and the batch that is being filled.
pub(super) struct Pass<'a> {
    source: &'a Source,
    limit: u32,
    batch: Batch,
    lines: Lines,
    /// Up to where the batches before went.
    sent: u64,
}

impl<'a> Pass<'a> {
    /// A walk that begins here. Lines of more than `limit` bytes are passed over.
    pub(super) fn new(source: &'a Source, from: Reached, limit: u32) -> Self {
        let batch = Batch { lines: from.line, blank: from.blank, ..Batch::default() };
        Self { source, limit, batch, lines: Lines::from(from, limit), sent: from.offset }
    }

    /// Goes on with the lines that begin before byte `until`, reading into `block`, and sends what it finds.
    pub(super) fn walk(&mut self, until: u64, block: &mut [u8], send: &mut dyn FnMut(Batch) -> bool) -> End {
        loop {
            if let Some(end) = self.step(until, block, send) {
                return end;
            }
            if self.lines.place() - self.sent >= FAR && !send(self.next()) {
                return End::Unheard;
            }
        }
    }

    /// Goes on by one block; says whether the walk is over.
    pub(super) fn step(&mut self, until: u64, block: &mut [u8], send: &mut dyn FnMut(Batch) -> bool) -> Option<End> {
        if self.lines.reached().offset >= until {
            return Some(End::Until);
        }
        let len = match self.source.fill(self.lines.place(), block) {
            Ok(0) => return Some(End::OfFile),
            Ok(len) => len,
            Err(error) => return Some(End::Failed(error)),
        };
        let mut at = 0;
        while at < len && self.lines.reached().offset < until {
            let Some(raw) = self.lines.next(&block[..len], &mut at) else { break };
            self.batch.line(raw, self.source, self.limit);
            if self.is_full() && !send(self.next()) {
                return Some(End::Unheard);
            }
        }
        None
    }

    /// Where the line begins that was not settled yet.
    pub(super) fn reached(&self) -> Reached {
        Reached { blank: self.batch.blank, ..self.lines.reached() }
    }

    /// The line that follows cannot be read.
    pub(super) fn failed(&mut self, error: &io::Error) {
        let what = format!("the file could not be read from here on ({error})");
        let next = self.batch.lines.saturating_add(1);
        self.batch.problems.push(skim::problem(b"", next, 0, ProblemKind::Unreadable, &what));
    }

    /// Takes what stands behind the last line end, and says how far the file is settled then.
    pub(super) fn settle_rest(&mut self) -> Reached {
        let before = self.reached();
        let known = self.batch.found.len() + self.batch.problems.len();
        let Some(raw) = self.lines.rest() else { return before };
        self.batch.rest(raw, self.source, self.limit);
        let settled = self.batch.found.len() + self.batch.problems.len() > known;
        if settled { Reached { within: true, ..self.reached() } } else { before }
    }

    /// The batch so far, leaving an empty one that counts on.
    pub(super) fn next(&mut self) -> Batch {
        let done = self.lines.place();
        self.sent = done;
        let Batch { lines, blank, .. } = self.batch;
        let batch = mem::replace(&mut self.batch, Batch { lines, blank, ..Batch::default() });
        Batch { done, ..batch }
    }

    /// Whether the batch must go out although the block is not at its end.
    fn is_full(&self) -> bool {
        self.batch.found.len() >= MANY || self.batch.problems.len() >= MANY
    }
}

impl Batch {
    fn line(&mut self, raw: Raw<'_>, source: &Source, limit: u32) {
        self.lines = raw.number;
        if raw.too_long {
            return self.too_long(raw, limit);
        }
        match skim(raw.bytes, raw.number) {
            Line::Blank => self.blank = self.blank.saturating_add(1),
            Line::Object(skim) => self.object(raw, &skim, source, limit),
            Line::Bad(problem) => self.problems.push(problem),
        }
    }

    /// The last line, which has no line end.
    fn rest(&mut self, raw: Raw<'_>, source: &Source, limit: u32) {
        self.line(raw, source, limit);
        let unfinished = self.problems.pop_if(|problem| {
            problem.line == raw.number && !matches!(problem.kind, ProblemKind::TooLong | ProblemKind::NotTranscript)
        });
        self.pending = unfinished.map(|problem| Problem {
            kind: ProblemKind::Pending,
            message: "the last line has no line end and is no whole record: whoever writes the file may still be at it"
                .into(),
            ..problem
        });
    }

    fn object(&mut self, raw: Raw<'_>, skim: &Skim, source: &Source, limit: u32) {
        let object = &raw.bytes[skim.object.start as usize..skim.object.end as usize];
        let known = Known::new(raw.bytes, &skim.longs);
        let ids = shape::identities(Node::known(object, &known), raw.bytes, source.name());
        if ids.is_empty() {
            let what = "the record holds nothing that could be a transcript";
            return self.problem(raw, skim.object.start as usize, ProblemKind::NotTranscript, what);
        }
        let Ok(len) = u32::try_from(raw.bytes.len()) else { return self.too_long(raw, limit) };
        let subs = 0..=u16::MAX;
        if ids.len() > subs.len() {
            let what = format!("the record holds {} cases, more than can be told apart", ids.len());
            return self.problem(raw, skim.object.start as usize, ProblemKind::TooLong, &what);
        }
        let draws = source.seed.as_deref().map(|seed| draws(seed, &ids, object, raw, source.name()));
        let found = |(id, sub): (&CaseId, u16)| {
            let draw = draws.as_ref().and_then(|draws| draws.get(usize::from(sub))).copied().unwrap_or_default();
            Found { offset: raw.offset, len, line: raw.number, key: id.key(), sub, draw }
        };
        self.found.extend(ids.iter().zip(subs).map(found));
    }

    fn too_long(&mut self, raw: Raw<'_>, limit: u32) {
        let what = format!("the line is longer than {limit} bytes, which is the limit");
        self.problem(raw, 0, ProblemKind::TooLong, &what);
    }

    fn problem(&mut self, raw: Raw<'_>, at: usize, kind: ProblemKind, what: &str) {
        self.problems.push(skim::problem(raw.bytes, raw.number, at, kind, what));
    }
}

/// What chance draws for the cases of one line. What the user says in them is read for that: it tells the halves of a pair, which must
/// not follow each other, also where their ids do not.
fn draws(seed: &str, ids: &[CaseId], object: &[u8], raw: Raw<'_>, name: &str) -> Vec<Draw> {
    let origin = Origin { file: FileNo(0), line: raw.number, offset: raw.offset, len: 0, sub: 0 };
    let cases = shape::read(object, raw.bytes, origin, name, &[]).cases;
    (0..).zip(ids).map(|(at, id)| Draw::of(seed, id, cases.get(at).and_then(own_words).as_deref())).collect()
}

/// What the user said last before the judged reply, without what the experiment wraps around it.
fn own_words(case: &Case) -> Option<Vec<u8>> {
    let said = case.turns[..case.judged].iter().rev().find(|turn| turn.role == Role::User)?.text.bytes();
    let own: Vec<u8> = Shared::default().own_words(said).into_iter().flat_map(|words| &said[words]).copied().collect();
    (!own.trim_ascii().is_empty()).then_some(own)
}
