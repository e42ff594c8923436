//! What somebody asked for who looks closer at a case: its line is read again and taken apart, or handed on as it stands.

use crate::app::{Closer, Event, Looked, Sight};
use crate::model::case::{CaseNo, Origin, RawHash};
use crate::store::fields::fields;
use crate::store::pretty::pretty;
use crate::store::skim::{Line, skim};
use crate::store::source::{Sources, Span};

/// So much of a source is laid out for people: nobody reads on behind it.
const MOST_SOURCE: usize = 4 << 20;

/// Reads the line of a case and takes from it what is wanted.
#[must_use]
pub fn look(sources: &Sources, no: CaseNo, origin: Origin, closer: Closer) -> Event {
    match read(sources, no, origin, closer) {
        Ok(looked) => Event::Looked(Box::new(looked)),
        Err(reason) => Event::NotLooked { no, closer, reason },
    }
}

fn read(sources: &Sources, no: CaseNo, origin: Origin, closer: Closer) -> Result<Looked, String> {
    let source = sources.get(origin.file).ok_or("its file is not open")?;
    let Origin { line, offset, len, sub, .. } = origin;
    let bytes = source.line(Span { offset, len, line, sub }).map_err(|e| e.to_string())?;
    let object = match skim(&bytes, line) {
        Line::Object(skim) => bytes.get(skim.object.start as usize..skim.object.end as usize).unwrap_or_default(),
        Line::Blank | Line::Bad(_) => return Err(format!("line {line} holds no case any more: the file was changed")),
    };
    let raw = RawHash::of(&bytes);
    let sight = match closer {
        Closer::Fields => Sight::Fields(fields(object, &bytes, sub, source.name())),
        Closer::Source => {
            let (text, whole) = pretty(object, MOST_SOURCE);
            Sight::Source { text, whole }
        }
        Closer::Line => Sight::Line(object.into()),
    };
    Ok(Looked { no, raw, sight })
}
