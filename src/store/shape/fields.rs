//! The entries of one object, sorted by what their keys mean. Decodes keys, never values.

use super::names::{self, BY_ENDING, Meaning, Means};
use crate::store::json::{Kind, Node};

/// An entry whose key means something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// What the key means.
    pub(super) means: Means,
    /// Its place in that meaning's list of names: smaller comes first.
    pub(super) rank: u8,
    /// The name that the key is, as the list has it; nothing for a key that only ends in one.
    name: &'static str,
    /// The value.
    pub(super) value: Node<'a>,
}

/// One object, and those of its entries whose keys mean something.
#[derive(Clone, Debug)]
pub(super) struct Level<'a> {
    /// The object itself.
    pub(super) object: Node<'a>,
    fields: Vec<Field<'a>>,
    /// Whether it has a key that messages have. To ask the object for such a key costs a walk over all its texts.
    speaks: bool,
}

impl<'a> Level<'a> {
    /// Looks at every key of this object once. Of two keys that are the same name the last one counts.
    pub(super) fn of(object: Node<'a>) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        let mut speaks = false;
        for (key, value) in object.entries() {
            speaks |= [b"role".as_slice(), b"from", b"content"].contains(&&*key);
            for &Meaning { means, rank, name } in names::meanings(&key) {
                let field = Field { means, rank, name, value };
                match fields.iter_mut().find(|f| f.means == means && f.rank == rank) {
                    Some(earlier) => *earlier = field,
                    None => fields.push(field),
                }
            }
        }
        fields.sort_by_key(|field| (field.means as u8, field.rank));
        Self { object, fields, speaks }
    }

    /// Whether it can be a message.
    pub(super) fn speaks(&self) -> bool {
        self.speaks
    }

    /// The values of all keys with this meaning, the best name first.
    pub(super) fn all(&self, means: Means) -> impl Iterator<Item = Field<'a>> {
        self.fields.iter().filter(move |field| field.means == means).copied()
    }

    /// The value of exactly this name of a list.
    pub(super) fn named(&self, means: Means, name: &str) -> Option<Node<'a>> {
        debug_assert!(names::rank(means, name).is_some(), "{name} is no name of {means:?}");
        self.all(means).find(|field| field.name == name).map(|field| field.value)
    }

    /// The best value with this meaning that is a string, and has something in it.
    pub(super) fn string(&self, means: Means) -> Option<Field<'a>> {
        self.all(means).find(|field| is_text(field.value))
    }
}

impl Field<'_> {
    /// Whether the key is exactly a name of the list, and not only ends in one.
    pub(super) fn exact(&self) -> bool {
        self.rank < BY_ENDING
    }
}

/// A string that is not empty.
pub(super) fn is_text(node: Node) -> bool {
    node.kind() == Kind::String && node.raw() != b"\"\""
}
