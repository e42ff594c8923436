//! Times and names for new records. Has no clock and no chance of its own: both come from outside.

use sha2::{Digest, Sha256};
use ulid::Ulid;

use super::record::Stamp;

/// Gives each new record a time after all earlier ones of its annotator, and an id that rises with it.
#[derive(Clone, Debug)]
pub struct Stamper {
    seed: u128,
    given: u64,
    last: Option<Stamp>,
}

impl Stamper {
    /// One seed gives one run of ids; two sessions must not share it.
    #[must_use]
    pub fn new(seed: u128) -> Self {
        Self { seed, given: 0, last: None }
    }

    /// The next record's time, its ULID, and what the clock said where that is not the time.
    ///
    /// `newest` is the annotator's greatest time so far. The time is `now`, or one millisecond after the newest where the clock
    /// is not past it; times given before count as well, since a record that could not be saved yet is in no journal.
    pub fn stamp(&mut self, now: Stamp, newest: Stamp) -> (Stamp, String, Option<Stamp>) {
        let floor = self.last.map_or(newest, |last| last.max(newest)).saturating_add(1);
        let ts = now.max(floor);
        self.last = Some(ts);
        (ts, self.ulid(ts).to_string(), (ts != now).then_some(now))
    }

    /// The time fills 48 bits, the other 80 are a hash of seed and count: as good as random to everybody without the seed.
    fn ulid(&mut self, ts: Stamp) -> Ulid {
        let digest =
            Sha256::new().chain_update(self.seed.to_le_bytes()).chain_update(self.given.to_le_bytes()).finalize();
        self.given += 1;
        let random = digest.iter().take(10).fold(0, |bits: u128, byte| bits << 8 | u128::from(*byte));
        Ulid::from_parts(u64::try_from(ts).unwrap_or(0), random)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn time_never_goes_back_and_ids_rise_with_it() {
        let mut stamper = Stamper::new(7);
        let mut before = (Stamp::MIN, String::new());
        for (now, newest) in [(1_000, 0), (1_000, 1_000), (900, 1_001), (900, 0), (5_000, 0), (5_000, 9_000), (1, 2)] {
            let (ts, id, clock) = stamper.stamp(now, newest);
            assert!(ts > before.0 && ts > newest && ts >= now);
            assert!(id > before.1, "{id} after {}", before.1);
            assert_eq!(Ulid::from_string(&id).unwrap().timestamp_ms(), u64::try_from(ts).unwrap());
            assert_eq!(clock, (ts != now).then_some(now));
            before = (ts, id);
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(Stamper::new(1).stamp(5, 0), Stamper::new(1).stamp(5, 0));
        assert_ne!(Stamper::new(1).stamp(5, 0).1, Stamper::new(2).stamp(5, 0).1);
    }
}
