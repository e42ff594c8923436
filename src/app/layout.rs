//! From the window and what is to be shown to areas. Pure arithmetic: nothing here reads a case or draws a cell.

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column, from 0.
    pub x: u16,
    /// The first row, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The window in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Window {
    /// The smallest window in which cases can be read and labelled.
    pub const SMALLEST: Self = Self { columns: 40, rows: 10 };
    /// From so many columns on, scratchpad and answer stand side by side.
    pub const WIDE: u16 = 140;
    /// From so many columns on, the list of cases can stand beside the panes.
    pub const DOCKED: u16 = 120;
    /// From so many columns on, what is looked up in the codebook on top stands beside the case.
    pub const BESIDE: u16 = 120;
    /// From so many columns on, the codebook can stand beside the panes as a third column.
    pub const THIRD: u16 = 200;

    /// Whether cases can be read in it.
    #[must_use]
    pub fn is_usable(self) -> bool {
        self.columns >= Self::SMALLEST.columns && self.rows >= Self::SMALLEST.rows
    }
}

/// The three panes of the reader, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// What the model was asked.
    Prompt,
    /// What it thought in private.
    Scratchpad,
    /// What it said.
    Answer,
}

impl Pane {
    /// All panes in reading order.
    pub const ALL: [Self; 3] = [Self::Prompt, Self::Scratchpad, Self::Answer];

    /// The pane's title.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prompt => "Prompt",
            Self::Scratchpad => "Scratchpad",
            Self::Answer => "Answer",
        }
    }

    /// The pane's place in reading order.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The longest row of text, in cells: longer ones tire the eye.
const LONGEST_ROW: u16 = 100;
/// A window with so few rows keeps none of them free.
const LEAST_ROWS: u16 = 16;
/// A focused part leaves the others so many rows once one reads in it.
const LEFT_TO_OTHERS: u16 = 2;

/// What each pane would like to show.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// Rows of text of each pane at its width; `None` for a part the data does not have.
    pub rows: [Option<usize>; 3],
    /// The focused pane.
    pub focus: Pane,
    /// Whether one has scrolled in the focused pane.
    pub reading: bool,
    /// Whether the focused pane is zoomed.
    pub zoom: bool,
    /// Rows to be kept free above the key bar.
    pub foot: u16,
}

/// Where one pane stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaneArea {
    /// Its title row.
    pub title: Area,
    /// Its text; may have no rows.
    pub body: Area,
}

/// Where everything on the review screen stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first row.
    pub status: Area,
    /// The panes, by [`Pane::index`].
    pub panes: [PaneArea; 3],
    /// The scratchpad's end, right under a short answer, in a wide window.
    pub aside: Option<PaneArea>,
    /// The rows above the key bar that were kept free.
    pub foot: Area,
    /// The key bar.
    pub keys: Area,
    /// The last row.
    pub notice: Area,
    /// The column between two panes that stand side by side.
    pub border: Option<Area>,
    /// The list of cases at the left of the panes, its title and its border included.
    pub dock: Option<Area>,
    /// The codebook at the right of the panes, its title and its border included.
    pub codebook: Option<Area>,
}

impl Layout {
    /// Makes room for the list at the left and for the codebook at the right, which have so many columns: the panes were laid out
    /// in what they leave of this window.
    pub(super) fn beside(&mut self, window: Window, left: u16, right: u16) {
        let shift = |area: &mut Area| area.x += left;
        for pane in self.panes.iter_mut().chain(&mut self.aside) {
            shift(&mut pane.title);
            shift(&mut pane.body);
        }
        self.border.iter_mut().for_each(shift);
        for row in [&mut self.status, &mut self.foot, &mut self.keys, &mut self.notice] {
            row.width = window.columns;
        }
        let column = |x, width| Area { x, y: 1, width, height: self.foot.y.saturating_sub(1) };
        self.dock = (left > 0).then(|| column(0, left));
        self.codebook = (right > 0).then(|| column(window.columns - right, right));
    }
}

/// The columns of the codebook beside the case: a border, the sign of an entry, and fifty cells of text between two margins.
pub(super) const CODEBOOK: u16 = 54;

/// The columns of the docked list with its border; none where there is no room for it.
#[must_use]
pub fn dock(window: Window) -> u16 {
    // In the narrowest such window the panes keep the 80 columns of a terminal.
    if window.columns < Window::DOCKED { 0 } else { (window.columns / 3).clamp(40, 54) }
}

/// The width of each pane's text in cells; `absent` says which parts the data does not have.
#[must_use]
pub fn widths(window: Window, absent: [bool; 3]) -> [u16; 3] {
    let text = |columns: u16| columns.saturating_sub(2).clamp(1, LONGEST_ROW);
    let full = text(window.columns);
    if !side_by_side(window, absent) {
        return [full; 3];
    }
    let (left, right) = columns(window);
    [full, text(left), text(right)]
}

fn side_by_side(window: Window, absent: [bool; 3]) -> bool {
    window.columns >= Window::WIDE && !absent[1] && !absent[2]
}

fn columns(window: Window) -> (u16, u16) {
    let left = window.columns.saturating_sub(1) / 2;
    (left, window.columns.saturating_sub(left + 1))
}

/// Gives every pane its area.
#[must_use]
pub fn layout(window: Window, needs: &Needs) -> Layout {
    let row = |y: u16| Area { x: 0, y, width: window.columns, height: 1 };
    let mut layout = Layout {
        status: row(0),
        keys: row(window.rows.saturating_sub(2)),
        notice: row(window.rows.saturating_sub(1)),
        ..Layout::default()
    };
    // In a low window the case comes first.
    let foot = needs.foot.min(window.rows.saturating_sub(LEAST_ROWS));
    layout.foot = Area { y: window.rows.saturating_sub(2 + foot), height: foot, ..row(0) };
    let room = window.rows.saturating_sub(3 + foot);
    let absent = needs.rows.map(|r| r.is_none());
    if side_by_side(window, absent) && !needs.zoom {
        beside(window, needs, room, &mut layout);
    } else {
        stacked(window, needs, room, &mut layout);
    }
    layout
}

/// All panes below each other.
fn stacked(window: Window, needs: &Needs, room: u16, layout: &mut Layout) {
    let heights = heights(needs, room.saturating_sub(3));
    let mut y = 1;
    for pane in Pane::ALL {
        let height = heights[pane.index()];
        layout.panes[pane.index()] = PaneArea {
            title: Area { x: 0, y, width: window.columns, height: 1 },
            body: Area { x: 0, y: y + 1, width: window.columns, height },
        };
        y += 1 + height;
    }
}

/// The prompt across the top, scratchpad left, answer right.
fn beside(window: Window, needs: &Needs, room: u16, layout: &mut Layout) {
    let want = |pane: Pane| rows(needs, pane);
    let (left, right) = columns(window);
    let prompt_most = if needs.reading && needs.focus == Pane::Prompt {
        room.saturating_sub(2 + LEFT_TO_OTHERS)
    } else if needs.reading {
        LEFT_TO_OTHERS
    } else {
        (room / 4).max(3)
    };
    let prompt = want(Pane::Prompt).min(prompt_most);
    let height = room.saturating_sub(prompt + 2);
    let y = 2 + prompt;
    let area = |x, y, width, height| Area { x, y, width, height };
    layout.panes[0] = PaneArea { title: area(0, 1, window.columns, 1), body: area(0, 2, window.columns, prompt) };
    layout.panes[1] = PaneArea { title: area(0, y, left, 1), body: area(0, y + 1, left, height) };
    let x = left + 1;
    layout.border = Some(area(left, y, 1, height + 1));
    // The decision of a scratchpad stands at its end: while it does not fit, its last rows stand where the answer leaves room.
    const LEAST_ASIDE: u16 = 6;
    let answer = want(Pane::Answer).max(1);
    let spare = height.saturating_sub(answer + 2);
    if want(Pane::Scratchpad) > height && spare >= LEAST_ASIDE {
        let end = spare.min(want(Pane::Scratchpad));
        layout.panes[2] = PaneArea { title: area(x, y, right, 1), body: area(x, y + 1, right, height - end - 1) };
        let below = y + 1 + height - end - 1;
        layout.aside = Some(PaneArea { title: area(x, below, right, 1), body: area(x, below + 1, right, end) });
    } else {
        layout.panes[2] = PaneArea { title: area(x, y, right, 1), body: area(x, y + 1, right, height) };
    }
}

/// The rows a pane needs: none for an absent part, one that says so for an empty one.
fn rows(needs: &Needs, pane: Pane) -> u16 {
    needs.rows[pane.index()].map_or(0, |rows| u16::try_from(rows.max(1)).unwrap_or(u16::MAX))
}

/// The heights of three panes below each other in `room` rows (titles not counted).
fn heights(needs: &Needs, room: u16) -> [u16; 3] {
    let want = Pane::ALL.map(|pane| rows(needs, pane));
    if needs.zoom {
        return Pane::ALL.map(|pane| if pane == needs.focus { room.min(want[pane.index()].max(1)) } else { 0 });
    }
    if want.iter().map(|w| u32::from(*w)).sum::<u32>() <= u32::from(room) {
        return want;
    }
    if needs.reading {
        // In a very low window the text one reads comes first.
        let left = LEFT_TO_OTHERS.min(room.saturating_sub(3) / 3);
        let mut heights = want.map(|w| w.min(left));
        heights[needs.focus.index()] = 0;
        let others: u16 = heights.iter().sum();
        heights[needs.focus.index()] = want[needs.focus.index()].min(room.saturating_sub(others));
        return fill(heights, want, room);
    }
    let mut heights = [0; 3];
    heights[0] = want[0].min((room / 5).max(1));
    heights[2] = want[2].min((room * 3 / 10).max(1));
    heights[1] = want[1].min(room.saturating_sub(heights[0] + heights[2]));
    fill(heights, want, room)
}

/// Gives rows that are left over to those who still want some: the answer first, then the prompt, then the scratchpad.
fn fill(mut heights: [u16; 3], want: [u16; 3], room: u16) -> [u16; 3] {
    for pane in [2, 0, 1] {
        let left = room.saturating_sub(heights.iter().sum());
        heights[pane] += left.min(want[pane] - heights[pane]);
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    const SSH: Window = Window { columns: 80, rows: 24 };

    fn needs(rows: [Option<usize>; 3]) -> Needs {
        Needs { rows, focus: Pane::Scratchpad, reading: false, zoom: false, foot: 0 }
    }

    fn bodies(layout: &Layout) -> [u16; 3] {
        layout.panes.map(|p| p.body.height)
    }

    #[test]
    fn what_fits_is_shown_whole_and_the_rest_stays_blank() {
        let layout = layout(SSH, &needs([Some(2), Some(5), Some(4)]));
        assert_eq!(bodies(&layout), [2, 5, 4]);
        assert_eq!(layout.notice.y, 23);
    }

    #[test]
    fn a_long_scratchpad_gets_most_of_the_room_and_all_but_two_rows_each_once_read() {
        let mut needs = needs([Some(30), Some(99), Some(30)]);
        assert_eq!(bodies(&layout(SSH, &needs)), [3, 10, 5]);
        needs.reading = true;
        assert_eq!(bodies(&layout(SSH, &needs)), [2, 14, 2]);
    }

    #[test]
    fn in_the_lowest_window_there_is_room_to_read() {
        let mut needs = needs([Some(2), Some(10), Some(4)]);
        needs.reading = true;
        assert_eq!(bodies(&layout(Window::SMALLEST, &needs)), [0, 4, 0]);
    }

    #[test]
    fn absent_parts_keep_their_title_and_empty_ones_say_so() {
        let layout = layout(SSH, &needs([Some(3), None, Some(0)]));
        assert_eq!(bodies(&layout), [3, 0, 1]);
        assert_eq!(layout.panes[1].title.y, 5);
    }

    #[test]
    fn every_window_and_every_need_stays_inside_the_window() {
        for columns in [40, 80, 139, 140, 160, 200, 1000] {
            for rows in [10, 11, 24, 48, 500] {
                for want in [None, Some(0), Some(1), Some(7), Some(100_000)] {
                    for other in [None, Some(0), Some(3), Some(40)] {
                        for (focus, reading, zoom) in
                            [(Pane::Prompt, true, false), (Pane::Scratchpad, false, false), (Pane::Answer, true, true)]
                        {
                            let window = Window { columns, rows };
                            let needs = Needs { rows: [other, want, other], focus, reading, zoom, foot: columns % 3 };
                            let layout = layout(window, &needs);
                            if !needs.reading && needs.rows[2].is_some() {
                                // Nobody can label a case without a row of its answer having been on the screen.
                                assert!(layout.panes[2].body.height > 0, "{window:?} {needs:?} {layout:?}");
                            }
                            assert!(layout.foot.y + layout.foot.height == rows - 2);
                            let areas = layout.panes.iter().chain(&layout.aside).flat_map(|p| [p.title, p.body]);
                            for area in areas {
                                assert!(area.y + area.height <= layout.foot.y, "{window:?} {needs:?} {layout:?}");
                                assert!(area.x + area.width <= columns, "{window:?} {needs:?} {layout:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_short_answer_has_the_scratchpads_end_below_it_in_a_wide_window() {
        let window = Window { columns: 160, rows: 48 };
        let layout = layout(window, &needs([Some(3), Some(99), Some(4)]));
        assert!(layout.aside.is_some_and(|a| a.body.height >= 20));
        assert_eq!(widths(window, [false; 3]), [100, 77, 78]);
    }
}
