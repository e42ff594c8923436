//! Places that refuse: links, pipes, folders without room or rights, locks of other processes, limits.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::sync::PoisonError;
use std::time::Duration;

use candor::store::journal::{Journal, JournalProblemKind, Opened};
use candor::store::rescue::{Unsaved, rescued};

use super::{Desk, STARTING, append, ids, open, record, set};

/// Whether it refuses to write, says so in words, and keeps the record.
fn refuses(journal: &mut Journal, reason: &str) {
    let ahead = journal.writable().unwrap_err();
    assert!(ahead.contains(reason) && ahead.contains("--labels"), "{ahead}");
    let fault = journal.append(&record("1", "S1")).unwrap_err().to_string();
    assert!(fault.contains(reason), "{fault}");
    assert_eq!(journal.unsaved(), 1);
    assert!(journal.retry().1.is_err());
    assert_eq!(journal.unsaved(), 1);
}

#[test]
fn a_link_at_the_journals_place_is_refused() {
    let desk = Desk::new();
    let target = desk.dir.path().join("target");
    fs::write(&target, "").unwrap();
    fs::create_dir(desk.folder()).unwrap();
    symlink(&target, desk.file("alice.jsonl")).unwrap();
    refuses(&mut desk.open("S1").journal, "symbolic link");
    assert_eq!(fs::read(&target).unwrap(), b"");
    fs::remove_file(&target).unwrap();
    refuses(&mut desk.open("S1").journal, "symbolic link");
    assert!(!target.exists());
}

#[test]
fn a_pipe_or_a_folder_at_the_journals_place_is_refused_and_nobody_waits() {
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let desk = Desk::that_starts_processes();
    fs::create_dir(desk.folder()).unwrap();
    assert!(Command::new("mkfifo").arg(desk.file("alice.jsonl")).status().unwrap().success());
    let Opened { mut journal, problems, .. } = desk.open("S1");
    assert_eq!(problems[0].kind, JournalProblemKind::Unreadable);
    refuses(&mut journal, "a pipe");
    assert!(journal.poll().1.is_empty(), "told once");
    fs::remove_file(desk.file("alice.jsonl")).unwrap();
    fs::create_dir(desk.file("alice.jsonl")).unwrap();
    refuses(&mut journal, "a folder");
    fs::remove_dir(desk.file("alice.jsonl")).unwrap();
    let (saved, done) = journal.retry();
    assert!(done.is_ok() && saved == [record("1", "S1")]);
    assert_eq!((journal.unsaved(), desk.ids()), (0, set(["1"])));
}

#[test]
fn a_file_where_the_folder_should_be_is_told() {
    let desk = Desk::new();
    fs::write(desk.folder(), "").unwrap();
    let Opened { mut journal, problems, .. } = desk.open("S1");
    assert_eq!(problems.len(), 1);
    assert!(journal.writable().unwrap_err().contains("not a folder"));
    assert!(journal.append(&record("1", "S1")).is_err());
    fs::remove_file(desk.folder()).unwrap();
    assert_eq!(journal.retry().0.len(), 1);
}

#[test]
fn a_folder_without_rights_is_told_before_the_first_record() {
    let desk = Desk::new();
    fs::set_permissions(desk.dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(desk.dir.path().join("x"), "").is_ok() {
        return; // Whoever may do everything cannot be refused.
    }
    refuses(&mut desk.open("S1").journal, "denied");
    fs::set_permissions(desk.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

/// What [`a_lock_of_another_process_is_respected`] is when it has started itself.
fn hold_the_lock(data: &str) {
    let mut journal = open(data.as_ref(), "alice", "SC", &Unsaved::new()).journal;
    append(&mut journal, "child", "SC");
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn a_lock_of_another_process_is_respected() {
    if let Ok(data) = std::env::var("CANDOR_TEST_LOCK") {
        return hold_the_lock(&data);
    }
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let desk = Desk::that_starts_processes();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "hard::a_lock_of_another_process_is_respected"])
        .env("CANDOR_TEST_LOCK", desk.data())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..500 {
        if desk.ids().contains("child") {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut journal = desk.open("S1").journal;
    append(&mut journal, "1", "S1");
    assert_eq!(journal.path(), desk.file("alice.S1.jsonl"));
    child.kill().unwrap();
    child.wait().unwrap();
    let Opened { mut journal, records, .. } = desk.open("S2");
    assert_eq!(ids(&records), set(["child", "1"]));
    append(&mut journal, "2", "S2");
    assert_eq!(journal.path(), desk.file("alice.jsonl"), "a killed session leaves no lock");
}

/// What [`a_write_that_is_cut_short_is_told_and_rescued`] is when it has started itself under a limit on file sizes.
fn run_into_the_limit(data: &str) {
    let unsaved = Unsaved::new();
    let mut journal = open(data.as_ref(), "alice", "SC", &unsaved).journal;
    let mut n = 0;
    let fault = loop {
        match journal.append(&record(&n.to_string(), "SC")) {
            Ok(()) => n += 1,
            Err(fault) => break fault.to_string(),
        }
    };
    assert!(n > 5 && fault.contains("File too large"), "{n} {fault}");
    assert_eq!(journal.unsaved(), 1);
    assert!(journal.retry().1.is_err());
    let state = std::path::Path::new(data).with_file_name("state");
    assert!(unsaved.write(&state, Duration::ZERO).unwrap().is_some());
}

#[test]
fn a_write_that_is_cut_short_is_told_and_rescued() {
    if let Ok(data) = std::env::var("CANDOR_TEST_LIMIT") {
        return run_into_the_limit(&data);
    }
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let desk = Desk::that_starts_processes();
    let done = Command::new("sh")
        .args(["-c", "ulimit -f 24; exec \"$0\" --exact hard::a_write_that_is_cut_short_is_told_and_rescued"])
        .arg(std::env::current_exe().unwrap())
        .env("CANDOR_TEST_LIMIT", desk.data())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let Opened { mut journal, records, problems } = desk.open("S1");
    let size = fs::metadata(desk.file("alice.jsonl")).unwrap().len();
    assert_eq!(size, 24 * 512, "the last write was cut short");
    assert_eq!(problems.last().unwrap().kind, JournalProblemKind::Torn);
    let mut left = rescued(&desk.dir.path().join("state"));
    let left = left.pop().unwrap();
    assert_eq!(left.records, [record(&records.len().to_string(), "SC")]);
    for record in &left.records {
        journal.append(record).unwrap();
    }
    left.discard().unwrap();
    assert_eq!(desk.ids().len(), records.len() + 1);
    assert!(rescued(&desk.dir.path().join("state")).is_empty());
}

#[test]
fn a_codebook_whose_copy_cannot_be_written_costs_no_label() {
    let desk = Desk::new();
    let hash = &candor::model::codebook::Codebook::embedded().hash["sha256:".len()..][..8];
    fs::create_dir_all(desk.file(&format!("codebook.{hash}.toml/full"))).unwrap();
    let mut journal = desk.open("S1").journal;
    append(&mut journal, "1", "S1");
    assert_eq!(journal.poll().1[0].kind, JournalProblemKind::Codebook);
    assert_eq!(desk.ids(), set(["1"]));
    assert_eq!(fs::read_dir(desk.folder()).unwrap().count(), 2, "no temporary file is left");
}
