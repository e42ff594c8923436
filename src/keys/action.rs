//! Everything a key can do, one row each: the word in keymaps, the sentence in help, and the group it stands in.
//!
//! The table is the whole list; the enum, its names and the order of the help are made from it. What an action *does*
//! is decided elsewhere: this file never acts.

use std::fmt;

/// The headings of the help and of the README's table, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Group {
    /// Deciding, and taking it back.
    Deciding,
    /// From case to case.
    Cases,
    /// Through the text of a case.
    Reading,
    /// From part to part and turn to turn.
    Parts,
    /// At what no part shows, at lists, and what one takes away.
    Closer,
    /// Questions and what else lies on top of the review screen.
    Overlay,
    /// The program itself.
    Program,
}

impl Group {
    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Deciding => "Deciding",
            Group::Cases => "Cases",
            Group::Reading => "Reading",
            Group::Parts => "Parts and turns",
            Group::Closer => "Looking closer",
            Group::Overlay => "On top of the screen",
            Group::Program => "The program",
        }
    }
}

macro_rules! actions {
    ($([$group:ident] $($variant:ident $name:literal $sentence:literal;)+)+) => {
        /// What a key press asks for.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Action {
            /// Give the label at this position in the codebook, counted from 0.
            Label(u8),
            $($(#[doc = $sentence] $variant,)+)+
        }

        impl Action {
            /// Every action but the labels, of which there are as many as the codebook has; in the order of the help.
            pub const ALL: &[Action] = &[$($(Action::$variant,)+)+];

            /// The word for it in a keymap. Labels are written with their position: `label 1` is the first.
            pub fn name(self) -> &'static str {
                match self {
                    Action::Label(_) => "label",
                    $($(Action::$variant => $name,)+)+
                }
            }

            /// What it does, in one sentence without its full stop.
            pub fn sentence(self) -> &'static str {
                match self {
                    Action::Label(_) => "Give the label, save it and go to the next unlabelled case",
                    $($(Action::$variant => $sentence,)+)+
                }
            }

            /// The heading under which help lists it.
            pub fn group(self) -> Group {
                match self {
                    Action::Label(_) => Group::Deciding,
                    $($(Action::$variant)|+ => Group::$group,)+
                }
            }
        }
    };
}

actions! {
    [Deciding]
        Skip               "skip"                "Give no label and put the case at the back of the queue";
        BackToDecided      "back-to-decided"     "Go back to the case just decided, its label kept";
        Undo               "undo"                "Take back the last decision and go there, any number of times";
        Redo               "redo"                "Restore the decision just taken back";
        Doubt              "doubt"               "Say how sure you are: sure, likely, coin-flip";
        Flags              "flags"               "Set flags: remarks of one word";
        Note               "note"                "Write a note";
        Unlabel            "unlabel"             "Take the label away: the case waits for one again";
        Evidence           "evidence"            "Mark evidence by sentences: a criterion's letter saves it";
        EvidenceByCharacter "evidence-by-character" "Mark evidence by characters, words and rows";
        Criteria           "criteria"            "Judge the codebook's criteria one by one, and list the evidence";
    [Cases]
        NextCase           "next-case"           "Go to the next case";
        PreviousCase       "previous-case"       "Go to the previous case";
        NextUnlabelled     "next-unlabelled"     "Go to the next case without a label";
        PreviousUnlabelled "previous-unlabelled" "Go to the previous case without a label";
        FirstCase          "first-case"          "Go to the first case";
        LastCase           "last-case"           "Go to the last case";
        List               "list"                "Show the cases as a list";
        NewCases           "new-cases"           "Go to the first case that is new to you";
        Follow             "follow"              "Look at once for what has been written";
        SecondLook         "second-look"         "In the list: only the cases that you are unsure of, or all again";
    [Reading]
        ReadOn             "read-on"             "Read on: the next page, then the next part, up to the end of the case";
        ReadBack           "read-back"           "Read back, the other way";
        HalfPageDown       "half-page-down"      "Go half a page down";
        HalfPageUp         "half-page-up"        "Go half a page up";
        LineDown           "line-down"           "Go one row down";
        LineUp             "line-up"             "Go one row up";
        PartStart          "part-start"          "Go to the start of the part";
        PartEnd            "part-end"            "Go to the end of the part";
        NextDecision       "next-decision"       "Go to the next place where something is decided";
        PreviousDecision   "previous-decision"   "Go to the place before where something is decided";
        NextMark           "next-mark"           "Go to the next mark of any kind";
        Search             "search"              "Search in the case: words, or a /pattern";
        NextHit            "next-hit"            "Go to the next place that was found";
        PreviousHit        "previous-hit"        "Go to the place before that was found";
        EndSearch          "end-search"          "Show no longer what was found";
        WrapAll            "wrap-all"            "Wrap rows of tables and code too, or cut them at the edge";
        UnfoldRepeats      "unfold-repeats"      "Show what all cases of the run share, or fold it again";
    [Parts]
        NextPart           "next-part"           "Go to the next part";
        PreviousPart       "previous-part"       "Go to the previous part";
        ZoomPart           "zoom-part"           "Give the part the whole screen, or make it small again";
        NextTurn           "next-turn"           "Go to the next turn";
        PreviousTurn       "previous-turn"       "Go to the previous turn";
        Outline            "outline"             "Show the turns as a list";
    [Closer]
        Codebook           "codebook"            "Show what labels, criteria and flags mean, beside the case where there is room";
        Details            "details"             "Show the fields that no pane shows";
        Source             "source"              "Show the case's source, its JSON";
        Reveal             "reveal"              "In blind work: show what is hidden of this case, after a question; it is recorded";
        Copy               "copy"                "Copy the id, a part, the case or its JSON to the terminal's clipboard";
        Pair               "pair"                "Show the same prompt's other condition beside this case";
        Problems           "problems"            "List what was wrong with the data, line by line";
    [Overlay]
        Close              "close"               "Close what lies on top";
        Accept             "accept"              "Take what is chosen or typed";
        Complete           "complete"            "Complete the word that is typed";
        NewLine            "new-line"            "Begin a new line in a note";
        Unfold             "unfold"              "Unfold the row";
        Fold               "fold"                "Fold the row, or go to the one around it";
        MarkDown           "mark-down"           "Marking evidence: go to the next sentence, or a row down";
        MarkUp             "mark-up"             "Marking evidence: go to the sentence before, or a row up";
        MarkRight          "mark-right"          "Marking evidence: go to the next character";
        MarkLeft           "mark-left"           "Marking evidence: go to the character before";
        MarkWord           "mark-word"           "Marking evidence: go to the next word";
        MarkWordBack       "mark-word-back"      "Marking evidence: go to the word before";
        LongerDown         "longer-down"         "Marking evidence: choose up to the next sentence or row";
        LongerUp           "longer-up"           "Marking evidence: choose back to the sentence or row before";
        LongerRight        "longer-right"        "Marking evidence: choose up to the next character";
        LongerLeft         "longer-left"         "Marking evidence: choose back to the character before";
        LongerWord         "longer-word"         "Marking evidence: choose up to the next word";
        LongerWordBack     "longer-word-back"    "Marking evidence: choose back to the word before";
        TakeAway           "take-away"           "Take away the evidence one stands on";
        Yes                "yes"                 "Answer the question with yes";
        No                 "no"                  "Answer the question with no";
    [Program]
        Command            "command"             "Type a command: the name of an action, a case's number or its id";
        Help               "help"                "Show the keys for here and now";
        Pace               "pace"                "Show how fast the work goes on, or no longer";
        Cover              "cover"               "Empty the screen at once; any key shows it again";
        Redraw             "redraw"              "Draw the screen anew";
        Suspend            "suspend"             "Go back to the shell; fg comes back";
        Cancel             "cancel"              "Stop what runs";
        Quit               "quit"                "Quit; every decision is saved already";
}

impl Action {
    /// Reads the word of a keymap: `next-case`, `label 1`.
    pub fn named(word: &str) -> Option<Action> {
        let position =
            word.strip_prefix("label ").and_then(|n| n.trim().parse::<u8>().ok()).and_then(|n| n.checked_sub(1));
        position.map(Action::Label).or_else(|| Action::ALL.iter().copied().find(|action| action.name() == word))
    }
}

/// The word of a keymap, from which [`Action::named`] gives the action back.
impl Action {
    /// Whether it changes what is recorded: such a key counts only when it was pressed alone, and not as a part of a paste. Labels
    /// have stricter rules of their own; leaving loses nothing.
    #[must_use]
    pub fn is_weighty(self) -> bool {
        matches!(self, Action::Skip | Action::Undo | Action::Redo | Action::Doubt | Action::Unlabel)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Label(n) => write!(f, "{} {}", self.name(), u16::from(*n) + 1),
            _ => f.write_str(self.name()),
        }
    }
}
