//! How the screen is to be drawn: the theme with the user's `theme.toml` over it, `NO_COLOR`, and whether the locale has more
//! than ASCII.

use std::fs;
use std::io::ErrorKind;

use super::{Config, config_folder, variable};
use crate::cli::Open;
use crate::text::clean::Safe;
use crate::ui::{Look, Theme};

/// What is said where nobody asked for ASCII.
const POOR: &str = "the locale is not UTF-8: what this terminal cannot show stands as ?";

impl Config {
    /// The look that flags, environment and files ask for, and a sentence if the locale has taken something from it.
    ///
    /// # Errors
    /// One sentence that names every fault of `theme.toml` with its row, and how to go on without the file.
    pub fn look(&self, open: &Open) -> Result<(Look, Option<&'static str>), String> {
        let name = open.theme.as_ref().or(self.theme.as_ref());
        let mut theme = patched(name.and_then(|name| Theme::named(name)).unwrap_or_default(), open.no_config)?;
        if variable("NO_COLOR").is_some() {
            theme = theme.without_colours();
        }
        let asked = if open.ascii { Some(true) } else { self.ascii };
        let ascii = asked.unwrap_or_else(|| !is_utf8(locale().as_deref()));
        Ok((Look { theme, ascii }, (ascii && asked.is_none()).then_some(POOR)))
    }
}

/// The theme with `theme.toml` in the folder of `config.toml` as a patch over it.
fn patched(theme: Theme, no_config: bool) -> Result<Theme, String> {
    let Some(path) = config_folder().filter(|_| !no_config).map(|folder| folder.join("theme.toml")) else {
        return Ok(theme);
    };
    let file = Safe::line(path.to_string_lossy().as_bytes()).to_string();
    match fs::read_to_string(&path) {
        Ok(text) => theme.patched(&text, &file).map_err(|faults| super::refused(&file, &faults)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(theme),
        Err(e) => Err(format!("{file} cannot be read ({e}); --no-config goes on without it")),
    }
}

/// What says how characters are written: the first of these that is set to something.
fn locale() -> Option<String> {
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable)
}

/// No locale at all is the locale C, which has nothing but ASCII.
fn is_utf8(locale: Option<&str>) -> bool {
    let locale = locale.unwrap_or("C").to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_that_have_more_than_ascii_are_known() {
        for locale in ["en_US.UTF-8", "C.UTF-8", "C.utf8", "de_DE.Utf8@euro", "UTF-8"] {
            assert!(is_utf8(Some(locale)), "{locale}");
        }
        for locale in [None, Some("C"), Some("POSIX"), Some("de_DE.ISO-8859-1"), Some("ja_JP.eucJP"), Some("en_US")] {
            assert!(!is_utf8(locale), "{locale:?}");
        }
    }
}
