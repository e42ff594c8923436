//! Looking for a case's other half: first under the ids it may have, then among its neighbours, then through all cases in the
//! background. Says what was found; whoever is not to know it yet is told nothing more.

use std::sync::Arc;

use super::overlay::Overlay;
use super::overlay::pair::{Half, Other, Pair};
use super::{App, Effect, Tone, in_short};
use crate::keys::action::Action;
use crate::model::case::{CaseNo, Condition, ConditionKind, FileNo, Origin};
use crate::model::labels::Standing;
use crate::model::pair::other_ids;
use crate::model::terms::Hidden;
use crate::text::clean::Safe;
use crate::text::number;

/// A search for the other half of the open case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairing {
    /// Of this case.
    no: CaseNo,
    /// So many cases behind it were looked at, from the first again behind the last.
    looked: usize,
}

/// So many cases before and behind are looked at with the first ones: halves often stand side by side.
const NEIGHBOURS: u32 = 16;
/// So many cases bear one id at most that is asked for.
const BEARING: usize = 64;
/// So many cases are looked at between two words on how far it is.
const TOGETHER: usize = 500;
/// Nobody waits for more.
const MOST: usize = 200_000;
/// A longer line is not looked at on the way.
const LONG: u32 = 8 << 20;

/// Said where a label is not to be swayed by the other half.
const ONCE_LABELLED: &str = "the pair is shown once both halves are labelled";

impl App {
    pub(super) fn pair(&mut self) {
        let ready = self.ready();
        let Some(view) = self.view.as_ref().filter(|_| ready) else { return };
        if let Some(reason) = self.unnumbered() {
            return self.say(Tone::Warning, reason);
        }
        if self.waits_for_labels() && !self.is_labelled_here() {
            return self.say(Tone::Warning, ONCE_LABELLED);
        }
        if view.case.condition.kind == ConditionKind::Unknown {
            return self.say(Tone::Plain, "nothing says which condition this is: there is no other half to look for");
        }
        let no = view.no;
        let keys: Vec<u64> = other_ids(&view.case.id).iter().map(crate::model::case::CaseId::key).collect();
        let named = self.corpus.numbers().filter(|no| self.corpus.entry(*no).is_some_and(|e| keys.contains(&e.key())));
        let mut among: Vec<CaseNo> = named.take(BEARING).collect();
        let first = no.first_reading().0;
        let around = (1..=NEIGHBOURS).flat_map(|far| [first.checked_add(far), first.checked_sub(far)]);
        among.extend(around.flatten().map(CaseNo));
        self.pairing = Some(Pairing { no, looked: 0 });
        self.look_among(among, true);
    }

    /// Whether the other half must not be seen before both have their labels.
    fn waits_for_labels(&self) -> bool {
        let terms = &self.settings.terms;
        // In steps, the scratchpad is not shown before the answer is judged.
        terms.staged || [Hidden::Condition, Hidden::Peers].iter().any(|hidden| terms.blind.contains(hidden))
    }

    fn look_among(&mut self, among: Vec<CaseNo>, at_once: bool) {
        let Some(view) = &self.view else { return };
        let mut seen = std::collections::HashSet::from([view.no.first_reading()]);
        let place = |no: CaseNo| Some((no, self.corpus.origin(no)?));
        let among: Vec<(CaseNo, Origin)> = among.into_iter().filter(|no| seen.insert(*no)).filter_map(place).collect();
        let files: std::collections::HashSet<FileNo> =
            among.iter().map(|(_, origin)| origin.file).chain([view.case.origin.file]).collect();
        let shared = |file: FileNo| Some((file, self.shared.get(&file)?.clone()));
        let shared = files.into_iter().filter_map(shared).collect();
        let case = Box::new((view.case.clone(), view.shade.clone()));
        let veil = Arc::clone(&self.lens.veil);
        self.effects.push(Effect::Pair { no: view.no, case, veil, among, shared, at_once });
    }

    /// Some cases were looked at.
    pub(super) fn paired(&mut self, no: CaseNo, found: Option<Box<Other>>) {
        let here = self.view.as_ref().is_some_and(|view| view.no == no) && self.wanted.is_none();
        // Who has gone on, or stopped it, waits for nothing any more.
        let Some(mut pairing) = self.pairing.filter(|pairing| pairing.no == no && here) else { return };
        let all = self.corpus.len();
        let most = all.saturating_sub(1).min(MOST);
        if let Some(other) = found {
            self.pairing = None;
            return self.show_pair(*other);
        }
        if pairing.looked >= most {
            self.pairing = None;
            return self.say(Tone::Plain, self.nowhere(most));
        }
        let until = (pairing.looked + TOGETHER).min(most);
        let behind = |far: usize| u32::try_from((no.index() + far) % all).ok().map(CaseNo);
        let short = |no: &CaseNo| self.corpus.entry(*no).is_some_and(|entry| entry.bytes() < LONG);
        let among = (pairing.looked + 1..=until).filter_map(behind).filter(short).collect();
        if pairing.looked > 0 {
            let words = format!("looking for the other half: {} of {} cases", number(pairing.looked), number(most));
            self.say(Tone::Plain, self.hinted(&words, [(Action::Cancel, "stops")]));
        }
        pairing.looked = until;
        self.pairing = Some(pairing);
        self.look_among(among, false);
    }

    fn nowhere(&self, looked: usize) -> String {
        let so_far = if self.corpus.is_complete() { "" } else { " so far" };
        match self.corpus.len() {
            all if all > looked + 1 => format!("no other half among {} of {} cases", number(looked), number(all)),
            _ => format!("no case has the same words in the other condition{so_far}"),
        }
    }

    fn show_pair(&mut self, other: Other) {
        let standing = self.labels.standing(&other.case.id, &other.case.hash, &other.case.raw);
        let word = |standing: &Standing<'_>| match standing {
            Standing::Labelled(state) => {
                Some(Safe::line(self.label_word(state.label.as_deref().unwrap_or_default(), &state.flags)))
            }
            _ => None,
        };
        let (label, other_label) = (word(&self.standing()), word(&standing));
        if self.waits_for_labels() && (label.is_none() || other_label.is_none()) {
            return self.say(Tone::Warning, ONCE_LABELLED);
        }
        if !self.overlays.is_empty() {
            let found = self.hint(Action::Pair, "shows it").unwrap_or_default();
            return self.say(Tone::Plain, format!("the other half was found; {found}"));
        }
        let Some(view) = &self.view else { return };
        let named = |no: CaseNo, name: Safe| if self.hides(Hidden::Id) { self.case_number(Some(no)) } else { name };
        // Which of them is which stays hidden: that they differ is all that a pair has to say.
        let told = |condition: &Condition| (!self.hides_here(Hidden::Condition)).then(|| condition.clone());
        let this = Half { name: self.case_name(view), condition: told(&view.case.condition), label };
        let numbered = self.numbered.get(&(other.case.id.clone(), other.case.hash));
        let name = numbered.cloned().unwrap_or_else(|| in_short::id(&other.case.id));
        let that = Half { name: named(other.no, name), condition: told(&other.case.condition), label: other_label };
        self.say(Tone::Plain, "");
        self.push_overlay(Overlay::Pair(Box::new(Pair::new([this, that], other.parts))));
    }

    /// Stops looking. Says whether it was looked for.
    pub(super) fn stop_pairing(&mut self) -> bool {
        self.pairing.take().is_some()
    }
}
