//! Sleeps until something may have happened to the files: the kernel tells where it can, a clock does where it cannot (on a network,
//! in another container), and whoever asks for it is heard at once.

use std::collections::HashSet;
use std::io::{PipeReader, PipeWriter, Read, Write, pipe};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// What ended a sleep.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Woken {
    /// The files that were written, made, moved or removed, as far as the kernel told.
    pub(super) files: HashSet<PathBuf>,
    /// More happened than the kernel could tell.
    pub(super) all: bool,
    /// Somebody asked.
    pub(super) asked: bool,
}

/// Asks the sleeper to look now.
#[derive(Debug)]
pub struct Bell(PipeWriter);

impl Bell {
    /// Rings. A bell that nobody hears any more does nothing.
    pub fn ring(&mut self) {
        let _ = self.0.write(b"!");
    }
}

/// The sleeper's side: folders in which something may happen.
#[derive(Debug)]
pub(super) struct Watch {
    bell: PipeReader,
    watched: HashSet<PathBuf>,
    kernel: kernel::Kernel,
}

impl Watch {
    /// A watch over nothing yet, and the bell that wakes it.
    pub(super) fn new() -> std::io::Result<(Self, Bell)> {
        let (bell, writer) = pipe()?;
        Ok((Self { bell, watched: HashSet::new(), kernel: kernel::Kernel::new() }, Bell(writer)))
    }

    /// Watches a folder too. One that cannot be watched is left to the clock.
    pub(super) fn folder(&mut self, folder: &Path) {
        if self.watched.insert(folder.to_path_buf()) {
            self.kernel.folder(folder);
        }
    }

    /// Sleeps, no longer than this; says what happened meanwhile. Nothing when nobody is left who could ring.
    pub(super) fn sleep(&mut self, most: Duration) -> Option<Woken> {
        let mut woken = Woken::default();
        let wait = Timespec::try_from(most).ok();
        let bell = PollFd::new(&self.bell, PollFlags::IN);
        let mut on = [bell.clone(), self.kernel.poll().unwrap_or(bell)];
        // A sleep that was disturbed is a short one.
        let _ = poll(&mut on, wait.as_ref());
        let rung = on[0].revents();
        if rung.contains(PollFlags::IN) {
            let mut bytes = [0; 64];
            woken.asked = self.bell.read(&mut bytes).is_ok_and(|count| count > 0);
            if !woken.asked {
                return None;
            }
        } else if rung.intersects(PollFlags::HUP | PollFlags::ERR) {
            return None;
        }
        self.kernel.take(&mut woken);
        Some(woken)
    }
}

/// What Linux tells of files.
#[cfg(target_os = "linux")]
mod kernel {
    use std::collections::HashMap;
    use std::ffi::OsStr;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};

    use rustix::event::{PollFd, PollFlags};
    use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};

    use super::Woken;

    #[derive(Debug)]
    pub(super) struct Kernel {
        /// Nothing where the system has none left for us.
        inotify: Option<OwnedFd>,
        folders: HashMap<i32, PathBuf>,
    }

    impl Kernel {
        pub(super) fn new() -> Self {
            Self { inotify: init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok(), folders: HashMap::new() }
        }

        pub(super) fn folder(&mut self, folder: &Path) {
            let what = WatchFlags::MODIFY
                | WatchFlags::CREATE
                | WatchFlags::DELETE
                | WatchFlags::MOVED_FROM
                | WatchFlags::MOVED_TO
                | WatchFlags::CLOSE_WRITE;
            let Some(inotify) = &self.inotify else { return };
            if let Ok(watched) = add_watch(inotify, folder, what) {
                self.folders.insert(watched, folder.to_path_buf());
            }
        }

        pub(super) fn poll(&self) -> Option<PollFd<'_>> {
            self.inotify.as_ref().map(|inotify| PollFd::new(inotify, PollFlags::IN))
        }

        /// Takes what has been told since.
        pub(super) fn take(&self, woken: &mut Woken) {
            let Some(inotify) = &self.inotify else { return };
            let mut buffer = [MaybeUninit::uninit(); 8192];
            let mut told = Reader::new(inotify, &mut buffer);
            while let Ok(event) = told.next() {
                woken.all |= event.events().contains(ReadFlags::QUEUE_OVERFLOW);
                let folder = self.folders.get(&event.wd());
                if let (Some(folder), Some(name)) = (folder, event.file_name()) {
                    woken.files.insert(folder.join(OsStr::from_bytes(name.to_bytes())));
                }
            }
        }
    }
}

/// Elsewhere the clock does it alone.
#[cfg(not(target_os = "linux"))]
mod kernel {
    use std::path::Path;

    use rustix::event::PollFd;

    use super::Woken;

    #[derive(Debug)]
    pub(super) struct Kernel;

    impl Kernel {
        pub(super) fn new() -> Self {
            Self
        }

        pub(super) fn folder(&mut self, _: &Path) {}

        pub(super) fn poll(&self) -> Option<PollFd<'_>> {
            None
        }

        pub(super) fn take(&self, _: &mut Woken) {}
    }
}
