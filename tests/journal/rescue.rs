//! What is unsaved is rescued once, whole, and only after the write in flight.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use candor::store::journal::Annotator;
use candor::store::rescue::{Unsaved, rescued};

use super::{Desk, open, record, set};

#[test]
fn a_rescue_file_is_written_and_read_back() {
    let desk = Desk::new();
    let state = desk.dir.path().join("new/state");
    let unsaved = Unsaved::new();
    assert_eq!(unsaved.write(&state, Duration::ZERO).unwrap(), None);
    assert!(!state.exists());

    // A name that is no UTF-8 must come back as it was.
    let odd = desk.dir.path().join(OsStr::from_bytes(b"odd \xff"));
    fs::write(odd.with_file_name("plain.labels"), "").unwrap();
    fs::write([odd.as_os_str(), OsStr::new(".labels")].join(OsStr::new("")), "").unwrap();
    let mut plain = open(&desk.dir.path().join("plain"), "alice", "S1", &unsaved).journal;
    let mut odd = open(&odd, "alice", "S1", &unsaved).journal;
    assert!(plain.append(&record("1", "S1")).is_err());
    assert!(odd.append(&record("2", "S1")).is_err());
    assert!(plain.append(&record("3", "S1")).is_err());
    assert_eq!((plain.unsaved(), odd.unsaved(), unsaved.len()), (2, 1, 3));

    let path = unsaved.write(&state, Duration::from_secs(2)).unwrap().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o700);
    let left = rescued(&state);
    assert_eq!(left.len(), 2);
    let alice = Annotator::new("Alice").unwrap();
    let of_plain = left.iter().find(|left| left.is_for(plain.folder(), &alice)).unwrap();
    assert_eq!(of_plain.records, [record("1", "S1"), record("3", "S1")]);
    assert!(left.iter().any(|left| left.is_for(odd.folder(), &alice)));
    assert!(!left.iter().any(|left| left.is_for(plain.folder(), &Annotator::new("bob").unwrap())));
    assert_eq!(left.iter().filter(|left| left.path == path).count(), 1);
    for left in left {
        left.discard().unwrap();
    }
    assert!(rescued(&state).is_empty());
}

#[test]
fn a_rescue_file_that_was_cut_off_is_kept_after_its_records_were_taken() {
    let desk = Desk::new();
    let state = desk.dir.path();
    fs::write(desk.folder(), "").unwrap();
    let unsaved = Unsaved::new();
    let mut journal = open(&desk.data(), "alice", "S1", &unsaved).journal;
    for id in ["1", "2"] {
        assert!(journal.append(&record(id, "S1")).is_err());
    }
    let path = unsaved.write(state, Duration::ZERO).unwrap().unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let left = rescued(state).pop().unwrap();
    assert_eq!((left.records.len(), left.unread), (1, 1));
    left.discard().unwrap();
    assert!(rescued(state).is_empty());
    assert!(path.with_extension("kept").exists());
}

#[test]
fn what_was_retried_is_no_longer_rescued() {
    let desk = Desk::new();
    fs::write(desk.folder(), "").unwrap();
    let unsaved = Unsaved::new();
    let mut journal = open(&desk.data(), "alice", "S1", &unsaved).journal;
    assert!(journal.append(&record("1", "S1")).is_err());
    assert!(journal.append(&record("2", "S1")).is_err());
    fs::remove_file(desk.folder()).unwrap();
    journal.append(&record("3", "S1")).unwrap();
    assert_eq!(unsaved.len(), 2);
    let (saved, done) = journal.retry();
    assert!(done.is_ok());
    assert_eq!(super::ids(&saved), set(["1", "2"]));
    assert_eq!(desk.ids(), set(["1", "2", "3"]));
    assert_eq!(unsaved.write(desk.dir.path(), Duration::ZERO).unwrap(), None);
}
