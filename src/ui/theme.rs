//! Which colour and attribute each role on the screen has: the closed list of roles, and themes as tables from role to style.
//!
//! A theme is data (`theme/*.toml`), and a user's `theme.toml` is a patch over one. Only here and below are colours named.

mod rows;

use ratatui::style::{Color, Modifier, Style};

/// The themes that come with the program, the default one first.
const EMBEDDED: [(&str, &str); 3] = [
    ("default", include_str!("theme/default.toml")),
    ("high-contrast", include_str!("theme/high-contrast.toml")),
    ("mono", include_str!("theme/mono.toml")),
];

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
    /// What blind work hides in a text.
    Masked,
    /// A mark in the text: training, monitoring and the like are spoken of.
    Topic,
    /// A mark in the text: something is decided.
    Decision,
    /// A place in the text that was searched for.
    Hit,
    /// The one of them on which one stands: the loudest thing in the text.
    HitHere,
    /// Text that was marked as evidence, and the letter at its edge.
    Evidence,
    /// The same where several marked places meet.
    EvidenceTwice,
    /// What one half of a pair has and the other has not.
    Difference,
    /// The row of a list on which one stands, and the text that is about to be marked.
    Selected,
    /// A key in the key bar, and the sign of a case that is new.
    Key,
    /// The label that the open case has.
    Chosen,
    /// A label of which its annotator is not sure.
    Doubt,
    /// The open case's number.
    Number,
    /// A line that teaches a key.
    Hint,
    /// A confirmation.
    Saved,
    /// Something asks for attention.
    Warning,
    /// Something could not be done.
    Failure,
}

impl Role {
    /// All of them, each at the place of its style in a theme.
    const ALL: [Role; 24] = [
        Role::Text,
        Role::Dim,
        Role::Title,
        Role::Focused,
        Role::Heading,
        Role::Hidden,
        Role::Quiet,
        Role::Masked,
        Role::Topic,
        Role::Decision,
        Role::Hit,
        Role::HitHere,
        Role::Evidence,
        Role::EvidenceTwice,
        Role::Difference,
        Role::Selected,
        Role::Key,
        Role::Chosen,
        Role::Doubt,
        Role::Number,
        Role::Hint,
        Role::Saved,
        Role::Warning,
        Role::Failure,
    ];

    /// The name of its row in a theme.
    fn name(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Dim => "dim",
            Role::Title => "title",
            Role::Focused => "focused",
            Role::Heading => "heading",
            Role::Hidden => "hidden",
            Role::Quiet => "quiet",
            Role::Masked => "masked",
            Role::Topic => "topic",
            Role::Decision => "decision",
            Role::Hit => "hit",
            Role::HitHere => "hit-here",
            Role::Evidence => "evidence",
            Role::EvidenceTwice => "evidence-twice",
            Role::Difference => "difference",
            Role::Selected => "selected",
            Role::Key => "key",
            Role::Chosen => "chosen",
            Role::Doubt => "doubt",
            Role::Number => "number",
            Role::Hint => "hint",
            Role::Saved => "saved",
            Role::Warning => "warning",
            Role::Failure => "failure",
        }
    }
}

/// The style of every role. Every meaning has a letter, a shape or an attribute besides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme([Style; Role::ALL.len()]);

impl Default for Theme {
    fn default() -> Self {
        let [(file, text), ..] = EMBEDDED;
        Self::read(text, file).0
    }
}

impl Theme {
    /// The names of the themes there are, the default one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        EMBEDDED.iter().find(|(known, _)| *known == name).map(|(file, text)| Self::read(text, file).0)
    }

    /// This theme with the rows of a `theme.toml` in place of its own; `file` is what faults call it.
    ///
    /// # Errors
    /// All faults of the file, a sentence each.
    pub fn patched(self, text: &str, file: &str) -> Result<Self, Vec<String>> {
        let (rows, faults) = rows::read(text, file);
        if faults.is_empty() { Ok(self.with(&rows)) } else { Err(faults) }
    }

    /// The same without colours. What had a background of its own is reversed, since it was meant to stand out as a block, and what
    /// was told by its colour alone has the attributes of the theme `mono`.
    #[must_use]
    pub fn without_colours(self) -> Self {
        let mono = Self::named("mono").unwrap_or(self);
        let coloured = |colour: Option<Color>| colour.is_some_and(|colour| colour != Color::Reset);
        let mut bare = self;
        for (style, mono) in bare.0.iter_mut().zip(mono.0) {
            let attributes = match (coloured(style.bg), style.add_modifier) {
                (true, attributes) => attributes | Modifier::REVERSED,
                (false, attributes) if attributes.is_empty() && coloured(style.fg) => mono.add_modifier,
                (false, attributes) => attributes,
            };
            *style = rows::style(Color::Reset, Color::Reset, attributes);
        }
        bare
    }

    pub(super) fn style(&self, role: Role) -> Style {
        self.0[role as usize]
    }

    /// One of our own files, with what is wrong with it. A role that has no row would be plain.
    fn read(text: &str, file: &str) -> (Self, Vec<String>) {
        let plain = rows::style(Color::Reset, Color::Reset, Modifier::empty());
        let (rows, mut faults) = rows::read(text, file);
        let lacks = |role: &&Role| !rows.iter().any(|(known, _)| known == *role);
        faults.extend(Role::ALL.iter().filter(lacks).map(|role| format!("{file}: {} has no row", role.name())));
        (Self([plain; Role::ALL.len()]).with(&rows), faults)
    }

    fn with(mut self, rows: &[(Role, Style)]) -> Self {
        for (role, style) in rows {
            self.0[*role as usize] = *style;
        }
        self
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    /// Roles that stand side by side, so that a style has to tell them apart where there is no colour.
    const NEIGHBOURS: [&[Role]; 6] = [
        &[
            Role::Text,
            Role::Hidden,
            Role::Masked,
            Role::Topic,
            Role::Decision,
            Role::Hit,
            Role::HitHere,
            Role::Evidence,
            Role::EvidenceTwice,
        ],
        &[Role::Text, Role::Hidden, Role::Difference],
        &[Role::Text, Role::Selected],
        &[Role::Text, Role::Doubt, Role::Chosen],
        &[Role::Text, Role::Number],
        &[Role::Dim, Role::Warning, Role::Failure],
    ];

    #[test]
    fn every_role_has_its_place_and_every_theme_its_row() {
        for (place, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, place, "{role:?}");
        }
        for (name, text) in EMBEDDED {
            assert_eq!(Theme::read(text, name).1, [""; 0]);
            assert!(Theme::named(name).is_some() && Theme::names().any(|known| known == name));
        }
        assert_eq!(Theme::named("default"), Some(Theme::default()));
        assert_eq!(Theme::named("Default"), None);
        let (_, faults) = Theme::read("text = \"default\"", "short.toml");
        assert_eq!(faults.len(), Role::ALL.len() - 1, "a role that is left out is told of: {faults:?}");
    }

    #[test]
    fn neighbours_are_told_apart_without_colours() {
        for name in Theme::names() {
            let theme = Theme::named(name).unwrap().without_colours();
            for roles in NEIGHBOURS {
                for (at, one) in roles.iter().enumerate() {
                    for other in &roles[at + 1..] {
                        let told = theme.style(*one) != theme.style(*other);
                        // The high-contrast theme marks failures and warnings as blocks; they differ in their words.
                        assert!(told || [*one, *other] == [Role::Warning, Role::Failure], "{name}: {one:?} {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_colour_keeps_the_attributes_and_the_blocks() {
        let patched = Theme::default().patched("hit = \"black on yellow\"\nkey = \"red italic\"", "t").unwrap();
        for theme in Theme::names().filter_map(Theme::named).chain([patched]) {
            let bare = theme.without_colours();
            for role in Role::ALL {
                let (before, after) = (theme.style(role), bare.style(role));
                assert_eq!((after.fg, after.bg), (Some(Color::Reset), Some(Color::Reset)), "{role:?}");
                assert!(after.add_modifier.contains(before.add_modifier), "{role:?}");
            }
            assert_eq!(bare.without_colours(), bare);
        }
        let bare = patched.without_colours();
        assert_eq!(bare.style(Role::Hit).add_modifier, Modifier::REVERSED);
        assert_eq!(bare.style(Role::Key).add_modifier, Modifier::ITALIC);
    }

    #[test]
    fn each_theme_keeps_what_it_promises() {
        let style = |name: &str, role| Theme::named(name).unwrap().style(role);
        for role in Role::ALL {
            let usual = style("default", role);
            let faint = [Color::Black, Color::White, Color::Gray, Color::Yellow, Color::LightYellow].map(Some);
            assert!(
                !faint.contains(&usual.fg) && usual.bg == Some(Color::Reset),
                "{role:?} on a light or dark palette"
            );
            let strong = style("high-contrast", role);
            assert!(!strong.add_modifier.contains(Modifier::DIM), "{role:?}");
            assert_eq!(strong.fg == Some(Color::Reset), strong.bg == Some(Color::Reset), "{role:?}");
            let mono = style("mono", role);
            assert_eq!((mono.fg, mono.bg), (Some(Color::Reset), Some(Color::Reset)), "{role:?}");
        }
    }

    #[test]
    fn a_style_is_whole_whatever_was_drawn_there_before() {
        let mut cell = ratatui::buffer::Cell::EMPTY;
        let theme = Theme::default();
        cell.set_style(theme.style(Role::Failure)).set_style(theme.style(Role::Topic));
        assert_eq!((cell.fg, cell.bg, cell.modifier), (Color::Reset, Color::Reset, Modifier::UNDERLINED));
    }
}
