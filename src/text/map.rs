//! Which place in a cleaned text is which in its source, and back. Knows offsets only, never text.

/// Where the two texts are not byte for byte the same. Between the seams they run in step, so plain text costs nothing.
///
/// Offsets are kept in 32 bits: a case is far below 4 GiB, and a text full of seams then costs 16 bytes for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    seams: Vec<Seam>,
}

#[derive(Clone, Copy, Debug)]
struct Seam {
    clean: u32,
    clean_end: u32,
    source: u32,
    source_end: u32,
}

impl Map {
    /// Notes that the source range stands as the clean range. Seams come in order.
    pub(super) fn note(&mut self, source: std::ops::Range<usize>, clean: std::ops::Range<usize>) {
        self.seams.push(Seam {
            clean: short(clean.start),
            clean_end: short(clean.end),
            source: short(source.start),
            source_end: short(source.end),
        });
    }

    /// The source offset of a clean one; inside a seam, where the seam's source begins.
    pub(super) fn source_of(&self, at: usize) -> usize {
        let before = self.seams.partition_point(|seam| seam.clean as usize <= at);
        match before.checked_sub(1).map(|i| self.seams[i]) {
            Some(seam) if at < seam.clean_end as usize => seam.source as usize,
            Some(seam) => seam.source_end as usize + (at - seam.clean_end as usize),
            None => at,
        }
    }

    /// The clean offset of a source one; inside a seam, where the seam's clean text begins.
    pub(super) fn clean_of(&self, at: usize) -> usize {
        let before = self.seams.partition_point(|seam| seam.source as usize <= at);
        match before.checked_sub(1).map(|i| self.seams[i]) {
            Some(seam) if at < seam.source_end as usize => seam.clean as usize,
            Some(seam) => seam.clean_end as usize + (at - seam.source_end as usize),
            None => at,
        }
    }
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seams_are_crossed_in_both_directions() {
        // source: a ESC b CR LF c        clean: a ␛(3 bytes) b LF c
        let mut map = Map::default();
        map.note(1..2, 1..4);
        map.note(3..5, 5..6);
        let source: Vec<usize> = (0..=7).map(|at| map.source_of(at)).collect();
        assert_eq!(source, [0, 1, 1, 1, 2, 3, 5, 6]);
        let clean: Vec<usize> = (0..=6).map(|at| map.clean_of(at)).collect();
        assert_eq!(clean, [0, 1, 4, 5, 5, 6, 7]);
    }
}
