//! `candor keys`, and the keymap that command line and configuration choose.

use super::*;

#[test]
fn keys_are_printed_and_stand_in_the_readme() {
    let desk = Desk::new();
    let keys = desk.run("keys");
    assert_eq!((keys.code, keys.err.as_str()), (Some(0), ""));
    assert!(keys.out.lines().any(|row| row.starts_with("  f  1 ") && row.contains("faking")), "{}", keys.out);
    let table = desk.run("keys --markdown").out;
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let between = readme.split("<!-- keys -->\n").nth(1).expect("the README's table stands between two marks");
    assert_eq!(between, table, "print the README's table with `candor keys --markdown`");
}

#[test]
fn a_keymap_is_chosen_by_flag_or_configuration_and_the_flag_wins() {
    let paged = |desk: &Desk, line: &str| {
        let keys = desk.run(line);
        assert_eq!((keys.code, keys.err.as_str()), (Some(0), ""), "{line}");
        keys.out.lines().any(|row| row.starts_with("  r  R ") && row.contains("redraw"))
    };
    let desk = Desk::new();
    assert!(!paged(&desk, "keys") && paged(&desk, "keys --keymap pager") && paged(&desk, "--keymap pager keys"));
    let desk = Desk::new().file("config/candor/config.toml", "keymap = \"pager\"\n");
    assert!(paged(&desk, "keys") && !paged(&desk, "keys --keymap vim") && !paged(&desk, "keys --no-config"));
    assert!(desk.run("keys --keymap vim").out.contains("g g  "), "vim's");
    assert!(desk.run("keys --keymap vim --markdown").out.contains("`g g`"));
}

#[test]
fn an_unknown_keymap_is_one_sentence_that_names_those_that_exist() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    for line in ["keys --keymap vi", "--keymap vi a.jsonl", "a.jsonl --keymap vi"] {
        desk.run(line).refused(&["\"vi\"", "--keymap", "default, vim, pager"]);
    }
    desk.run("keys --keymap=").refused(&["--keymap", "default, vim, pager"]);
    let desk = desk.file("config/candor/config.toml", "\nkeymap = \"vi\"\n");
    for line in ["keys", "a.jsonl", "keys --keymap vim"] {
        desk.run(line).refused(&["config.toml, row 2", "\"vi\"", "default, vim, pager", "--no-config"]);
    }
}

#[test]
fn the_patch_lies_over_the_chosen_keymap_and_no_config_leaves_it_out() {
    let patch = "review = [\n{ on = \"g g\", run = \"first-case\" },\n]\n";
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/keymap.toml", patch);
    assert!(desk.run("keys --keymap vim").out.contains("  <  g g  "));
    desk.run("keys").refused(&["keymaps/default.toml, row ", "g is bound", "keymap.toml, row 2", "--no-config"]);
    let vim = desk.run("--no-config --keymap vim keys").out;
    assert!(vim.contains("g g") && !vim.contains("  <  g g  "), "{vim}");
}

#[test]
fn a_patch_that_locks_in_is_refused_before_anything_opens() {
    let patch = "overlay = [{ on = \"esc\", run = \"none\" }]\nreview = [\n{ on = \":\", run = \"none\" },\n{ on = \"q\", run = \"skip\" },\n]\n";
    let desk = Desk::new().file("a.jsonl", GOOD).file("config/candor/keymap.toml", patch);
    desk.run("keys").refused(&[
        "row 3: with : goes the last key that quits",
        "row 4: with q goes the last key that quits",
        "run = \"quit\"",
        "--no-config",
    ]);
    assert_eq!(desk.run("keys --keymap vim").code, Some(0), "Z Z is left there");
}
