//! Which colour and attribute each role on the screen has. The only place that names colours.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Transcript text.
    Text,
    /// What one reads only when looking for it.
    Dim,
    /// The rule and title of a pane.
    Title,
    /// The rule and title of the pane that takes motions.
    Focused,
    /// The heading of a turn.
    Heading,
    /// A token for a hidden character.
    Hidden,
    /// A mark that raises no alarm: a tab, a joiner between emoji.
    Quiet,
    /// A key in the key bar.
    Key,
    /// The label that the open case has.
    Chosen,
    /// The open case's number.
    Number,
    /// A confirmation.
    Saved,
    /// Something asks for attention.
    Warning,
    /// Something could not be done.
    Failure,
    /// The selected row of a list, and the cell of a cursor.
    Selected,
}

/// Colours, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used besides attributes. Every meaning has a letter, a shape or an attribute too.
    pub colour: bool,
}

impl Theme {
    pub(super) fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let coloured = |colour: Color| if self.colour { plain.fg(colour) } else { plain };
        match role {
            Role::Text => plain,
            Role::Dim | Role::Title | Role::Quiet => plain.add_modifier(Modifier::DIM),
            Role::Focused | Role::Heading => coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Role::Key => coloured(Color::Cyan),
            Role::Hidden | Role::Number => coloured(Color::Cyan).add_modifier(Modifier::REVERSED),
            Role::Chosen => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Saved => coloured(Color::Green).add_modifier(Modifier::BOLD),
            Role::Warning => coloured(Color::Yellow),
            Role::Selected => plain.add_modifier(Modifier::REVERSED),
            Role::Failure => coloured(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        }
    }
}
