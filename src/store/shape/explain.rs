//! Which value of an object became what, for somebody who asks how a file was read. Reads nothing itself: it walks the object
//! beside the notes that reading left.

use super::draft::Use;
use super::names;
use crate::store::json::{Kind, Node};

/// How one object was read, entry by entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The path of a value in the object, what became of it (`scratchpad`, `answer`, `id`, `left over` …), and why.
    pub rows: Vec<(String, String, String)>,
}

/// How deep the walk goes. What is used lies less deep.
const DEEPEST: usize = 12;

/// One row for every entry on the way to something that was used, in the order of the source.
pub(super) fn explain(object: Node, used: &[Use]) -> Explained {
    let mut explained = Explained::default();
    rows(object, "", used, DEEPEST, &mut explained.rows);
    explained
}

fn rows(node: Node, path: &str, used: &[Use], depth: usize, rows: &mut Vec<(String, String, String)>) {
    let entries = node.entries().map(|(key, value)| (String::from_utf8_lossy(&key).into_owned(), value));
    let items = (0..).zip(node.items()).map(|(place, value): (usize, Node)| (place.to_string(), value));
    for (key, value) in entries.chain(items) {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let uses: Vec<&Use> = used.iter().filter(|u| u.at == value).collect();
        let mut row = |what: &str, why: &str| rows.push((path.clone(), what.to_owned(), why.to_owned()));
        if let Some(first) = uses.first() {
            let mut what: Vec<&str> = uses.iter().map(|u| u.what).collect();
            what.dedup();
            row(&what.join(", "), first.why);
        } else if depth > 0 && used.iter().any(|u| is_inside(u.at, value)) {
            self::rows(value, &path, used, depth - 1, rows);
        } else if names::is_verdict(key.as_bytes()) {
            row("left over", "a label or score that somebody gave: never shown as part of a case");
        } else if value.kind() == Kind::Null {
            row("left over", "null");
        } else {
            row("left over", "its name means no part, or a better one was found");
        }
    }
}

fn is_inside(inner: Node, outer: Node) -> bool {
    let (inner, outer) = (inner.raw().as_ptr_range(), outer.raw().as_ptr_range());
    outer.start < inner.start && inner.end < outer.end
}
