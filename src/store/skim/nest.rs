//! Which objects and lists are open, one bit for each: a bomb of 200,000 brackets costs 25 kB. Knows nothing of what is in them.

/// What the innermost open bracket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Object,
    List,
}

/// A stack of bits. The innermost 64 levels stand in `word`, so that ordinary lines need no memory at all.
#[derive(Default)]
pub(super) struct Nest {
    depth: usize,
    word: u64,
    outer: Vec<u64>,
}

impl Nest {
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn top(&self) -> Option<Inside> {
        match (self.depth, self.word & 1) {
            (0, _) => None,
            (_, 1) => Some(Inside::Object),
            _ => Some(Inside::List),
        }
    }

    pub(super) fn push(&mut self, inside: Inside) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.word);
        }
        self.word = self.word << 1 | u64::from(inside == Inside::Object);
        self.depth += 1;
    }

    /// Closes the innermost level. There must be one.
    pub(super) fn pop(&mut self) {
        self.depth -= 1;
        self.word >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.word = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_comes_back_in_reverse() {
        let order =
            |level: usize| if level.is_multiple_of(3) || level % 7 == 2 { Inside::Object } else { Inside::List };
        let mut nest = Nest::default();
        assert_eq!(nest.top(), None);
        for level in 0..1000 {
            nest.push(order(level));
            assert_eq!((nest.depth(), nest.top()), (level + 1, Some(order(level))));
        }
        for level in (0..1000).rev() {
            assert_eq!(nest.top(), Some(order(level)), "level {level}");
            nest.pop();
        }
        assert_eq!(nest.top(), None);
    }
}
