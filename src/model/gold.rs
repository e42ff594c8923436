//! Known answers beside an annotator's labels: how many are right, and how sure that is. Knows no file and shows nothing; who labels
//! never sees it.

use std::collections::BTreeMap;

use super::case::CaseId;
use super::labels::Labels;

/// The known label of each gold item, by the id of its case.
pub type Answers = BTreeMap<CaseId, String>;

/// How an annotator's first readings stand to the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many gold items have the label that is known.
    pub right: usize,
    /// Those that have another: the id, what was said, what is known.
    pub wrong: Vec<(CaseId, String, String)>,
    /// How many have no label.
    pub open: usize,
}

impl Score {
    /// Compares.
    #[must_use]
    pub fn of(labels: &Labels, answers: &Answers) -> Self {
        let mut score = Self::default();
        for (id, known) in answers {
            match labels.newest_label(id.key()).and_then(|state| state.label.clone()) {
                None => score.open += 1,
                Some(said) if said == *known => score.right += 1,
                Some(said) => score.wrong.push((id.clone(), said, known.clone())),
            }
        }
        score
    }

    /// How many gold items have a label.
    #[must_use]
    pub fn labelled(&self) -> usize {
        self.right + self.wrong.len()
    }

    /// The share that is right and its 95 % interval after Wilson (1927). Nothing where nothing was labelled.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&self) -> Option<(f64, f64, f64)> {
        const Z: f64 = 1.959_963_984_540_054;
        let n = self.labelled() as f64;
        if self.labelled() == 0 {
            return None;
        }
        let share = self.right as f64 / n;
        let (spread, scale) = (Z * Z / n, 1.0 + Z * Z / n);
        let middle = (share + spread / 2.0) / scale;
        let half = Z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt() / scale;
        Some((share, (middle - half).max(0.0), (middle + half).min(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Expected values are those of statsmodels' proportion_confint(method="wilson").
        let wrong = |count| vec![(CaseId::text(b"a"), String::new(), String::new()); count];
        for (right, of, low, high) in [
            (48, 338, 0.108_813_558_238_479_3, 0.183_255_926_736_027_28),
            (9, 10, 0.595_849_973_204_761_4, 0.982_123_786_904_927),
            (10, 10, 0.722_467_200_137_110_7, 1.0),
            (0, 1, 0.0, 0.793_450_685_622_762_6),
        ] {
            let score = Score { right, wrong: wrong(of - right), open: 3 };
            let (_, lower, upper) = score.share().unwrap_or_default();
            assert!((lower - low).abs() < 1e-9 && (upper - high).abs() < 1e-9, "{right} of {of}: {lower} {upper}");
        }
        assert_eq!(Score::default().share(), None);
    }
}
