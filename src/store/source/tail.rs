//! The last case of a file, read from its end: what an index needs minutes for on a slow disk is there at once. Which line it is nobody
//! knows then.

use std::io;

use super::Source;
use crate::model::case::{Case, FileNo, Origin};
use crate::store::shape;
use crate::store::skim::{Line, Skim, skim};

/// What is read first, and how much is read at most: where no case begins in that, the index has to come to it.
const FIRST: u64 = 64 * 1024;
const MOST: u64 = 16 * 1024 * 1024;

impl Source {
    /// The last case that stands in the file now; its line is 0. Nothing where none begins near the end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last(&self, file: FileNo) -> io::Result<Option<Case>> {
        let size = self.metadata()?.len();
        let mut reach = FIRST;
        loop {
            let from = size.saturating_sub(reach);
            let mut bytes = vec![0; usize::try_from(size - from).unwrap_or_default()];
            let len = self.fill(from, &mut bytes)?;
            bytes.truncate(len);
            if let Some(case) = self.last_in(&bytes, from, file) {
                return Ok(Some(case));
            }
            if from == 0 || reach >= MOST {
                return Ok(None);
            }
            reach *= 4;
        }
    }

    /// The last case among the lines that begin in these bytes, the first of which stands at `from`.
    fn last_in(&self, bytes: &[u8], from: u64, file: FileNo) -> Option<Case> {
        let mut end = bytes.len();
        loop {
            let newline = memchr::memrchr(b'\n', &bytes[..end]);
            if newline.is_none() && from > 0 {
                return None;
            }
            let start = newline.map_or(0, |at| at + 1);
            let line = &bytes[start..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if let Line::Object(Skim { object, marks, .. }) = skim(line, 0) {
                let object = &line[object.start as usize..object.end as usize];
                let (offset, len) = (from + start as u64, u32::try_from(line.len()).unwrap_or(u32::MAX));
                let origin = Origin { file, line: 0, offset, len, sub: 0 };
                let last = shape::read(object, line, origin, &self.name, &marks).cases.pop();
                if last.is_some() {
                    return last;
                }
            }
            end = newline?;
        }
    }
}
