//! Every keymap that comes with the program is whole, and the user's patch lies over whichever was chosen.

use super::*;

/// The shipped keymap of this name, with the user's patch.
pub(super) fn built(name: &str, patch: &str) -> Result<Keymap, Vec<String>> {
    Keymap::build(Shipped::named(name).unwrap(), Some((patch, "keymap.toml")), &labels(), "af.toml")
}

#[test]
fn vim_is_as_promised() {
    let keymap = built("vim", "").unwrap();
    let promised = "
        f, 1: label 1 | r, 2: label 2 | c, 3: label 3 | w, 4: label 4 | 0: label 5 | x: label 6
        h: previous-part | l: next-part | j, ctrl-e: line-down | k, ctrl-y: line-up | g g: part-start | G: part-end
        ctrl-d: half-page-down | ctrl-u: half-page-up | ctrl-f: read-on | u: undo | ctrl-r: redo | ctrl-o: back-to-decided
        H, [ c, [ [: previous-case | L, ] c, ] ]: next-case | [ u: previous-unlabelled | ] u: next-unlabelled
        g t: next-turn | g T: previous-turn | z z: zoom-part | z a: unfold-repeats | Z Z, q: quit";
    holds(&keymap, promised);
    assert_eq!(press(&keymap, Context::Overlay, "g g"), Press::Action(Action::PartStart));
    let default = build("").unwrap();
    for label in (0..6).map(Action::Label) {
        assert_eq!(keymap.keys_for(Context::Review, label), default.keys_for(Context::Review, label));
    }
    for key in ["g", "z", "Z", "]", "[", "ctrl-w"] {
        assert_eq!(does(&keymap, &format!("{key} f")), None, "{key} and a letter that labels alone");
    }
}

#[test]
fn pager_is_as_promised() {
    let keymap = built("pager", "").unwrap();
    let promised = "
        f, space, ctrl-f: read-on | b: read-back | d, ctrl-d: half-page-down | u, ctrl-u: half-page-up | r, R: redraw
        j, ctrl-n: line-down | k, ctrl-p: line-up | g: part-start | G: part-end | q, Q: quit | h: help | U: undo | ctrl-r: redo
        1: label 1 | 2: label 2 | 3: label 3 | 4: label 4 | 5: label 5 | 6: label 6";
    holds(&keymap, promised);
    for key in ["c", "w", "x", "0", "7"] {
        assert_eq!(does(&keymap, key), None, "{key}: no letter and no digit too many labels");
    }
    for (key, action) in [("f", Action::ReadOn), ("u", Action::HalfPageUp), ("r", Action::Redraw), ("Q", Action::Close)]
    {
        assert_eq!(press(&keymap, Context::Overlay, key), Press::Action(action), "{key}");
    }
}

/// The letters with which one moves while evidence is marked are those that a codebook refuses for its criteria.
#[test]
fn a_codebook_refuses_the_letters_that_move_while_evidence_is_marked() {
    let keymap = built("default", "").unwrap();
    for letter in ('a'..='z').chain('A'..='Z') {
        let moves = press(&keymap, Context::Evidence, &letter.to_string()) != Press::Unbound;
        let toml = format!(
            "id = \"a\"\nversion = \"1\"\n[[label]]\nname = \"yes\"\nkeys = [\"y\"]\nsentence = \"Yes.\"\n\
             [[criterion]]\nname = \"stakes\"\nletter = \"{letter}\"\nsentence = \"S.\"\n"
        );
        let refused = candor::model::codebook::Codebook::parse(&toml, "a.toml").is_err();
        assert_eq!(moves, refused, "{letter}");
    }
}

#[test]
fn no_shipped_keymap_binds_what_belongs_to_terminals() {
    for Shipped { name, .. } in Shipped::ALL {
        let keymap = built(name, "").unwrap();
        for (context, key) in
            Context::ALL.iter().flat_map(|c| ["ctrl-s", "ctrl-q", "ctrl-a", "ctrl-b"].map(|k| (*c, k)))
        {
            assert_eq!(press(&keymap, context, key), Press::Unbound, "{name}: {key}");
        }
    }
    let taken = Shipped { text: r#"review = [{ on = "ctrl-s", run = "skip" }]"#, ..Shipped::named("vim").unwrap() };
    let told = Keymap::build(taken, None, &[], "").map(drop).unwrap_err();
    assert!(told.len() == 1 && told[0].starts_with("keymaps/vim.toml, row 1"), "{told:#?}");
}

#[test]
fn no_key_has_two_meanings_in_one_place() {
    for Shipped { name, .. } in Shipped::ALL {
        let keymap = built(name, "").unwrap();
        for a in keymap.table() {
            for b in keymap.table() {
                let meet = a.keys == b.keys && (a.context == b.context || a.context == Context::Global);
                assert!(!meet || a.action == b.action, "{name}: {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn an_unknown_keymap_is_told_with_those_that_exist() {
    let told = Shipped::named("vi").unwrap_err();
    assert!(told.contains("\"vi\"") && told.contains("default, vim, pager"), "{told}");
}

#[test]
fn the_users_patch_lies_over_the_chosen_keymap() {
    let patch = r#"review = [
        { on = "g g", run = "first-case" },
        { on = "1", run = "none" },
        { on = "u", run = "undo" },
    ]"#;
    let vim = built("vim", patch).unwrap();
    assert_eq!(
        (does(&vim, "g g"), does(&vim, "1"), does(&vim, "f")),
        (Some(Action::FirstCase), None, Some(Action::Label(0)))
    );
    assert_eq!(does(&vim, "g t"), Some(Action::NextTurn));
    let pager = built("pager", r#"review = [{ on = "u", run = "undo" }, { on = "1", run = "none" }]"#).unwrap();
    assert_eq!(
        (does(&pager, "u"), does(&pager, "1"), does(&pager, "ctrl-u")),
        (Some(Action::Undo), None, Some(Action::HalfPageUp))
    );
    // What is right over one keymap need not be over another; both rows are named.
    let told = built("vim", r#"review = [{ on = "g", run = "part-start" }]"#).map(drop).unwrap_err();
    assert_eq!(told.len(), 4, "g g, g l, g t, g T: {told:#?}");
    assert!(
        told.iter().all(
            |fault| fault.starts_with("keymap.toml, row 1: g is bound") && fault.contains("keymaps/vim.toml, row ")
        ),
        "{told:#?}"
    );
    let told = built("pager", "review = [\n{ on = \"g g\", run = \"skip\" },\n{ on = \"s\", run = \"skipp\" }]")
        .map(drop)
        .unwrap_err();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told.iter().any(|fault| fault.starts_with("keymap.toml, row 3")), "{told:#?}");
    assert!(
        told.iter().any(|fault| fault.starts_with("keymaps/default.toml") && fault.contains("keymap.toml, row 2")),
        "{told:#?}"
    );
}

#[test]
fn a_key_that_a_chosen_keymap_leaves_free_is_free_for_the_codebook() {
    let mut labels = labels();
    labels[0].1 = vec!["z".to_owned()];
    let over = |text| Keymap::build(Shipped { text, ..Shipped::named("vim").unwrap() }, None, &labels, "ours.toml");
    let keymap = over(r#"review = [{ on = "z", run = "none" }, { on = "?", run = "skip" }]"#).unwrap();
    assert_eq!(does(&keymap, "z"), Some(Action::Label(0)));
    assert_eq!(
        (does(&keymap, "?"), does(&keymap, "f1")),
        (Some(Action::Skip), Some(Action::Help)),
        "a global key hidden"
    );
    assert_eq!(press(&keymap, Context::Overlay, "?"), Press::Action(Action::Help), "and only there");
    let told = over(r#"review = [{ on = "z", run = "skip" }]"#).map(drop).unwrap_err();
    assert!(
        told.len() == 1 && told[0].contains("ours.toml") && told[0].contains("keymaps/vim.toml, row 1"),
        "{told:#?}"
    );
    labels[0].1 = vec!["?".to_owned()];
    let told = Keymap::build(DEFAULT, None, &labels, "ours.toml").map(drop).unwrap_err();
    assert_eq!(told.len(), 1, "the codebook hides no global key: {told:#?}");
}

#[test]
fn every_action_can_be_reached_in_every_keymap() {
    for Shipped { name, .. } in Shipped::ALL {
        let keymap = built(name, "").unwrap();
        let labels = (0..6).map(Action::Label);
        for action in labels.chain(Action::ALL.iter().copied()) {
            let keys: Vec<_> = Context::ALL.iter().flat_map(|context| keymap.keys_for(*context, action)).collect();
            let typed = super::TYPED.contains(&action)
                && candor::app::overlay::command::typable().any(|typable| typable == action);
            assert_eq!(keys.is_empty(), typed, "{name}: {action}");
            assert_eq!(Action::named(&action.to_string()), Some(action));
        }
    }
    assert_eq!(Action::named("label 1"), Some(Action::Label(0)));
    assert_eq!(Action::named("label 0"), None);
}
