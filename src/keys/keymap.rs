//! Which key does what where: the chosen keymap, the codebook's label keys and the user's patch, joined and checked as a whole.
//!
//! ```text
//! what decides over a key:   the user's patch  >  the chosen keymap's rows for labels  >  the codebook  >  its other rows
//! where a key is looked up:  the context       >  global
//! ```
//!
//! A chosen keymap other than the default is itself a patch over the default, with all that is said here of patches.
//!
//! A key never has two meanings in one place, and a key with a meaning never begins a pair, so that no key ever waits for
//! a timeout. A keymap that breaks this is refused with every fault named at once. It never guesses and never reads a file.

use super::action::{Action, Group};
use super::faults::{conflicts, lockouts, taken};
use super::key::Key;
use super::rows::{Layer, Row, Sequence, read};

pub use super::shipped::{DEFAULT, Shipped};

/// Where a key is pressed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Context {
    /// Everywhere, where the context itself has nothing for the key.
    Global,
    /// The review screen with nothing on top of it. Only here a key can be a label.
    Review,
    /// Whatever lies on top and has no context of its own: help, a question, a page to read.
    Overlay,
    /// A list on top of the review screen, in which one chooses.
    List,
    /// A line that is being typed: a command, what to search for.
    Prompt,
    /// A note that is being written.
    Note,
    /// A place in the text is being chosen that is evidence.
    Evidence,
}

impl Context {
    /// All of them, in the order of the keymap.
    pub const ALL: [Context; 7] = [
        Context::Global,
        Context::Review,
        Context::Overlay,
        Context::List,
        Context::Prompt,
        Context::Note,
        Context::Evidence,
    ];

    /// Whether characters are text here: then a global key that is a character means itself.
    fn takes_text(self) -> bool {
        matches!(self, Context::Prompt | Context::Note)
    }

    /// The name of its list in a keymap.
    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::Review => "review",
            Context::Overlay => "overlay",
            Context::List => "list",
            Context::Prompt => "prompt",
            Context::Note => "note",
            Context::Evidence => "evidence",
        }
    }
}

/// What a key press means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Press {
    /// Do this.
    Action(Action),
    /// The first of two keys; the second decides.
    Pending,
    /// Nothing.
    Unbound,
}

/// Why a key that looks like a label key is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// A label key's letter as a capital.
    CapsLock,
    /// A letter of another script, or a full-width one.
    NotLatin,
}

impl Hint {
    /// The sentence for the notice.
    pub fn sentence(self) -> &'static str {
        match self {
            Hint::CapsLock => "That was a capital letter: Caps Lock?",
            Hint::NotLatin => "The keyboard is not Latin: label keys are Latin letters",
        }
    }
}

/// One row of the live table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys as help shows them: `Space`, `g g`.
    pub keys: String,
    /// What they do.
    pub action: Action,
    /// Where this is written: `keymap.toml, row 3`.
    pub place: String,
}

/// A checked keymap.
#[derive(Clone, Debug)]
pub struct Keymap {
    rows: Vec<Row>,
    labels: Vec<String>,
}

impl Keymap {
    /// The default keymap without any labels, which is all that a list of keys without a codebook needs.
    pub fn plain() -> Result<Keymap, Vec<String>> {
        Keymap::build(DEFAULT, None, &[], "")
    }

    /// Joins a shipped keymap, the label keys of the codebook and the user's patch with the name of its file.
    ///
    /// A patch decides alone over the keys it names: a row of a context over that context, a global row over all. A label
    /// for which the shipped keymap itself has rows does not use the codebook's keys. The error holds one sentence for each fault.
    pub fn build(
        shipped: Shipped,
        patch: Option<(&str, &str)>,
        labels: &[(String, Vec<String>)],
        codebook_file: &str,
    ) -> Result<Keymap, Vec<String>> {
        let (base, mut faults) = shipped_rows(shipped);
        let (patch, patch_faults) = patch.map_or_else(Default::default, |(text, file)| read(text, file, Layer::User));
        let whole = patch_faults.is_empty();
        faults.extend(patch_faults);
        let own_keys = |position| base.iter().any(|row| row.run == Some(Action::Label(position)));
        let mut rows: Vec<Row> = Vec::new();
        for (position, (name, keys)) in (0..=u8::MAX).zip(labels).filter(|(position, _)| !own_keys(*position)) {
            for key in keys {
                let place = format!("{codebook_file}, label {name:?}");
                match key.parse() {
                    Ok(first) => rows.push(Row {
                        context: Context::Review,
                        on: Sequence { first, second: None },
                        run: Some(Action::Label(position)),
                        place,
                        layer: Layer::Codebook,
                    }),
                    Err(what) => faults.push(format!("{place}: {what}")),
                }
            }
        }
        // A keymap with more rows for labels than the codebook has labels is fine: it is made for every codebook.
        let known =
            |row: &Row| !matches!(row.run, Some(Action::Label(position)) if usize::from(position) >= labels.len());
        rows.extend(base.into_iter().filter(known));
        for row in rows.iter().filter(|row| taken(row)) {
            let keys = row.on.shown();
            faults.push(format!("{}: {keys} belongs to terminals, screen and tmux; take another key", row.place));
        }
        for row in patch.iter().filter(|row| !known(row)) {
            faults.push(format!("{}: {codebook_file} has only {} labels", row.place, labels.len()));
        }
        let mut patched = not_decided_by(&patch, &rows);
        patched.extend(patch);
        faults.extend(conflicts(&patched));
        // A row that cannot be read may be the one that binds the way out.
        if whole {
            faults.extend(lockouts(&rows, &patched));
        }
        if faults.is_empty() {
            Ok(Keymap { rows: patched, labels: labels.iter().map(|(name, _)| name.clone()).collect() })
        } else {
            Err(faults)
        }
    }

    /// What `key` means in `context`, where `pending` remembers the first of two keys between two calls.
    ///
    /// A second key that fits no pair means nothing, and never what it would mean alone: after a slip of the finger a
    /// label must not follow.
    pub fn press(&self, context: Context, pending: &mut Option<Key>, key: Key) -> Press {
        let pressed = match pending.take() {
            Some(first) => Sequence { first, second: Some(key) },
            None => Sequence { first: key, second: None },
        };
        if let Some(action) = self.seen_from(context).find(|row| row.on == pressed).and_then(|row| row.run) {
            return Press::Action(action);
        }
        if pressed.second.is_none() && self.seen_from(context).any(|row| row.on.first == key && row.run.is_some()) {
            *pending = Some(key);
            return Press::Pending;
        }
        Press::Unbound
    }

    /// The keys that do `action` in `context`, as help shows them, in the order of the keymap.
    pub fn keys_for(&self, context: Context, action: Action) -> Vec<String> {
        self.seen_from(context).filter(|row| row.run == Some(action)).map(|row| row.on.shown()).collect()
    }

    /// Every binding, context by context, in the order in which help lists the actions.
    pub fn table(&self) -> Vec<Binding> {
        let mut table = Vec::new();
        for context in Context::ALL {
            for action in self.actions() {
                let rows = self.rows.iter().filter(|row| row.context == context && row.run == Some(action));
                table.extend(rows.map(|row| Binding {
                    context,
                    keys: row.on.shown(),
                    action,
                    place: row.place.clone(),
                }));
            }
        }
        table
    }

    /// What an action does, with the name of the label where it gives one.
    pub fn sentence(&self, action: Action) -> String {
        match action {
            Action::Label(position) => match self.labels.get(usize::from(position)) {
                Some(name) => format!("Label {name}; save it and go to the next unlabelled case"),
                None => action.sentence().to_owned(),
            },
            _ => action.sentence().to_owned(),
        }
    }

    /// Why an unbound key on the review screen may have been meant as a label.
    pub fn label_hint(&self, key: Key) -> Option<Hint> {
        let letter = key.as_char().filter(|c| c.is_alphabetic())?;
        if self.press(Context::Review, &mut None, key) != Press::Unbound {
            return None;
        }
        if !latin(letter) {
            return Some(Hint::NotLatin);
        }
        let small = Key::char(letter.to_lowercase().next().filter(|small| *small != letter)?);
        let label = self.press(Context::Review, &mut None, small);
        matches!(label, Press::Action(Action::Label(_))).then_some(Hint::CapsLock)
    }

    /// All actions in the order of the help, labels first.
    fn actions(&self) -> impl Iterator<Item = Action> {
        let labels = (0..=u8::MAX).take(self.labels.len()).map(Action::Label);
        labels.chain(Action::ALL.iter().copied())
    }

    /// The rows that hold in `context`.
    fn seen_from(&self, context: Context) -> impl Iterator<Item = &Row> {
        seen(&self.rows, context)
    }
}

/// The rows that hold in `context`: its own, then the global ones that they do not hide.
pub(super) fn seen(rows: &[Row], context: Context) -> impl Iterator<Item = &Row> {
    let own = move |row: &&Row| row.context == context;
    let hidden = move |global: &Row| rows.iter().filter(own).any(|row| row.on == global.on);
    let typed = move |row: &Row| context.takes_text() && row.on.first.as_char().is_some();
    let global = rows.iter().filter(move |row| row.context == Context::Global && !hidden(row) && !typed(row));
    rows.iter().filter(own).chain(global)
}

/// The rows of a shipped keymap, in the order in which help and hints name their keys.
fn shipped_rows(shipped: Shipped) -> (Vec<Row>, Vec<String>) {
    let Some(over) = shipped.over else { return read(shipped.text, shipped.file, Layer::Default) };
    let (below, mut faults) = shipped_rows(*over);
    let (patch, own_faults) = read(shipped.text, shipped.file, Layer::Chosen);
    faults.extend(own_faults);
    let mut rows = not_decided_by(&patch, &below);
    rows.extend(patch);
    (rows, faults)
}

/// The rows over whose keys a patch does not decide.
fn not_decided_by(patch: &[Row], rows: &[Row]) -> Vec<Row> {
    let decided = |row: &&Row| {
        patch.iter().any(|over| over.on == row.on && [row.context, Context::Global].contains(&over.context))
    };
    rows.iter().filter(|row| !decided(row)).cloned().collect()
}

/// Whether a letter is Latin as keyboards write it; full-width Latin letters come from an input method and are not.
fn latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// The keys as a table for the README, a group after the other.
pub fn markdown_table(keymap: &Keymap) -> String {
    let mut table = String::from("| keys | what |\n|---|---|\n");
    let mut group: Option<Group> = None;
    let mut actions: Vec<_> = keymap.actions().collect();
    actions.sort_by_key(|action| action.group());
    for action in actions {
        let mut keys: Vec<String> = Vec::new();
        for binding in keymap.table().into_iter().filter(|binding| binding.action == action) {
            // A bar would end the table's column, even inside a code span.
            let shown = format!("`{}`", binding.keys.replace('|', "\\|"));
            if !keys.contains(&shown) {
                keys.push(shown);
            }
        }
        if keys.is_empty() {
            if action.group() == Group::Overlay || matches!(action, Action::Label(_)) {
                continue;
            }
            // It has a name, which the command line runs.
            keys.push(format!("`:{}`", action.name()));
        }
        if group.replace(action.group()) != Some(action.group()) {
            table.push_str(&format!("| | **{}** |\n", action.group().title()));
        }
        table.push_str(&format!("| {} | {} |\n", keys.join(" "), keymap.sentence(action)));
    }
    table
}
