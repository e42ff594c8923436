//! Who labels: a name that is safe as part of a file's name on every file system. Knows nothing of journals.

use std::fmt;
use std::hash::{Hash, Hasher};

/// An annotator's name: 1 to 64 of `A-Z a-z 0-9 _ -`, compared without case.
#[derive(Clone, Debug)]
pub struct Annotator(String);

impl Annotator {
    const LONGEST: usize = 64;
    /// Words that file names beside the journals begin with.
    const TAKEN: [&str; 4] = ["adjudicated", "predictions", "frame", "codebook"];

    /// The annotator of this name.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with the name.
    pub fn new(name: &str) -> Result<Self, String> {
        if name.is_empty() || name.len() > Self::LONGEST || !name.bytes().all(allowed) {
            return Err(format!(
                "\"{name}\" cannot be an annotator's name: use 1 to {} letters (A-Z, a-z), digits, _ and -.",
                Self::LONGEST
            ));
        }
        if Self::is_taken(name) {
            return Err(format!("\"{name}\" cannot be an annotator's name: other files beside the journals have it."));
        }
        Ok(Self(name.to_owned()))
    }

    /// The annotator of this login: other characters become `_`, and a name that cannot be had gets one more.
    #[must_use]
    pub fn from_login(login: &str) -> Self {
        let mut name: String =
            login.chars().map(|c| if c.is_ascii() && allowed(c as u8) { c } else { '_' }).take(Self::LONGEST).collect();
        if name.is_empty() || Self::is_taken(&name) {
            name.push('_');
        }
        Self(name)
    }

    fn is_taken(name: &str) -> bool {
        Self::TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(name))
    }

    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl PartialEq for Annotator {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Annotator {}

impl Hash for Annotator {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_lowercase().hash(state);
    }
}

impl fmt::Display for Annotator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(Annotator::new(&"a".repeat(64)).is_ok());
        for bad in ["", "a b", "é", "a/b", "..", "a.b", "Frame", "CODEBOOK", &"a".repeat(65)] {
            assert!(Annotator::new(bad).unwrap_err().contains(bad));
        }
        assert_eq!(Annotator::new("Alice"), Annotator::new("aLICE"));
        assert_eq!(Annotator::from_login("rené@host.example").as_str(), "ren__host_example");
        for login in ["", "frame", "Predictions", &"ж".repeat(100), "..", "root"] {
            assert!(Annotator::new(Annotator::from_login(login).as_str()).is_ok(), "{login}");
        }
    }
}
