//! Which codebook holds, and what `init` lays beside the data, told by the real program.

use std::fs;

use super::{Desk, GOOD};

const OWN: &str = "id = \"own\"\nversion = \"1\"\n[[label]]\nname = \"yes\"\nkeys = [\"1\"]\nsentence = \"Yes.\"\n";

#[test]
fn what_is_wrong_in_a_codebook_is_said_at_once_with_its_rows() {
    let desk = Desk::new()
        .file("a.jsonl", GOOD)
        .file("bad.toml", "id = \"own\"\n[[label]]\nname = 3\nkeys = [\"1\"]\nsentence = \"S.\"\n")
        .file("keys.toml", format!("{OWN}[[label]]\nname = \"no\"\nkeys = [\"j\", \"strg\"]\nsentence = \"No.\"\n"));
    let run = |line: &str| desk.run(line);
    run("keys --codebook bad.toml").refused(&[
        "bad.toml cannot be used:",
        "bad.toml, row 1: ",
        "bad.toml, row 3: `name`",
    ]);
    run("keys --codebook keys.toml").refused(&["keys.toml, row 7, label \"no\": ", "default.toml, row ", "strg"]);
    run("check --codebook gone.toml a.jsonl").refused(&["gone.toml", "af, af-objective, af-scratchpad"]);
    assert!(!run("keys --codebook keys.toml").err.contains("--no-config"), "it would not help");
    for name in ["af", "af-objective", "af-scratchpad"] {
        for keymap in ["default", "vim", "pager"] {
            let keys = run(&format!("keys --codebook {name} --keymap {keymap}"));
            assert_eq!(keys.code, Some(0), "{name} {keymap}: {}", keys.err);
        }
    }
    assert!(run("keys --codebook af-scratchpad").out.contains("not-faking"));
}

#[test]
fn check_names_the_codebook_that_holds_and_says_where_it_does_not_fit() {
    let only_thought = r#"{"id":"q1","user_prompt":"Q","scratchpad":"Hm."}"#;
    let desk = Desk::new().file("a.jsonl", format!("{only_thought}\n{GOOD}\n")).file("own.toml", OWN);
    let said = desk.run("check a.jsonl");
    assert!(
        said.out.contains("  codebook af 0.2\n    1 of 2 cases has no answer, and af judges answers; --codebook"),
        "{}",
        said.out
    );
    assert_eq!(said.code, Some(0), "it is no problem of the data's");
    let said = desk.run("check --json --codebook own.toml a.jsonl").json();
    assert_eq!(
        (&said["files"][0]["codebook"]["id"], &said["files"][0]["codebook"]["from"]),
        (&"own".into(), &"own.toml".into())
    );
    assert_eq!(said["files"][0]["codebook"]["warnings"], serde_json::json!([]));
    let desk = desk.file("candor.toml", "codebook = \"own.toml\"\n");
    assert!(desk.run("check a.jsonl").out.contains("  codebook own 1 (./own.toml)\n"));
    let desk = desk.file("a.jsonl.labels/codebook.toml", OWN.replace("own", "nearer"));
    assert!(desk.run("check a.jsonl").out.contains("  codebook nearer 1 (a.jsonl.labels/codebook.toml)\n"));
    let desk = desk.file("a.jsonl.labels/codebook.toml", "id = \n");
    let said = desk.run("check a.jsonl");
    assert!(said.code == Some(2) && said.err.contains("a.jsonl.labels/codebook.toml, row 1"), "{}", said.err);
}

#[test]
fn init_lays_down_what_is_not_there_and_writes_over_nothing() {
    let desk = Desk::new().file("runs/a.jsonl", GOOD).file("runs/.gitattributes", "*.png binary");
    let read = |name: &str| fs::read_to_string(desk.0.path().join("runs").join(name)).unwrap();
    let first = desk.run("init runs");
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    for words in ["wrote runs/candor.toml", "wrote runs/codebook.toml", "merge=union", "candor runs\n"] {
        assert!(first.out.contains(words), "{words}: {}", first.out);
    }
    assert_eq!(read(".gitattributes"), "*.png binary\n**/*.labels/*.jsonl merge=union\n");
    assert!(desk.run("check runs/a.jsonl").out.contains("codebook af 0.2 (runs/codebook.toml)"));
    fs::write(desk.0.path().join("runs/codebook.toml"), OWN).unwrap();
    let again = desk.run("init runs/a.jsonl");
    assert_eq!((again.code, again.out.matches("left as it is").count()), (Some(0), 3), "{}", again.out);
    assert_eq!((read("codebook.toml").as_str(), read(".gitattributes").lines().count()), (OWN, 2));
    desk.run("init --gold runs").refused(&["runs/candor.toml stands already"]);
    desk.run("init nowhere").refused(&["nowhere"]);
    let desk = desk.file("other/candor.toml", "order = \"length\"\n");
    let said = desk.run("init other").out;
    assert!(said.contains("other/candor.toml does not name other/codebook.toml"), "{said}");
}

#[test]
fn init_for_gold_presets_what_gold_labels_need() {
    let desk = Desk::new().file("a.jsonl", GOOD);
    assert_eq!(desk.run("init --gold").code, Some(0));
    let written = fs::read_to_string(desk.0.path().join("candor.toml")).unwrap();
    for row in ["staged = true", "repeat = \"5%\"", "advance = \"enter\"", "marks = false"] {
        assert!(written.lines().any(|line| line == row), "{row}: {written}");
    }
    let seed = written.lines().find_map(|line| line.strip_prefix("order = \"random:")).unwrap();
    assert!(seed.trim_end_matches('"').parse::<u32>().is_ok(), "{seed}");
    assert!(written.contains("hide = [\"condition\", \"model\", \"file\", \"id\", \"predictions\", \"peers\"]"));
    assert_eq!(desk.run("check a.jsonl").code, Some(0), "it can be read");
    for (name, staged) in [("af-objective", true), ("af-scratchpad", false)] {
        let desk = Desk::new().file("a.jsonl", GOOD);
        assert_eq!(desk.run(&format!("init --gold --codebook {name}")).code, Some(0), "{name}");
        let written = fs::read_to_string(desk.0.path().join("candor.toml")).unwrap();
        assert_eq!(
            written.lines().any(|line| line == "staged = true"),
            staged,
            "{name}: a reader would refuse the stages"
        );
    }
}
