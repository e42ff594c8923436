//! Where every case is: 24 bytes a case, in the order of the index, found again by number or by id. Never holds a case's text.

use std::collections::{HashMap, HashSet, VecDeque};

use super::case::{CaseId, CaseNo, FileNo, Origin, Problem};
use super::draw::Draw;

/// What the index knows of one case. 24 bytes, so that ten million cases fit into 240 MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file in the upper 16 bits, the byte offset in the lower 48: files up to 256 TiB.
    place: u64,
    /// [`CaseId::key`].
    key: u64,
    /// The line's length in bytes.
    len: u32,
    /// The line, from 1.
    line: u32,
}

const OFFSET_BITS: u32 = 48;

impl Entry {
    /// The entry of a case whose line of `len` bytes starts at `offset` in `file`, and whose id has this key.
    #[must_use]
    pub fn new(file: FileNo, offset: u64, len: u32, line: u32, key: u64) -> Self {
        let place = u64::from(file.0) << OFFSET_BITS | (offset & ((1 << OFFSET_BITS) - 1));
        Self { place, key, len, line }
    }

    /// The id's key.
    #[must_use]
    pub fn key(self) -> u64 {
        self.key
    }

    /// The first byte of the line it stands on.
    #[must_use]
    pub fn offset(self) -> u64 {
        self.place & ((1 << OFFSET_BITS) - 1)
    }

    /// The length of the line it stands on, in bytes.
    #[must_use]
    pub fn bytes(self) -> u32 {
        self.len
    }

    /// The line the case stands on, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.line
    }

    /// The file the case stands in.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub fn file(self) -> FileNo {
        FileNo((self.place >> OFFSET_BITS) as u16)
    }
}

/// How a data file may stop being what it was when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It was cut, or written anew.
    Shorter,
    /// Another file stands in its place.
    Replaced,
    /// It has no name any more.
    Gone,
}

/// One data file as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct DataFile {
    /// The file's name, as shown and as written into records.
    pub name: String,
    /// Its size in bytes when it was opened, or as far as it was read since.
    pub size: u64,
    /// How many of its bytes the index has seen.
    pub done: u64,
    /// Whether the index is at its end.
    pub complete: bool,
    /// The lines that could not be read, the first [`DataFile::KEPT`] of them.
    pub problems: Vec<Problem>,
    /// How many lines could not be read.
    pub unread: usize,
    /// Whether its last line is still being written.
    pub pending: bool,
}

impl DataFile {
    /// So many problems of a file are kept word by word; the rest is counted.
    pub const KEPT: usize = 1000;
}

/// What the cases are called since a file was begun anew.
#[derive(Clone, Debug, Default)]
pub struct Moved(Vec<Option<CaseNo>>);

impl Moved {
    /// The case that bore this number before: another file's is itself, and one of the file that was begun anew is the one of its id.
    #[must_use]
    pub fn of(&self, no: CaseNo) -> Option<CaseNo> {
        let moved = self.0.get(no.index()).copied().flatten();
        moved.map(|moved| moved.in_pass(no.pass()))
    }
}

/// All cases of all open files. Grows at the end only, so that a [`CaseNo`] means the same case for as long as no file is begun anew.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    files: Vec<DataFile>,
    entries: Vec<Entry>,
    /// What chance drew for each case; empty unless an order was asked for that needs it.
    draws: Vec<Draw>,
    /// The keys that several cases bear; known once the index is complete.
    shared_keys: HashSet<u64>,
}

impl Corpus {
    /// So many cases of one id are told apart.
    pub const NAMESAKES: usize = 32;

    /// A corpus of these files (name and size), none of whose cases are known yet.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, u64)>) -> Self {
        let files = files.into_iter().map(|(name, size)| DataFile { name, size, ..DataFile::default() }).collect();
        Self { files, entries: Vec::new(), draws: Vec::new(), shared_keys: HashSet::new() }
    }

    /// Takes over what the index found in one file.
    pub fn extend(&mut self, entries: &[Entry]) {
        self.entries.extend_from_slice(entries);
    }

    /// Takes over what chance drew for the cases that were taken over last.
    pub fn draw(&mut self, draws: &[Draw]) {
        self.draws.extend_from_slice(draws);
    }

    /// What chance drew for a case; the same for all where nobody asked for it.
    #[must_use]
    pub fn drawn(&self, no: CaseNo) -> Draw {
        self.draws.get(no.index()).copied().unwrap_or_default()
    }

    /// Takes one more file, none of whose cases are known yet. What it holds came after the index: it is taken for complete.
    pub fn join(&mut self, name: String, size: u64) {
        self.files.push(DataFile { name, size, complete: true, ..DataFile::default() });
    }

    /// Takes these cases in the place of all that were known of a file, and says what became of the numbers of all.
    pub fn renew(&mut self, file: FileNo, known: DataFile, found: &[Entry], draws: &[Draw]) -> Moved {
        let number = |at: usize| CaseNo(u32::try_from(at).unwrap_or(u32::MAX));
        let old = std::mem::take(&mut self.entries);
        let start = old.iter().position(|e| e.file() == file).unwrap_or(old.len());
        let of_others = old.iter().zip(std::mem::take(&mut self.draws)).enumerate();
        let of_others = of_others.filter(|(at, (entry, _))| *at < start || entry.file() != file);
        let mut kept: Vec<Draw> = of_others.map(|(_, (_, draw))| draw).collect();
        kept.splice(start.min(kept.len())..start.min(kept.len()), draws.iter().copied());
        self.draws = kept;
        let mut heirs: HashMap<u64, VecDeque<CaseNo>> = HashMap::new();
        for (at, entry) in (start..).zip(found) {
            heirs.entry(entry.key).or_default().push_back(number(at));
        }
        self.entries.reserve_exact(old.len() + found.len());
        self.entries.extend_from_slice(&old[..start]);
        self.entries.extend_from_slice(found);
        let mut moved: Vec<Option<CaseNo>> = (0..start).map(|at| Some(number(at))).collect();
        for entry in &old[start..] {
            if entry.file() == file {
                moved.push(heirs.get_mut(&entry.key).and_then(VecDeque::pop_front));
            } else {
                moved.push(Some(number(self.entries.len())));
                self.entries.push(*entry);
            }
        }
        if let Some(renewed) = self.files.get_mut(usize::from(file.0)) {
            *renewed = known;
        }
        Moved(moved)
    }

    /// The data file of this number, to be told how far the index is.
    pub fn file_mut(&mut self, file: FileNo) -> Option<&mut DataFile> {
        self.files.get_mut(usize::from(file.0))
    }

    /// All data files, in the order in which they were given.
    #[must_use]
    pub fn files(&self) -> &[DataFile] {
        &self.files
    }

    /// How many cases are known by now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no case is known yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether every file has been indexed to its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.files.iter().all(|f| f.complete)
    }

    /// How much of all bytes the index has seen, in percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let (done, size) = self.files.iter().fold((0u64, 0u64), |(d, s), f| (d + f.done, s + f.size));
        u8::try_from((done * 100).checked_div(size).unwrap_or(100).min(100)).unwrap_or(100)
    }

    /// How many lines could not be read, in all files.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.files.iter().map(|f| f.unread).sum()
    }

    /// The entries of a file's cases, in their order.
    pub fn of_file(&self, file: FileNo) -> impl Iterator<Item = Entry> + '_ {
        self.entries.iter().copied().filter(move |entry| entry.file() == file)
    }

    /// The entry of a case.
    #[must_use]
    pub fn entry(&self, no: CaseNo) -> Option<Entry> {
        self.entries.get(no.index()).copied()
    }

    /// Where a case stands in its data.
    #[must_use]
    pub fn origin(&self, no: CaseNo) -> Option<Origin> {
        let entry = self.entry(no)?;
        let before = self.entries[..no.index()].iter().rev().take_while(|e| e.place == entry.place).count();
        Some(Origin {
            file: entry.file(),
            line: entry.line,
            offset: entry.offset(),
            len: entry.len,
            sub: u16::try_from(before).unwrap_or(u16::MAX),
        })
    }

    /// Finds the ids that several cases bear; to be called once the index is complete.
    pub fn find_namesakes(&mut self) {
        let mut keys: Vec<u64> = self.entries.iter().map(|e| e.key).collect();
        keys.sort_unstable();
        self.shared_keys = keys.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    }

    /// Finds the ids that cases from this one on share with any; to be called when they came after the index was complete.
    pub fn find_namesakes_from(&mut self, first: CaseNo) {
        let (known, new) = self.entries.split_at((first.0 as usize).min(self.entries.len()));
        let mut keys = HashSet::new();
        self.shared_keys.extend(new.iter().map(|e| e.key).filter(|key| !keys.insert(*key)));
        self.shared_keys.extend(known.iter().map(|e| e.key).filter(|key| keys.contains(key)));
    }

    /// Whether several cases bear an id of this key, as far as is known.
    #[must_use]
    pub fn is_shared(&self, key: u64) -> bool {
        self.shared_keys.contains(&key)
    }

    /// All cases that bear this id (or, once in 2⁶⁴, another of the same key), in order.
    pub fn bearing(&self, key: u64) -> impl Iterator<Item = CaseNo> + '_ {
        self.numbers().filter(move |no| self.entries[no.0 as usize].key == key)
    }

    /// The cases before this one that bear the same id, the first [`Corpus::NAMESAKES`] of them: each has to be read to tell whether
    /// it is the same text, and where more bear one id a number behind it says little.
    #[must_use]
    pub fn namesakes_before(&self, no: CaseNo) -> Vec<CaseNo> {
        let asked = self.entry(no).filter(|e| !self.is_complete() || self.is_shared(e.key));
        asked.map_or_else(Vec::new, |e| {
            self.bearing(e.key).take_while(|n| *n < no.first_reading()).take(Self::NAMESAKES).collect()
        })
    }

    /// The case of this id that a record speaks of: where several bear it, the one on the recorded line of the file of that name,
    /// else one of that file, else the first.
    #[must_use]
    pub fn locate(&self, id: &CaseId, src: &str, line: u32) -> Option<CaseNo> {
        let rank = |no: &CaseNo| {
            let entry = self.entries[no.0 as usize];
            let same_file = self.files[usize::from(entry.file().0)].name == src;
            (!same_file, !(same_file && entry.line == line))
        };
        // Of equals the first one counts.
        self.bearing(id.key()).min_by_key(rank)
    }

    /// The data file that a case stands in.
    #[must_use]
    pub fn file_of(&self, no: CaseNo) -> Option<&DataFile> {
        self.files.get(usize::from(self.entry(no)?.file().0))
    }

    /// Whether a case stands in a file of this name.
    #[must_use]
    pub fn is_in(&self, no: CaseNo, src: &str) -> bool {
        self.file_of(no).is_some_and(|file| file.name == src)
    }

    /// The numbers of the cases from this one on.
    pub fn numbers_from(&self, first: CaseNo) -> impl Iterator<Item = CaseNo> + use<> {
        (first.0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(CaseNo)
    }

    /// The numbers of all known cases.
    pub fn numbers(&self) -> impl DoubleEndedIterator<Item = CaseNo> + use<> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(CaseNo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let mut corpus = Corpus::new([("a.jsonl".to_owned(), 100), ("b.jsonl".to_owned(), 50)]);
        let key = |id: &str| CaseId::text(id.as_bytes()).key();
        corpus.extend(&[
            Entry::new(FileNo(0), 0, 40, 1, key("q1")),
            Entry::new(FileNo(0), 41, 40, 2, key("q2")),
            Entry::new(FileNo(0), 41, 40, 2, key("q2/choice-2")),
            Entry::new(FileNo(1), 0, 40, 1, key("q1")),
        ]);
        corpus
    }

    #[test]
    fn an_entry_takes_24_bytes() {
        assert_eq!(size_of::<Entry>(), 24);
    }

    #[test]
    fn cases_of_one_line_are_told_apart() {
        let corpus = corpus();
        let origin = corpus.origin(CaseNo(2)).map(|o| (o.line, o.offset, o.sub));
        assert_eq!(origin, Some((2, 41, 1)));
        assert_eq!(corpus.origin(CaseNo(1)).map(|o| o.sub), Some(0));
        assert_eq!(corpus.origin(CaseNo(4)), None);
    }

    #[test]
    fn a_record_finds_its_own_file_among_namesakes() {
        let corpus = corpus();
        let id = CaseId::text(b"q1");
        assert_eq!(corpus.locate(&id, "b.jsonl", 1), Some(CaseNo(3)));
        assert_eq!(corpus.locate(&id, "b.jsonl", 9), Some(CaseNo(3)), "the line may have moved, the file has not");
        assert_eq!(corpus.locate(&id, "moved.jsonl", 9), Some(CaseNo(0)));
        assert!(corpus.is_in(CaseNo(3), "b.jsonl") && !corpus.is_in(CaseNo(3), "a.jsonl"));
        assert_eq!(corpus.locate(&CaseId::json(b"1"), "b.jsonl", 1), None);
        assert_eq!(corpus.namesakes_before(CaseNo(3)), [CaseNo(0)]);
    }

    #[test]
    fn namesakes_are_found_among_those_that_come_later_too() {
        for first in 0..=4 {
            let (mut late, mut whole) = (corpus(), corpus());
            let all = std::mem::take(&mut late.entries);
            late.extend(&all[..first]);
            late.find_namesakes();
            late.extend(&all[first..]);
            late.find_namesakes_from(CaseNo(u32::try_from(first).unwrap_or_default()));
            whole.find_namesakes();
            assert_eq!(late.shared_keys, whole.shared_keys, "from {first} on");
        }
    }

    #[test]
    fn a_file_that_is_begun_anew_keeps_its_place_and_the_numbers_of_its_ids() {
        let key = |id: &str| CaseId::text(id.as_bytes()).key();
        let entry = |file, line, id| Entry::new(FileNo(file), u64::from(line), 40, line, key(id));
        let mut corpus = corpus();
        corpus.extend(&[entry(0, 3, "q1"), entry(0, 4, "gone")]);
        let moved = corpus.renew(
            FileNo(0),
            DataFile::default(),
            &[entry(0, 1, "new"), entry(0, 2, "q1"), entry(0, 3, "q2")],
            &[],
        );
        let of: Vec<_> = (0..7).map(|no| moved.of(CaseNo(no)).map(|no| no.0)).collect();
        // The second case of an id has no heir, nor has one that is gone; the other file moves along.
        assert_eq!(of, [Some(1), Some(2), None, Some(3), None, None, None]);
        assert_eq!(corpus.len(), 4);
        assert_eq!(corpus.origin(CaseNo(3)).map(|o| (o.file, o.line)), Some((FileNo(1), 1)));
        let moved = corpus.renew(FileNo(1), DataFile::default(), &[], &[]);
        assert_eq!((corpus.len(), moved.of(CaseNo(3)), moved.of(CaseNo(2))), (3, None, Some(CaseNo(2))));
        let moved = corpus.renew(FileNo(1), DataFile::default(), &[entry(1, 1, "q9")], &[]);
        assert_eq!((corpus.len(), moved.of(CaseNo(2))), (4, Some(CaseNo(2))));
    }

    #[test]
    fn a_place_holds_offsets_beyond_four_gigabytes() {
        let entry = Entry::new(FileNo(65_535), (1 << 48) - 1, 7, 3, 5);
        let mut corpus = Corpus::new([]);
        corpus.extend(&[entry]);
        let origin = corpus.origin(CaseNo(0));
        assert_eq!(origin.map(|o| (o.file, o.offset, o.len)), Some((FileNo(65_535), (1 << 48) - 1, 7)));
    }
}
