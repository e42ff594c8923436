//! What is known of the files before a thread follows them: what stands at the beginning of the first. Follows nothing itself.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

use super::{Followers, Following};
use crate::feed::Sent;
use crate::feed::watch::{Bell, Watch};

/// Looks at the beginning of the first file and tells what stands there, so that the first frame has its case. The bell has the files
/// looked at at once, once they are followed.
///
/// # Errors
/// There can be no bell.
pub fn begin(following: Following, send: Sender<Sent>) -> std::io::Result<(Begun, Bell)> {
    let (watch, bell) = Watch::new()?;
    let mut followers = Followers::new(following, watch);
    let sources = Arc::clone(&followers.following.sources);
    if let Some(first) = followers.followed.first_mut() {
        // Whoever does not listen any more is noticed by the thread.
        let _ = first.begin(&sources, &mut |event| send.send(Sent::Event(event, Instant::now())).is_ok());
    }
    Ok((Begun { followers, send }, bell))
}

/// Files of which no more than the beginning of the first was looked at.
pub struct Begun {
    followers: Followers,
    send: Sender<Sent>,
}

impl Begun {
    /// Indexes all files, one after the other, and from then on what is written to them.
    ///
    /// # Errors
    /// The thread could not be started.
    pub fn follow(self) -> std::io::Result<()> {
        let Self { followers, send } = self;
        thread::Builder::new().name("index".to_owned()).spawn(move || {
            // Nobody listens any more when the program is leaving.
            let _ = followers.run(&mut |event| send.send(Sent::Event(event, Instant::now())).is_ok());
        })?;
        Ok(())
    }
}
