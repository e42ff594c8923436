//! The source of the open case: its JSON laid out as one page, read like any other. What it holds of labels and scores never comes
//! here.

use super::Overlay;
use super::help;
use crate::app::App;
use crate::app::layout::{self, Window};
use crate::app::page::{Page, Passage};
use crate::app::reader::{Motion, Reader};
use crate::keys::action::Action;
use crate::model::case::{CaseNo, RawHash};
use crate::text::clean::{Safe, clean};
use crate::text::number;

/// The source of one case.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which case.
    pub no: CaseNo,
    /// Its file and line.
    pub place: Safe,
    /// The page; without one the line is still being read.
    pub reader: Reader,
    /// The hash of the line that the case was read from.
    pub(in crate::app) raw: RawHash,
}

impl Source {
    /// Takes the JSON that was asked for; `whole` says whether it is all of it.
    pub(in crate::app) fn take(&mut self, text: &[u8], whole: bool) {
        let mut passages = vec![Passage { heading: None, clean: clean(text), ..Passage::default() }];
        if !whole {
            let words = format!("… the source goes on: these are its first {} bytes", number(text.len()));
            passages.push(Passage { heading: Some(Safe::line(words)), ..Passage::default() });
        }
        let mut page = Page::new(passages);
        page.wrap_all(true);
        self.reader = Reader::new(Some(page), false);
    }

    /// Lays the page out in this window, if it is not so already.
    pub(in crate::app) fn settle(&mut self, window: Window) {
        let [width, ..] = layout::widths(window, [true; 3]);
        self.reader.lay(width);
    }
}

impl App {
    /// The source of the open case, its text still to come.
    pub(in crate::app) fn source(&self) -> Option<Source> {
        let view = self.view.as_ref()?;
        let file = self.corpus.files().get(usize::from(view.case.origin.file.0))?;
        let place = Safe::line(format!("{}, line {}", file.name, view.case.origin.line));
        Some(Source { no: view.no, place, reader: Reader::default(), raw: view.case.raw })
    }

    pub(in crate::app) fn act_on_source(&mut self, action: Action) {
        if let Action::Close | Action::No | Action::Quit | Action::Cancel = action {
            return self.pop_overlay();
        }
        let window = self.window;
        if let (Some(Overlay::Source(source)), Some(motion)) = (self.overlays.last_mut(), Motion::of(action)) {
            // What was pressed before the first frame with the page moves in it, too.
            source.settle(window);
            source.reader.go(motion, help::page(window));
        }
    }
}
