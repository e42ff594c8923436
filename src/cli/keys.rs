//! `candor keys`: every key as it holds, read off the keymap itself. Binds nothing.

use std::path::Path;
use std::process::ExitCode;

use crate::config::{self, Config};
use crate::keys::keymap::{Binding, Context, Keymap, Shipped, markdown_table};
use crate::text::clean::Safe;

/// Characters for an action's name, which keymaps use.
const ACTION: usize = 20;

/// Print every key and what it does
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print a table for a Markdown document
    #[arg(long)]
    markdown: bool,
}

/// Prints the keys.
///
/// # Errors
/// The configuration or the keymap has faults, all of them named, or standard output cannot be written to.
pub(super) fn run(
    args: &Args,
    chosen: Option<Shipped>,
    no_config: bool,
    codebook: Option<&Path>,
) -> Result<ExitCode, String> {
    let codebook = config::codebook(codebook, None, &[], None)?;
    let configured = Config::load(no_config)?.keymap;
    let keymap = config::keymap(chosen.unwrap_or(configured), no_config, &codebook)?;
    super::print(|out| {
        if args.markdown {
            write!(out, "{}", markdown_table(&keymap))?;
            return Ok(super::FINE);
        }
        let contexts = Context::ALL.map(|context| (context, rows(&keymap, context)));
        let all = contexts.iter().flat_map(|(_, rows)| rows);
        let width = all.map(|(keys, ..)| keys.chars().count()).max().unwrap_or_default() + 1;
        for (i, (context, rows)) in contexts.into_iter().enumerate() {
            let gap = if i == 0 { "" } else { "\n" };
            writeln!(out, "{gap}{}", heading(context))?;
            for (keys, action, sentence) in rows {
                writeln!(out, "  {keys:<width$} {action:<ACTION$} {}", Safe::line(sentence))?;
            }
        }
        Ok(super::FINE)
    })
}

fn heading(context: Context) -> &'static str {
    match context {
        Context::Global => "Everywhere",
        Context::Review => "On the review screen",
        Context::Overlay => "On top of it: help, questions, pages",
        Context::List => "In a list",
        Context::Prompt => "In a line that is typed: a command, what to search for",
        Context::Note => "In a note",
        Context::Evidence => "While evidence is marked",
    }
}

/// One row for each action that has keys in the context: all its keys, its name and what it does.
fn rows(keymap: &Keymap, context: Context) -> Vec<(String, String, String)> {
    let table: Vec<Binding> = keymap.table().into_iter().filter(|binding| binding.context == context).collect();
    table
        .chunk_by(|one, next| one.action == next.action)
        .map(|same| {
            let keys: Vec<&str> = same.iter().map(|binding| binding.keys.as_str()).collect();
            (keys.join("  "), same[0].action.to_string(), keymap.sentence(same[0].action))
        })
        .collect()
}
