//! What the user has set down outside the command line: `config.toml`, `keymap.toml` and `theme.toml`, the codebook, the environment,
//! the login name, the folders for them.
//! Never asks, never writes `config.toml`, and never guesses what a faulty one may have meant.
//!
//! ```text
//! flags  >  environment (CANDOR_AS)  >  candor.toml beside the data  >  config.toml  >  the defaults here
//! ```
//!
//! Where the folders cannot be told (no `HOME`, and no home in the password file) there is no configuration and no memory of
//! where one was: everything else works as ever.

mod codebook;
mod drafts;
mod fields;
mod kept;
mod look;
mod place;
mod practice;
mod project;

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::keys::keymap::{self, Keymap, Shipped};
use crate::text::clean::Safe;

pub use self::codebook::{Chosen, codebook};
pub use self::drafts::Drafts;
pub use self::place::PlaceFile;
pub use self::practice::{finish_practice, practice};
pub use self::project::{NAME as PROJECT, Project, folder_of};

/// What can be configured, as it holds once file and environment were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The annotator's name, if file or environment give one.
    pub annotator: Option<String>,
    /// A label key counts only so long after its case came on the screen, in milliseconds.
    pub min_dwell_ms: u64,
    /// Whether a label stays on its case until Enter, instead of going to the next unlabelled case.
    pub stay: bool,
    /// Whether the pace of one's work is shown.
    pub pace: bool,
    /// The theme's name.
    pub theme: Option<String>,
    /// Whether the screen is drawn with ASCII alone; where this is `None`, the locale decides.
    pub ascii: Option<bool>,
    /// Which of the keymaps that come with the program holds.
    pub keymap: Shipped,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            annotator: None,
            min_dwell_ms: 700,
            stay: false,
            pace: true,
            theme: None,
            ascii: None,
            keymap: keymap::DEFAULT,
        }
    }
}

impl Config {
    /// Reads `config.toml`, if there is one and it is wanted, and the environment.
    ///
    /// # Errors
    /// Every fault with its row, and how to go on without the file.
    pub fn load(no_config: bool) -> Result<Self, String> {
        let file = config_folder().filter(|_| !no_config).map(|folder| folder.join("config.toml"));
        let mut config = file.as_deref().map_or_else(|| Ok(Self::default()), read)?;
        if let Some(name) = variable("CANDOR_AS") {
            config.annotator = Some(name);
        }
        Ok(config)
    }
}

fn read(path: &Path) -> Result<Config, String> {
    let shown = Safe::line(path.to_string_lossy().as_bytes());
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Config::default()),
        Err(e) => return Err(format!("{shown} cannot be read ({e}); --no-config goes on without it")),
    };
    fields::parse(&text).map_err(|faults| refused(shown.as_str(), &faults))
}

/// Says what is wrong with a file: one fault in a sentence, several each in a row of its own.
fn refused(file: &str, faults: &[String]) -> String {
    let within = format!("{file}, ");
    if let [only] = faults {
        // A fault may stand in another file: two that cannot hold together.
        let place = if only.starts_with("row ") { &within } else { "" };
        return format!("{place}{only}; --no-config goes on without {file}");
    }
    let rows = faults.iter().map(|fault| format!("\n{}", fault.strip_prefix(&within).unwrap_or(fault)));
    format!("{file} cannot be used; --no-config goes on without it{}", rows.collect::<String>())
}

/// The keymap: the chosen one, the codebook's label keys, and `keymap.toml` in the folder of `config.toml` as a patch over both.
///
/// # Errors
/// Every fault with its row, and how to go on without the patch where it is the patch's.
pub fn keymap(chosen: Shipped, no_config: bool, codebook: &Chosen) -> Result<Keymap, String> {
    let path = config_folder().filter(|_| !no_config).map(|folder| folder.join("keymap.toml"));
    let shown = path.as_deref().map(|path| Safe::line(path.to_string_lossy().as_bytes()).to_string());
    let patch = match (path.as_deref().map(fs::read_to_string), shown) {
        (Some(Ok(text)), Some(file)) => Some((text, file)),
        (Some(Err(e)), Some(file)) if !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(format!("{file} cannot be read ({e}); --no-config goes on without it"));
        }
        _ => None,
    };
    let labels = &codebook.book.labels;
    let keys: Vec<_> = labels.iter().map(|label| (label.word.clone(), label.keys.clone())).collect();
    let build = |patch| Keymap::build(chosen, patch, &keys, &codebook.place);
    let Some((text, file)) = &patch else { return build(None).map_err(|faults| codebook.refused(faults)) };
    build(Some((text.as_str(), file.as_str()))).map_err(|faults| match build(None) {
        // What is wrong without the patch too is the codebook's, and --no-config would not help.
        Err(faults) => codebook.refused(faults),
        Ok(_) => refused(file, &faults),
    })
}

/// The folder of `config.toml`; none where it cannot be told.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    folders().map(|folders| folders.config_dir().to_owned())
}

/// The folder for what the program remembers by itself; none where it cannot be told. It need not exist.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    // macOS has no folder for state; what is local and no cache is the next best there.
    folders().map(|folders| folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "candor")
}

/// The login name: the environment's, else the password file's, else `uid` and the user's number.
#[must_use]
pub fn login() -> String {
    let number = rustix::process::getuid().as_raw();
    let known = || fs::read_to_string("/etc/passwd").ok().and_then(|file| name_of(&file, number));
    ["LOGNAME", "USER"].into_iter().find_map(variable).or_else(known).unwrap_or_else(|| format!("uid{number}"))
}

/// The name of a user in a password file.
fn name_of(file: &str, number: u32) -> Option<String> {
    file.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        (fields.nth(1)?.parse() == Ok(number)).then(|| name.to_owned())
    })
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_number() {
        let file = "root:x:0:0:root:/root:/bin/bash\n# a remark\nalice:x:1000:1000:Alice,,,:/home/alice:/bin/sh\n";
        assert_eq!(name_of(file, 1000).as_deref(), Some("alice"));
        assert_eq!(name_of(file, 0).as_deref(), Some("root"));
        assert_eq!(name_of(file, 7), None);
    }
}
