//! The command line: what was asked for, and who does it. Reads no data and prints nothing but help; the errands that print
//! have a small file each.

mod check;
mod completions;
mod gold;
mod init;
mod keys;
mod man;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand, ValueHint};

use crate::keys::keymap::Shipped;
use crate::model::terms::{self, Asked, Hidden, Order};
use crate::ui::Theme;

/// The exit code for all is well.
const FINE: u8 = 0;
/// The exit code for what was done, with problems in the data that a person should look at.
const PROBLEMS: u8 = 1;
/// The exit code for wrong use, and for what could not be done at all.
pub const CANNOT_GO_ON: u8 = 2;

/// A row each: the command, two blanks or more, and what it is for.
const EXAMPLES: &str = "\
candor                            a practice run of fourteen invented cases
candor runs.jsonl                 read the cases of a run and label them
candor runs/                      all runs of a folder, as one queue
candor --as alice runs.jsonl      label as alice
candor --keymap vim runs.jsonl    with vim's keys; those of pager are less's
candor check runs/                how the files are read, and what is wrong with them
candor check --explain 3 a.jsonl  which key of the third case became which part
candor gold answers.jsonl runs/   labels beside those that are known
candor init runs/                 a codebook and terms of work beside the data, to be changed
candor init --gold runs/          the same, preset for gold labels
candor --codebook b.toml a.jsonl  judge by a codebook of one's own
candor keys                       every key
candor completions bash           the script with which Tab completes commands
candor man --dir DIR              the manual pages";

/// What to know of files.
const FILES: &str = "\
Labels go to runs.jsonl.labels/alice.jsonl, beside the data, which is never written.
A file named like a command is given as ./check.";

/// What the exit codes say.
const EXIT_CODES: &str = "0 fine, 1 problems in the data, 2 cannot go on or wrong use.";

/// Reads what language models wrote and judges it by hand, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "candor", version, after_help = below_help())]
struct Args {
    /// Files of transcripts (JSONL), or folders of them; without any, the practice run
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    // These are global because clap would else take `--as bob check a` for three paths.
    /// Whose labels these are; without it CANDOR_AS, config.toml or the login name says so
    #[arg(long = "as", value_name = "NAME", value_hint = ValueHint::Other, global = true)]
    annotator: Option<String>,

    /// Keep labels in DIR instead of beside the data
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, global = true)]
    labels: Option<PathBuf>,

    /// Go on without config.toml, keymap.toml and theme.toml
    #[arg(long, global = true)]
    no_config: bool,

    /// How the screen is coloured; without it config.toml says so. NO_COLOR takes the colours off
    #[arg(long, value_name = "NAME", global = true, value_parser = PossibleValuesParser::new(Theme::names()))]
    theme: Option<String>,

    /// Draw with ASCII alone, as is done by itself where the locale is not UTF-8
    #[arg(long, global = true)]
    ascii: bool,

    /// Which keys; without it config.toml says so
    #[arg(long, value_name = "NAME", value_parser = shipped(), global = true)]
    keymap: Option<Shipped>,

    #[command(flatten)]
    terms: Terms,

    #[command(subcommand)]
    command: Option<Command>,
}

/// On which terms one works; without them `candor.toml` beside the data says so.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Careful work")]
struct Terms {
    /// Judge by the codebook in FILE; also af, af-objective or af-scratchpad
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    codebook: Option<PathBuf>,

    /// Hide what may sway you: condition, model, file, id, predictions, peers, with commas; all, none
    #[arg(long, value_name = "WHAT", value_parser = terms::hidden)]
    blind: Option<BTreeSet<Hidden>>,

    /// Judge the answer before the scratchpad is shown; each judgement is saved as it is given
    #[arg(long)]
    staged: bool,

    /// The order of cases: file, random:SEED, length, longest
    #[arg(long, value_name = "ORDER", value_parser = Order::named)]
    order: Option<Order>,

    /// How many of your cases come back later, as if they were new
    #[arg(long, value_name = "PERCENT", value_parser = terms::percent)]
    repeat: Option<u8>,

    /// Cases whose label is known, which nobody is told at work: candor gold compares
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    gold: Option<PathBuf>,
}

impl Terms {
    fn asked(self) -> (Option<PathBuf>, Asked) {
        let Self { codebook, blind, staged, order, repeat, gold } = self;
        let staged = staged.then_some(true);
        (codebook, Asked { blind, staged, order, repeat, gold, stay: None, marks: None })
    }
}

/// What stands below the help. The manual page has a section for each of these.
fn below_help() -> String {
    let examples = EXAMPLES.replace('\n', "\n  ");
    format!("Examples:\n  {examples}\n\n{FILES}\nExit codes: {EXIT_CODES}")
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Gold(gold::Args),
    Init(init::Args),
    Keys(keys::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Reads the name of a keymap; the same list is in the help, in completions and in the sentence on a name that is none.
fn shipped() -> impl TypedValueParser<Value = Shipped> {
    PossibleValuesParser::new(Shipped::ALL.map(|shipped| shipped.name)).try_map(|name| Shipped::named(&name))
}

/// What the reader is to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Files and folders, as given; none for the practice run.
    pub paths: Vec<PathBuf>,
    /// The annotator's name, if the command line gave one.
    pub annotator: Option<String>,
    /// The folder for all labels, if they are not to stand beside their data.
    pub labels: Option<PathBuf>,
    /// Whether to go on without `config.toml` and `keymap.toml`.
    pub no_config: bool,
    /// The theme's name, if the command line gave one.
    pub theme: Option<String>,
    /// Whether to draw with ASCII alone.
    pub ascii: bool,
    /// The keymap, if the command line chose one.
    pub keymap: Option<Shipped>,
    /// The codebook's file or name, if the command line chose one.
    pub codebook: Option<PathBuf>,
    /// The terms that the command line asks for.
    pub asked: Asked,
}

/// Does what the arguments ask for; the first one is the program's name.
///
/// # Errors
/// One sentence that says why it could not be done. It may quote data and arguments and is not yet fit for a terminal.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<ExitCode, String> {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(e) if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Somebody who closes the pipe has read enough of it.
            let _ = e.print();
            return Ok(ExitCode::SUCCESS);
        }
        Err(e) => return Err(sentence(&e)),
    };
    match args.command {
        Some(command) if args.paths.is_empty() => match command {
            Command::Check(check) => check::run(&check, args.terms.codebook.as_deref(), args.labels.as_deref()),
            Command::Gold(gold) => gold::run(&gold, args.labels.as_deref()),
            Command::Init(init) => init::run(&init, args.terms.codebook.as_deref()),
            Command::Keys(keys) => keys::run(&keys, args.keymap, args.no_config, args.terms.codebook.as_deref()),
            Command::Completions(completions) => completions::run(&completions),
            Command::Man(man) => man::run(&man),
        },
        Some(_) => Err("a command stands before the files: candor check FILE".to_owned()),
        None => open(args).map(|()| ExitCode::SUCCESS),
    }
}

fn open(args: Args) -> Result<(), String> {
    let Args { paths, annotator, labels, no_config, theme, ascii, keymap, terms, command: _ } = args;
    if let Some(first) = paths.first().filter(|first| !first.exists())
        && let Some(command) = first.to_str().and_then(meant)
    {
        let first = first.display();
        return Err(format!("there is no file {first}; did you mean candor {command}?"));
    }
    let (codebook, asked) = terms.asked();
    crate::run::run(Open { paths, annotator, labels, no_config, theme, ascii, keymap, codebook, asked })
}

/// Has an errand write to standard output; it gives the exit code back.
fn print(errand: impl FnOnce(&mut dyn Write) -> io::Result<u8>) -> Result<ExitCode, String> {
    let mut out = BufWriter::new(io::stdout().lock());
    match errand(&mut out).and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => Ok(ExitCode::from(code)),
        // Whoever closed the pipe has read enough, and what was not said is not fine.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::from(CANNOT_GO_ON)),
        Err(e) => Err(format!("standard output cannot be written to ({e})")),
    }
}

/// The command that a word was probably meant to be, by clap's own measure: asked of a command line that takes no files, since
/// beside files every word is one. A word with a dot or a slash in it was meant as a file.
fn meant(word: &str) -> Option<String> {
    if word.contains(['.', '/']) {
        return None;
    }
    let commands = Args::command().get_subcommands().cloned().collect::<Vec<_>>();
    let error = clap::Command::new("candor").subcommands(commands).try_get_matches_from(["candor", word]).err()?;
    match error.get(ContextKind::SuggestedSubcommand)? {
        ContextValue::Strings(commands) => commands.first().cloned(),
        _ => None,
    }
}

/// What clap says in paragraphs, as one sentence and without the usage.
fn sentence(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) if !word.is_empty() => Some(word.clone()),
        Some(ContextValue::Strings(words)) if !words.is_empty() => Some(words.join(", ")),
        _ => None,
    };
    // For a word that is none of a list clap's paragraphs are three; a value that is missing altogether is said well by itself.
    if let (Some(of), Some(value), Some(values)) =
        (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue), context(ContextKind::ValidValue))
    {
        return format!("there is no {value:?} for {of}; there are {values}");
    }
    let text = error.render().to_string();
    let said = text.split("\n\nUsage:").next().unwrap_or_default();
    let said = said.split("\n\nFor more information").next().unwrap_or_default();
    let said = said.strip_prefix("error: ").unwrap_or(said);
    let words: Vec<&str> = said.split_whitespace().collect();
    format!("{} (candor --help shows all)", words.join(" ").replace(" tip: ", "; "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        Args::try_parse_from(line.split(' ')).map_err(|e| sentence(&e))
    }

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn options_may_stand_before_and_after_a_command() {
        for line in ["candor --as bob check a", "candor check --as bob a", "candor check a --as bob"] {
            let args = parse(line).unwrap();
            assert_eq!(args.annotator.as_deref(), Some("bob"), "{line}");
            assert!(args.paths.is_empty(), "{line}");
            let Some(Command::Check(check)) = args.command else { panic!("{line}") };
            assert_eq!(check.files, [PathBuf::from("a")], "{line}");
        }
    }

    #[test]
    fn files_named_like_commands_need_their_folder() {
        let args = parse("candor --labels l ./check ./keys").unwrap();
        assert_eq!(args.paths, [PathBuf::from("./check"), PathBuf::from("./keys")]);
        assert!(args.command.is_none());
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(meant("chekc").as_deref(), Some("check"));
        assert_eq!(meant("key").as_deref(), Some("keys"));
        for file in ["runs", "runs.jsonl", "keys.jsonl", "./chekc"] {
            assert_eq!(meant(file), None, "{file}");
        }
    }

    #[test]
    fn wrong_use_is_one_sentence() {
        for line in ["candor --labls x", "candor check", "candor check --explain x a", "candor check --explain 0 a"] {
            let said = parse(line).unwrap_err();
            assert!(!said.contains('\n') && !said.contains("Usage") && !said.starts_with("error"), "{said}");
        }
        assert!(parse("candor --labls x").unwrap_err().contains("--labels"));
    }
}
