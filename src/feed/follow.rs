//! Follows the data files: indexes each, then what is written to it; begins a file anew that was cut or replaced; takes in files that
//! come up in a folder.

mod begun;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

pub use self::begun::{Begun, begin};

use super::LONGEST_LINE;
use super::spread;
use super::watch::{Watch, Woken};
use crate::app::{Event, Indexed};
use crate::model::case::{Case, FileNo};
use crate::model::corpus::{Entry, Loss};
use crate::model::shared::{FEWEST, Shared};
use crate::store::folder::Folders;
use crate::store::source::{self, Batch, Change, Imprint, OpenError, Reached, Source, Sources};

/// So many prompts are compared to find what a run repeats.
const SAMPLE: usize = 12;
/// Longer lines are left out of that sample: it must not cost the first frame its time.
const SAMPLE_LINE: u32 = 256 << 10;

/// How often files are looked at of which the kernel says nothing. A look asks the file system once for each file: that also works
/// where nobody would notify us, on a network.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// So many files are looked at each time, in turns: ten thousand of them must not cost the processor all day.
const LOOK_TOGETHER: usize = 256;
/// What the index finds is told so often: each time costs a frame, and on a slow line a frame costs the keys their time.
const TELL_AGAIN: Duration = Duration::from_millis(80);
/// More lines that could not be read are not held until then.
const MANY: usize = 4096;
/// How long to let a writer go on before its file is looked at again: a line must be on the screen at once, but not each by itself.
const BREATH: Duration = Duration::from_millis(12);
/// A file of so many bytes is read at once, and of a longer one the first block, before there is a thread.
const SHORT: u64 = 64 << 10;

/// What is followed.
#[derive(Debug)]
pub struct Following {
    /// The files that are open.
    pub sources: Arc<Sources>,
    /// The folders that were named.
    pub folders: Vec<PathBuf>,
    /// Whether no two files may have the same name, because their labels go into one folder.
    pub names_differ: bool,
    /// What was said already of files that cannot be read.
    pub told: Vec<String>,
}

/// Nobody listens any more.
struct Unheard;

type Tell<'a> = dyn FnMut(Event) -> bool + 'a;

fn say(tell: &mut Tell<'_>, event: Event) -> Result<(), Unheard> {
    if tell(event) { Ok(()) } else { Err(Unheard) }
}

/// All files that are followed, and where others may come up.
struct Followers {
    following: Following,
    watch: Watch,
    followed: Vec<Followed>,
    /// The number of each path.
    numbers: HashMap<PathBuf, usize>,
    folders: Folders,
    /// The files as they really are, so that none is taken twice.
    real: HashSet<PathBuf>,
    /// Files that could not be read, as they were then.
    refused: HashMap<PathBuf, Trace>,
    /// Where the next turn of the clock begins.
    turn: usize,
}

/// A file's length and when it was written last, as far as that can be known: whether it was written to since.
type Trace = Option<(u64, Option<SystemTime>)>;

fn trace(path: &Path) -> Trace {
    path.metadata().ok().map(|now| (now.len(), now.modified().ok()))
}

/// The file that a path leads to in the end.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

impl Followers {
    fn new(following: Following, watch: Watch) -> Self {
        Self {
            folders: Folders::new(&following.folders),
            followed: (0..).map(FileNo).take(following.sources.len()).map(Followed::new).collect(),
            following,
            watch,
            numbers: HashMap::new(),
            real: HashSet::new(),
            refused: HashMap::new(),
            turn: 0,
        }
    }

    /// From now on a file is known by its path, and its folder is watched.
    fn know(&mut self, number: usize, path: &Path) {
        self.real.insert(real(path));
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        self.watch.folder(folder);
        self.numbers.insert(folder.join(path.file_name().unwrap_or_default()), number);
    }

    fn run(mut self, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let sources = Arc::clone(&self.following.sources);
        for followed in &mut self.followed {
            followed.tell(&sources, tell)?;
        }
        // To begin to watch takes the kernel longer than the first case. What happened before is seen by looking once more.
        for number in 0..self.followed.len() {
            if let Some(source) = sources.get(self.followed[number].file) {
                self.know(number, source.path());
            }
        }
        for followed in &mut self.followed {
            followed.tell(&sources, tell)?;
        }
        self.newcomers(tell)?;
        let mut clock = Instant::now() + LOOK_AGAIN;
        loop {
            let wait = clock.saturating_duration_since(Instant::now());
            let Some(woken) = self.watch.sleep(wait) else { return Err(Unheard) };
            self.heed(&woken, tell)?;
            if Instant::now() >= clock {
                self.take_turn(tell)?;
                clock = Instant::now() + LOOK_AGAIN;
            }
            if !woken.files.is_empty() {
                thread::sleep(BREATH);
            }
        }
    }

    /// Looks at what the kernel told of, or at everything for somebody who asked.
    fn heed(&mut self, woken: &Woken, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let sources = Arc::clone(&self.following.sources);
        if woken.all || woken.asked {
            for followed in &mut self.followed {
                followed.retry |= woken.asked;
                followed.tell(&sources, tell)?;
            }
            self.newcomers(tell)?;
        } else {
            let mut others = false;
            for path in &woken.files {
                match self.numbers.get(path) {
                    Some(number) => self.followed[*number].tell(&sources, tell)?,
                    None => others |= self.folders.may_hold(path),
                }
            }
            if others {
                self.newcomers(tell)?;
            }
        }
        if woken.asked { say(tell, Event::Followed) } else { Ok(()) }
    }

    /// The clock's turn: some of the files, and the folders.
    fn take_turn(&mut self, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let sources = Arc::clone(&self.following.sources);
        let count = self.followed.len();
        for _ in 0..count.min(LOOK_TOGETHER) {
            self.turn = (self.turn + 1) % count;
            self.followed[self.turn].tell(&sources, tell)?;
        }
        let written = |(path, then): (&PathBuf, &Trace)| trace(path) != *then;
        if self.folders.have_changed() || self.refused.iter().any(written) { self.newcomers(tell) } else { Ok(()) }
    }

    /// Takes in the files that have come up in the folders, and those that could not be read before and were written to since.
    fn newcomers(&mut self, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        for path in self.folders.look(&mut |folder| self.watch.folder(folder)) {
            if self.real.insert(real(&path)) {
                self.take_in(path, tell)?;
            }
        }
        let written: Vec<PathBuf> =
            self.refused.iter().filter(|(path, then)| trace(path) != **then).map(|(path, _)| path.clone()).collect();
        for path in written {
            self.refused.remove(&path);
            self.take_in(path, tell)?;
        }
        Ok(())
    }

    /// Takes in one file. One that cannot be read waits until something is written to it; an empty one does so without a word.
    fn take_in(&mut self, path: PathBuf, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let sources = Arc::clone(&self.following.sources);
        let then = trace(&path);
        let opened = match Source::open(&path) {
            Err(OpenError::Empty(_)) => {
                self.refused.insert(path, then);
                return Ok(());
            }
            Ok(source) => match self.same_name(&path).or_else(|| self.renamed(&source)) {
                Some(sentence) => Err(sentence),
                None => Ok(source),
            },
            Err(error) => Err(error.to_string()),
        };
        let name = opened.as_ref().map(|source| source.name().to_owned()).unwrap_or_default();
        let size = opened.as_ref().map_or(0, Source::size);
        let added = opened.and_then(|source| {
            let most = "no more files can be open at once; open its folder by itself";
            sources.add(source).ok_or_else(|| format!("{} came up, and {most}.", path.display()))
        });
        match added {
            Ok(file) => {
                self.know(self.followed.len(), &path);
                self.followed.push(Followed::new(file));
                let of_it = format!("{} ", path.display());
                let refused = self.following.told.extract_if(.., |said| said.starts_with(&of_it)).collect();
                say(tell, Event::Joined { file, name, size, refused })?;
                self.followed.last_mut().map_or(Ok(()), |followed| followed.tell(&sources, tell))
            }
            Err(sentence) => {
                self.refused.insert(path, then);
                if self.following.told.contains(&sentence) {
                    return Ok(());
                }
                self.following.told.push(sentence.clone());
                say(tell, Event::Refused(sentence))
            }
        }
    }

    /// Why a file is not taken that is open under another name: its labels would part from it.
    fn renamed(&self, source: &Source) -> Option<String> {
        let mut known = self.followed.iter().filter_map(|followed| self.following.sources.get(followed.file));
        let old = known.find(|known| known.is_same_as(source) && !known.path().exists())?;
        let (old, new) = (old.path().display(), source.path().display());
        Some(format!(
            "{old} is {new} now: its labels stay in {old}.labels, and are found again once that is renamed too."
        ))
    }

    /// Why a file cannot be taken because of its name.
    fn same_name(&self, path: &Path) -> Option<String> {
        if !self.following.names_differ {
            return None;
        }
        let other = self.numbers.keys().find(|known| known.file_name() == path.file_name())?;
        let (path, other) = (path.display(), other.display());
        Some(format!("{path} came up and is left out: {other} has the same name, and their labels would be mixed up."))
    }
}

/// A file that is indexed as far as it is written.
#[derive(Debug)]
pub struct Followed {
    file: FileNo,
    /// How far its index is; nothing where it could not be read.
    reached: Option<Reached>,
    /// How many of its bytes were looked at; nothing before the first time.
    done: Option<u64>,
    /// What it looked like then.
    imprint: Option<Imprint>,
    /// What became of it, until it is there again.
    lost: Option<Loss>,
    /// What was said last of why it cannot be opened again.
    refused: Option<String>,
    /// Whether a file that could not be read is to be tried once more.
    retry: bool,
}

impl Followed {
    /// A file that was not looked at yet.
    #[must_use]
    pub fn new(file: FileNo) -> Self {
        Self {
            file,
            reached: Some(Reached::default()),
            done: None,
            imprint: None,
            lost: None,
            refused: None,
            retry: false,
        }
    }

    /// Tells what is new: all there is at first, later what was written since, or that the file was cut or replaced, and then all
    /// there is again. False when nobody listens.
    pub fn look(&mut self, sources: &Sources, tell: &mut dyn FnMut(Event) -> bool) -> bool {
        self.tell(sources, tell).is_ok()
    }

    fn tell(&mut self, sources: &Sources, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let Some(source) = sources.get(self.file) else { return Ok(()) };
        let reached = self.reached.unwrap_or_default();
        match self.done.map_or(Change::Longer, |done| source.change(done, reached, self.imprint)) {
            Change::Touched => self.renew(&source, sources, tell),
            // Nobody has looked yet what kind of file it is.
            Change::Longer if self.done == Some(0) => self.renew(&source, sources, tell),
            // It was cut or replaced, and there was nothing in it until now.
            Change::None | Change::Longer if self.lost.is_some_and(|loss| loss != Loss::Gone) => {
                self.renew(&source, sources, tell)
            }
            // What failed once may fail for minutes each time: it is tried again when somebody asks for it.
            Change::None | Change::Longer if self.reached.is_none() => {
                if std::mem::take(&mut self.retry) {
                    self.renew(&source, sources, tell)
                } else {
                    Ok(())
                }
            }
            Change::None => {
                self.lost = None;
                Ok(())
            }
            Change::Longer => self.go_on(&source, reached, tell),
            Change::Lost(loss) => {
                if self.lost.replace(loss) != Some(loss) {
                    say(tell, Event::Lost(self.file, loss))?;
                }
                if loss == Loss::Gone { Ok(()) } else { self.renew(&source, sources, tell) }
            }
        }
    }

    /// Tells what stands in the file's first block, or all of it where it is short.
    fn begin(&mut self, sources: &Sources, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        let Some(source) = sources.get(self.file) else { return Ok(()) };
        if source.size() <= SHORT {
            return self.tell(sources, tell);
        }
        self.walk(&source, tell, |send| source::index_block(&source, Reached::default(), LONGEST_LINE, send))?;
        if self.done == Some(0) {
            // It could not be read: why, the thread will tell.
            *self = Self::new(self.file);
        }
        Ok(())
    }

    /// Begins the file anew as it is now, as soon as there is something in it.
    fn renew(&mut self, source: &Source, sources: &Sources, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        match Source::open(source.path()) {
            Ok(now) => {
                sources.renew(self.file, now);
                *self = Self::new(self.file);
                say(tell, Event::Renewed(self.file))?;
                self.tell(sources, tell)
            }
            Err(OpenError::Empty(_) | OpenError::Missing(_)) => Ok(()),
            Err(error) => {
                let sentence = error.to_string();
                if self.refused.replace(sentence.clone()).as_ref() != Some(&sentence) {
                    say(tell, Event::Refused(sentence))?;
                }
                Ok(())
            }
        }
    }

    fn go_on(&mut self, source: &Source, reached: Reached, tell: &mut Tell<'_>) -> Result<(), Unheard> {
        self.walk(source, tell, |send| spread::index(source, reached, LONGEST_LINE, send))?;
        self.imprint = self.reached.and_then(|reached| source.imprint(reached));
        Ok(())
    }

    /// Tells what an index of the file finds.
    fn walk(
        &mut self,
        source: &Source,
        tell: &mut Tell<'_>,
        index: impl FnOnce(&mut dyn FnMut(Batch) -> bool) -> Option<Reached>,
    ) -> Result<(), Unheard> {
        let mut first = self.done.is_none();
        let mut listens = true;
        let (mut held, mut told) = (None, Instant::now());
        // Who has read the first block's cases wants to go on.
        let mut soon = if self.imprint.is_none() { 2 } else { 0 };
        self.reached = index(&mut |batch| {
            let now = std::mem::take(&mut first);
            if now {
                let shared = sample(source, self.file, &batch.found);
                listens = tell(Event::Shared(self.file, shared));
            }
            self.done = Some(batch.done);
            let news = match held.take() {
                Some(news) => joined(news, indexed(self.file, batch)),
                None => indexed(self.file, batch),
            };
            if now || soon > 0 || news.last || news.unread.len() >= MANY || told.elapsed() >= TELL_AGAIN {
                soon -= u8::from(!now && soon > 0);
                told = Instant::now();
                listens = listens && tell(Event::Indexed(news));
            } else {
                held = Some(news);
            }
            listens
        });
        if listens { Ok(()) } else { Err(Unheard) }
    }
}

/// Two pieces of news as one.
fn joined(mut news: Indexed, more: Indexed) -> Indexed {
    news.found.extend(more.found);
    news.draws.extend(more.draws);
    news.unread.extend(more.unread);
    Indexed { found: news.found, draws: news.draws, unread: news.unread, ..more }
}

/// What the prompts among the first cases share.
fn sample(source: &Source, file: FileNo, found: &[source::Found]) -> Shared {
    if found.len() < FEWEST {
        return Shared::default();
    }
    let step = (found.len() / SAMPLE).max(1);
    let short = found.iter().step_by(step).filter(|f| f.len <= SAMPLE_LINE).take(SAMPLE);
    let cases: Vec<Case> = short.filter_map(|f| source.read(file, f.span()).ok()).collect();
    Shared::of(&cases)
}

fn indexed(file: FileNo, batch: Batch) -> Indexed {
    let found = batch.found.iter().map(|f| Entry::new(file, f.offset, f.len, f.line, f.key)).collect();
    let pending = batch.pending.is_some();
    let draws = batch.found.iter().map(|f| f.draw).collect();
    Indexed { file, found, draws, unread: batch.problems, done: batch.done, last: batch.last, pending }
}
