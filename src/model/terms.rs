//! The terms of one's work: what is hidden, in which order cases come, in which steps they are judged. Says what was agreed on;
//! how the screen and the queue keep to it stands elsewhere.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

/// Something that may sway a judgement and can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hidden {
    /// The condition: which tier the model was told of.
    Condition,
    /// The model's name.
    Model,
    /// The data file's name.
    FileName,
    /// The case's id.
    Id,
    /// Labels and scores that stand in the data.
    Predictions,
    /// What other annotators said.
    Peers,
}

impl Hidden {
    /// All of them, in the order in which records name them.
    pub const ALL: [Self; 6] = [Self::Condition, Self::Model, Self::FileName, Self::Id, Self::Predictions, Self::Peers];

    /// Its word on the command line, in `candor.toml` and in records.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Model => "model",
            Self::FileName => "file",
            Self::Id => "id",
            Self::Predictions => "predictions",
            Self::Peers => "peers",
        }
    }

    /// What bears this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hidden| hidden.word() == word)
    }
}

/// Reads what is to be hidden: words with commas between them, `all`, or `none`.
///
/// # Errors
/// A sentence that names the word that is none.
pub fn hidden(words: &str) -> Result<BTreeSet<Hidden>, String> {
    match words.trim() {
        "all" => Ok(Hidden::ALL.into()),
        "none" => Ok(BTreeSet::new()),
        words => words.split(',').map(|word| one_hidden(word.trim())).collect(),
    }
}

/// Reads the word of one thing that is to be hidden.
///
/// # Errors
/// A sentence that names those that exist.
pub fn one_hidden(word: &str) -> Result<Hidden, String> {
    Hidden::named(word).ok_or_else(|| {
        let known = Hidden::ALL.map(Hidden::word).join(", ");
        format!("{word:?} cannot be hidden; there are {known}, and all or none for themselves")
    })
}

/// In which order cases are gone through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they stand in their files.
    #[default]
    Stored,
    /// By chance that a seed decides, for each annotator another, and the two halves of a pair apart.
    Random(String),
    /// The shortest first.
    Length,
    /// The longest first.
    Longest,
}

impl Order {
    /// Reads `file`, `random:SEED`, `length` or `longest`.
    ///
    /// # Errors
    /// A sentence that names what there is.
    pub fn named(word: &str) -> Result<Self, String> {
        match word {
            "file" => Ok(Self::Stored),
            "length" => Ok(Self::Length),
            "longest" => Ok(Self::Longest),
            _ => match word.strip_prefix("random:").or_else(|| word.strip_prefix("seed:")) {
                Some("") => Err("random needs a seed that you choose and write down: random:42".to_owned()),
                Some(seed) => Ok(Self::Random(seed.trim_end_matches("+apart").to_owned())),
                None => Err(format!("{word:?} is no order; there are file, random:SEED, length and longest")),
            },
        }
    }
}

/// The order as records name it.
impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored => f.write_str("file"),
            Self::Random(seed) => write!(f, "seed:{seed}+apart"),
            Self::Length => f.write_str("length"),
            Self::Longest => f.write_str("longest"),
        }
    }
}

/// Reads a share of the cases in percent, `5%` or `5`.
///
/// # Errors
/// A sentence that says what it may be.
pub fn percent(word: &str) -> Result<u8, String> {
    let number = word.trim().trim_end_matches('%').trim_end().parse::<u8>().ok();
    number.filter(|n| *n <= 50).ok_or_else(|| format!("{word:?} is no share of the cases; it goes from 0% to 50%"))
}

/// What was agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What is hidden.
    pub blind: BTreeSet<Hidden>,
    /// In which order cases come.
    pub order: Order,
    /// Whether the answer is judged before the scratchpad is seen.
    pub staged: bool,
    /// How many of a hundred of one's own cases come back, as if they were new.
    pub repeat: u8,
    /// The file of cases whose label is known.
    pub gold: Option<PathBuf>,
    /// Whether a label stays on its case until Enter, instead of going to the next unlabelled case.
    pub stay: bool,
    /// Whether the codebook's marks are shown.
    pub marks: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            blind: BTreeSet::new(),
            order: Order::Stored,
            staged: false,
            repeat: 0,
            gold: None,
            stay: false,
            marks: true,
        }
    }
}

/// The terms as one place asks for them: what it says nothing of is left to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// See [`Terms::blind`].
    pub blind: Option<BTreeSet<Hidden>>,
    /// See [`Terms::order`].
    pub order: Option<Order>,
    /// See [`Terms::staged`].
    pub staged: Option<bool>,
    /// See [`Terms::repeat`].
    pub repeat: Option<u8>,
    /// See [`Terms::gold`].
    pub gold: Option<PathBuf>,
    /// See [`Terms::stay`].
    pub stay: Option<bool>,
    /// See [`Terms::marks`].
    pub marks: Option<bool>,
}

impl Asked {
    /// What this one says, and where it says nothing what the other does.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            blind: self.blind.or(below.blind),
            order: self.order.or(below.order),
            staged: self.staged.or(below.staged),
            repeat: self.repeat.or(below.repeat),
            gold: self.gold.or(below.gold),
            stay: self.stay.or(below.stay),
            marks: self.marks.or(below.marks),
        }
    }

    /// What holds where nobody said more.
    #[must_use]
    pub fn agreed(self) -> Terms {
        let usual = Terms::default();
        Terms {
            blind: self.blind.unwrap_or(usual.blind),
            order: self.order.unwrap_or(usual.order),
            staged: self.staged.unwrap_or(usual.staged),
            repeat: self.repeat.unwrap_or(usual.repeat),
            gold: self.gold,
            stay: self.stay.unwrap_or(usual.stay),
            marks: self.marks.unwrap_or(usual.marks),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_wrong_ones_are_named() {
        assert_eq!(hidden("model, condition").unwrap(), [Hidden::Condition, Hidden::Model].into());
        assert_eq!((hidden("all").unwrap().len(), hidden("none").unwrap().len()), (6, 0));
        assert!(hidden("model,tier").unwrap_err().contains("\"tier\" cannot be hidden; there are condition, model"));
        assert!(hidden("").is_err());
        assert_eq!((percent("5%"), percent("0")), (Ok(5), Ok(0)));
        assert!(percent("51%").is_err() && percent("-1").is_err() && percent("some").is_err());
    }

    #[test]
    fn an_order_is_recorded_as_it_can_be_asked_for() {
        for word in ["file", "length", "longest", "random:42"] {
            let order = Order::named(word).unwrap();
            assert_eq!(Order::named(&order.to_string()), Ok(order));
        }
        assert_eq!(Order::named("random:a b").unwrap().to_string(), "seed:a b+apart");
        assert!(Order::named("random:").is_err() && Order::named("random").is_err());
    }

    #[test]
    fn what_one_place_does_not_say_the_next_one_does() {
        let flags = Asked { order: Some(Order::Length), staged: Some(false), ..Asked::default() };
        let file = Asked { order: Some(Order::Longest), staged: Some(true), repeat: Some(5), ..Asked::default() };
        let terms = flags.over(file).agreed();
        assert_eq!((terms.order, terms.staged, terms.repeat, terms.marks), (Order::Length, false, 5, true));
    }
}
