//! `candor man`: the manual pages, made from the definition of the arguments. It installs nothing by itself.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::Resettable;
use clap::{CommandFactory, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::{EXAMPLES, EXIT_CODES, FILES, FINE};
use crate::text::clean::Safe;

/// What stands at the foot of every page.
const SOURCE: &str = concat!("candor ", env!("CARGO_PKG_VERSION"));

/// Print the manual page, or write it and those of the commands into a folder
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write candor.1 and one page for each command into DIR, which is made if it is missing
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Prints the page of candor, or writes all pages and prints their paths.
///
/// # Errors
/// The folder or a page cannot be written, or standard output cannot.
pub(super) fn run(args: &Args) -> Result<ExitCode, String> {
    let pages = pages().map_err(|e| format!("the manual pages cannot be made ({e})"))?;
    let Some(dir) = &args.dir else {
        let first = pages.into_iter().next().unwrap_or_default();
        return super::print(|out| out.write_all(&first.text).map(|()| FINE));
    };
    let cannot = |e: io::Error| {
        format!("manual pages cannot be written into {} ({e}); name a folder of yours with --dir", dir.display())
    };
    fs::create_dir_all(dir).map_err(cannot)?;
    for page in &pages {
        fs::write(dir.join(&page.file), &page.text).map_err(cannot)?;
    }
    super::print(|out| {
        for page in &pages {
            writeln!(out, "{}", Safe::line(dir.join(&page.file).to_string_lossy().as_bytes()))?;
        }
        Ok(FINE)
    })
}

/// One manual page.
#[derive(Default)]
struct Page {
    file: String,
    text: Vec<u8>,
}

/// All pages, that of candor first.
fn pages() -> io::Result<Vec<Page>> {
    // The page of `candor help` would say what `--help` is for.
    let mut candor = super::Args::command().disable_help_subcommand(true);
    candor.build();
    let mut pages = Vec::new();
    let commands: Vec<_> = candor.get_subcommands().cloned().collect();
    for command in std::iter::once(candor.clone()).chain(commands) {
        let first = command.get_name() == candor.get_name();
        let below = command.get_after_help().map(ToString::to_string);
        // What stands below the help has sections of its own here, under the headings that readers of manuals look for.
        let command = command.after_help(Resettable::Reset);
        let command = command.subcommand_help_heading("COMMANDS").subcommand_value_name("command");
        // An empty date would let the source slip into its place.
        let man = Man::new(command).date(" ").source(SOURCE).manual("candor's manual");
        let mut text = Vec::new();
        man.render(&mut text)?;
        let mut more = Roff::default();
        if first {
            examples(&mut more);
            section(&mut more, "FILES", FILES);
        } else if let Some(below) = below {
            verbatim(&mut more, "NOTES", &below);
        }
        section(&mut more, "EXIT STATUS", EXIT_CODES);
        if !first {
            section(&mut more, "SEE ALSO", "candor(1)");
        }
        text.extend_from_slice(more.to_roff().as_bytes());
        pages.push(Page { file: man.get_filename(), text });
    }
    Ok(pages)
}

fn examples(page: &mut Roff) {
    page.control("SH", ["EXAMPLES"]);
    for (command, what) in EXAMPLES.lines().filter_map(|row| row.split_once("  ")) {
        page.control("TP", []).text([bold(command)]).text([roman(what.trim_start())]);
    }
}

fn section(page: &mut Roff, heading: &str, text: &str) {
    page.control("SH", [heading]);
    for line in text.lines() {
        page.text([roman(line)]);
    }
}

/// A section whose rows stay as they are.
fn verbatim(page: &mut Roff, heading: &str, text: &str) {
    page.control("SH", [heading]).control("nf", []);
    for line in text.lines() {
        page.text([roman(line)]);
    }
    page.control("fi", []);
}
