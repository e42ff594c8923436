//! What a key does, in the few words of a notice, under the key that does it in the keymap at hand. Decides nothing.

use super::App;
use crate::keys::action::Action;
use crate::keys::keymap::Context;

impl App {
    /// `u takes it back`; `:undo takes it back` where no key of the review screen does that, and nothing where none asks for a
    /// command either.
    pub(super) fn hint(&self, action: Action, does: &str) -> Option<String> {
        let key = |action| self.keymap.keys_for(Context::Review, action).into_iter().next();
        let typed = || key(Action::Command).map(|_| format!(":{}", action.name()));
        Some(format!("{} {does}", key(action).or_else(typed)?))
    }

    /// A sentence, and the hints that there are behind it.
    pub(super) fn hinted<const N: usize>(&self, sentence: &str, hints: [(Action, &str); N]) -> String {
        let hints = hints.into_iter().filter_map(|(action, does)| self.hint(action, does));
        std::iter::once(sentence.to_owned()).chain(hints).collect::<Vec<_>>().join(" · ")
    }
}
