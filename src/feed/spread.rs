//! The index of one file, over several threads where the file is long: each goes over the next piece, and what they find is handed
//! over in file order, each piece as soon as those before it are through.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::store::source::{Batch, Joined, Pieces, Reached, Source, Walked, index_block, index_on};

/// More threads would only hold more of the longest lines at a time: the file comes no faster.
const THREADS: usize = 4;

/// As [`index_on`], only sooner: first one block, so that there is something to show, then what is long by several threads.
pub(super) fn index(
    source: &Source,
    from: Reached,
    limit: u32,
    send: &mut dyn FnMut(Batch) -> bool,
) -> Option<Reached> {
    let mut reached = from;
    if Pieces::of(source, from, limit).is_some() {
        reached = index_block(source, from, limit, send)?;
        let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        if let Some(pieces) = Pieces::of(source, reached, limit).filter(|_| threads > 1) {
            reached = over(pieces, reached, threads, send)?;
        }
    }
    index_on(source, reached, limit, send)
}

/// Goes over these pieces; says how far that led, and nothing when nobody listens.
fn over(pieces: Pieces<'_>, from: Reached, threads: usize, send: &mut dyn FnMut(Batch) -> bool) -> Option<Reached> {
    let (next, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        let (give, take) = channel();
        for _ in 0..threads {
            let (give, next, stop) = (give.clone(), &next, &stop);
            let work = move || {
                stand_back();
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= pieces.count() || give.send((number, pieces.walk(number))).is_err() {
                        return;
                    }
                }
            };
            // With fewer threads it takes longer, and with none the pieces are left to one walk.
            let _ = thread::Builder::new().name("pieces".to_owned()).spawn_scoped(scope, work);
        }
        drop(give);
        let joined = join(&take, from, send);
        stop.store(true, Ordering::Relaxed);
        joined.reached()
    })
}

/// Lets everybody else go first: the next case and its frame, and what else the machine has to do.
#[cfg(target_os = "linux")]
fn stand_back() {
    // On Linux this is the thread's own. One that cannot stand back only makes a frame late.
    let _ = rustix::process::nice(10);
}

/// Elsewhere it would be the whole program that stands back.
#[cfg(not(target_os = "linux"))]
fn stand_back() {}

fn join(take: &Receiver<(u64, Walked)>, from: Reached, send: &mut dyn FnMut(Batch) -> bool) -> Joined {
    let mut joined = Joined::new(from);
    let mut early = BTreeMap::new();
    for number in 0.. {
        let walked = loop {
            if let Some(walked) = early.remove(&number) {
                break walked;
            }
            // Nobody is left at work: all is through, or else one walk goes on before what is missing.
            let Ok((other, walked)) = take.recv() else { return joined };
            early.insert(other, walked);
        };
        if !joined.add(walked, send) {
            break;
        }
    }
    joined
}
