//! The keymaps that come with the program, by name: what can be chosen. Their texts are at once the documentation of their keys.
//! Parses nothing and checks nothing.

/// A keymap that can be chosen by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shipped {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// How errors call its file.
    pub file: &'static str,
    /// Its rows.
    pub text: &'static str,
    /// The keymap over which it is a patch; none where it is a keymap by itself.
    pub over: Option<&'static Shipped>,
}

/// The keymap that holds where none was chosen.
pub const DEFAULT: Shipped = Shipped {
    name: "default",
    file: "keymaps/default.toml",
    text: include_str!("../../keymaps/default.toml"),
    over: None,
};

/// For hands that know vim.
const VIM: Shipped = Shipped {
    name: "vim",
    file: "keymaps/vim.toml",
    text: include_str!("../../keymaps/vim.toml"),
    over: Some(&DEFAULT),
};

/// For hands that know less.
const PAGER: Shipped = Shipped {
    name: "pager",
    file: "keymaps/pager.toml",
    text: include_str!("../../keymaps/pager.toml"),
    over: Some(&DEFAULT),
};

impl Shipped {
    /// All of them. Only the one that was chosen is ever parsed, and what it lies over.
    pub const ALL: [Shipped; 3] = [DEFAULT, VIM, PAGER];

    /// The one of this name.
    ///
    /// # Errors
    /// There is none; the sentence, without its full stop, names those there are.
    pub fn named(name: &str) -> Result<Shipped, String> {
        let found = Shipped::ALL.into_iter().find(|shipped| shipped.name == name);
        found.ok_or_else(|| {
            format!("there is no keymap {name:?}; there are {}", Shipped::ALL.map(|s| s.name).join(", "))
        })
    }
}
