//! An index that goes on where it stopped, what becomes of a file under it, and several threads at work on one.

use super::*;

/// A file that is still being written, and what the index knows of it.
struct Growing {
    _folder: TempDir,
    path: PathBuf,
    source: Source,
    reached: Reached,
    done: u64,
    imprint: Option<Imprint>,
    found: Vec<Found>,
    kinds: Vec<(u32, &'static str)>,
}

impl Growing {
    fn new(bytes: &[u8]) -> Self {
        let (_folder, path) = file(bytes);
        let source = Source::open(&path).unwrap();
        let (found, kinds) = (Vec::new(), Vec::new());
        let (reached, done, imprint) = (Reached::default(), 0, None);
        let mut growing = Self { _folder, path, source, reached, done, imprint, found, kinds };
        growing.read_on();
        growing
    }

    fn write(&mut self, bytes: &[u8]) {
        OpenOptions::new().append(true).open(&self.path).unwrap().write_all(bytes).unwrap();
        let change = self.source.change(self.done, self.reached, self.imprint);
        assert_eq!(change, if bytes.is_empty() { Change::None } else { Change::Longer });
        self.read_on();
    }

    fn read_on(&mut self) {
        let reached = index_on(&self.source, self.reached, LIMIT, &mut |batch| {
            self.found.extend(&batch.found);
            self.kinds.extend(kinds(&batch));
            self.done = batch.done;
            true
        });
        self.reached = reached.expect("it can be read");
        self.imprint = self.source.imprint(self.reached);
        assert!(self.imprint.is_some());
        assert_eq!(self.done, fs::metadata(&self.path).unwrap().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn however_a_file_grows_its_cases_are_those_of_one_pass(
        lines in prop::collection::vec(prop::sample::select(&["{}", "", " \t", "x", "R"][..]), 1..12),
        cuts in prop::collection::vec(0usize..600, 0..12),
        crlf: bool,
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let line = |(n, line): (usize, &&str)| line.replace('R', &record(n, "r")) + end;
        let text = format!("{}{end}{}", record(99, "first"), lines.iter().enumerate().map(line).collect::<String>());
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| 1 + cut % text.len()).collect();
        cuts.sort_unstable();
        cuts.push(text.len());
        let mut growing = Growing::new(&text.as_bytes()[..cuts[0]]);
        for two in cuts.windows(2) {
            growing.write(&text.as_bytes()[two[0]..two[1]]);
        }
        let whole = whole(&growing.source, LIMIT);
        prop_assert!(whole.pending.is_none());
        let places = |found: &[Found]| found.iter().map(|f| (f.offset, f.line, f.len, f.key)).collect::<Vec<_>>();
        prop_assert_eq!(places(&growing.found), places(&whole.found), "{:?} in {:?}", cuts, text);
        let read = growing.found.iter().filter(|found| growing.source.read(FILE, found.span()).is_ok()).count();
        prop_assert_eq!(read, whole.found.len());
        prop_assert_eq!(&growing.kinds, &kinds(&whole), "{:?} in {:?}", cuts, text);
    }
}

#[test]
fn what_is_added_to_a_line_that_was_whole_is_told_to_whoever_reads_it() {
    let mut growing = Growing::new(record(1, "one").as_bytes());
    assert_eq!(growing.found.len(), 1, "whoever writes may never write the last line end");
    growing.write(b"junk");
    growing.write(format!("\n{}", record(2, "two")).as_bytes());
    assert_eq!(growing.found.iter().map(|found| found.line).collect::<Vec<_>>(), [1, 2]);
    assert!(matches!(growing.source.read(FILE, growing.found[0].span()), Err(ReadError::Changed(..))));
    assert_eq!(growing.source.read(FILE, growing.found[1].span()).unwrap().answer().bytes(), b"two");
}

#[test]
fn what_becomes_of_an_open_file_is_noticed() {
    let two = format!("{}\n{}\n", record(1, "one"), record(2, "two"));
    let growing = Growing::new(two.as_bytes());
    let change = || growing.source.change(growing.done, growing.reached, growing.imprint);
    assert_eq!(change(), Change::None);
    fs::write(&growing.path, format!("{}\n", record(1, "one"))).unwrap();
    assert_eq!(change(), Change::Lost(Loss::Shorter));
    fs::write(&growing.path, format!("{}\n", record(3, &"long ".repeat(200)))).unwrap();
    assert_eq!(change(), Change::Lost(Loss::Shorter), "it was cut and has grown past its old end");
    fs::write(&growing.path, two.replace("one", "two") + "\n").unwrap();
    assert_eq!(change(), Change::Lost(Loss::Shorter), "it is longer, and not what it was before");
    fs::write(&growing.path, two.replace("one", "six")).unwrap();
    let later = SystemTime::now() + Duration::from_secs(2);
    OpenOptions::new().write(true).open(&growing.path).unwrap().set_modified(later).unwrap();
    assert_eq!(change(), Change::Touched);
    fs::remove_file(&growing.path).unwrap();
    assert_eq!(change(), Change::Lost(Loss::Gone));
    fs::write(&growing.path, two).unwrap();
    assert_eq!(change(), Change::Lost(Loss::Replaced));
}

#[test]
fn a_long_file_is_indexed_by_several_threads_as_by_one() {
    let mut text = String::new();
    let mut expected: Vec<(u64, u32, u32)> = Vec::new();
    let (mut problems, mut blank) = (Vec::new(), 0);
    let mut number = 0;
    while text.len() < 24 << 20 {
        number += 1;
        let line = match number % 97 {
            5 => "\r".to_owned(),
            7 => "no record".to_owned(),
            // Some lines reach over several of the pieces that a thread goes over.
            11 if number % 5 == 0 => record(number, &"z".repeat(5 << 20)),
            n => record(number, &"y".repeat(n * 37)),
        };
        let line_number = u32::try_from(number).unwrap();
        match line.as_str() {
            "\r" => blank += 1,
            "no record" => problems.push(line_number),
            _ => expected.push((text.len() as u64, u32::try_from(line.len()).unwrap(), line_number)),
        }
        text += &line;
        text.push('\n');
    }
    let unfinished = &record(0, "half")[..30];
    for (end, pending) in [("", false), (unfinished, true)] {
        let (_folder, path) = file(format!("{text}{end}"));
        let source = Source::open(&path).unwrap();
        let sources = Sources::new(vec![Source::open(&path).unwrap()]);
        let all = whole(&source, LIMIT);
        let found: Vec<_> = all.found.iter().map(|f| (f.offset, f.len, f.line)).collect();
        assert!(found == expected, "{} and not {} cases", found.len(), expected.len());
        assert_eq!(all.problems.iter().map(|p| p.line).collect::<Vec<_>>(), problems);
        let lines = u32::try_from(number).unwrap() + u32::from(pending);
        assert_eq!((all.lines, all.blank, all.done, all.pending.is_some()), (lines, blank, source.size(), pending));

        let (mut entries, mut unread, mut done) = (Vec::new(), Vec::new(), 0);
        let mut followed = Followed::new(FILE);
        assert!(followed.look(&sources, &mut |event| {
            if let Event::Indexed(indexed) = event {
                assert!(indexed.done >= done, "{done} and {}", indexed.done);
                assert!(!indexed.last || indexed.pending == pending);
                done = indexed.done;
                entries.extend(indexed.found);
                unread.extend(indexed.unread);
            }
            true
        }));
        let one_by_one: Vec<_> = all.found.iter().map(|f| Entry::new(FILE, f.offset, f.len, f.line, f.key)).collect();
        assert!(entries == one_by_one, "{} and not {} cases", entries.len(), one_by_one.len());
        assert_eq!((unread, done), (all.problems, source.size()));
        assert!(followed.look(&sources, &mut |event| panic!("nothing is new, and yet {event:?}")));
    }
    let (_folder, path) = file(&text);
    let sources = Sources::new(vec![Source::open(&path).unwrap()]);
    // What the prompts share, the first block, and the rest.
    for patience in 1..=3 {
        let mut heard = 0;
        let listens = Followed::new(FILE).look(&sources, &mut |_| {
            heard += 1;
            heard < patience
        });
        assert!(!listens && heard == patience, "nothing is said to nobody");
    }
}
