//! `candor check`: says how each file is read and what is wrong with it, for people and for scripts. Reads every case once,
//! holds one batch at a time, writes nothing but its report.

mod blind;
mod explain;
mod fit;
mod json;
mod survey;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::fit::Fit;
use self::survey::Survey;
use super::{CANNOT_GO_ON, FINE, PROBLEMS};
use crate::config::{self, Chosen, Project};
use crate::model::codebook::Codebook;
use crate::store::folder;
use crate::store::source::Source;

/// Say how files are read and what is wrong with them
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Data files, or folders of them
    #[arg(value_name = "FILES", required = true)]
    pub(super) files: Vec<PathBuf>,

    /// Print one JSON document: the verdict of every line, for scripts
    #[arg(long, conflicts_with = "explain")]
    json: bool,

    /// Say which key of case N of the first file became which part, and why
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    explain: Option<u64>,

    /// List where something still shows that --blind hides: WHAT, or what candor.toml beside the data says, or all of it
    #[arg(
        long,
        value_name = "WHAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with = "explain"
    )]
    blind: Option<String>,
}

/// What became of one file: how it is read and how the codebook fits it, or a sentence that says why it is not.
type Outcome = Result<(Survey, Option<Fit>), String>;

/// Checks the files.
///
/// # Errors
/// One sentence: the case to be explained is not there, or standard output cannot be written to. A codebook or a `candor.toml` that
/// cannot be used, with every fault.
pub(super) fn run(args: &Args, codebook: Option<&Path>, labels: Option<&Path>) -> Result<ExitCode, String> {
    let files = files(&args.files);
    if let Some(number) = args.explain {
        return explain(&files, number);
    }
    // What holds for all files is refused before anything is printed.
    let project = Project::beside(&args.files)?.codebook;
    config::codebook(codebook, project.as_deref(), &[], None)?;
    let asked = Asked { codebook, project: project.as_deref(), labels };
    if let Some(words) = &args.blind {
        let hide = blind::hidden(words, &args.files)?;
        return super::print(|out| blind::report(out, &files, asked, &hide, args.json));
    }
    let outcomes = outcomes(&files, asked);
    if args.json {
        super::print(|out| json::report(out, outcomes))
    } else {
        super::print(|out| words::report(out, outcomes))
    }
}

/// A file to be looked at, or what stands in the way of finding it.
type Named = (PathBuf, Option<String>);

/// The files that were named, and those in the folders that were.
fn files(named: &[PathBuf]) -> Vec<Named> {
    let mut files = Vec::new();
    for path in named {
        match path.is_dir().then(|| folder::runs(path)) {
            None => files.push((path.clone(), None)),
            Some(Ok(runs)) => {
                files.extend(runs.files.into_iter().map(|run| (run, None)));
                files.extend(runs.unread.into_iter().map(|fault| (path.clone(), Some(fault))));
            }
            Some(Err(e)) => files.push((path.clone(), Some(e.to_string()))),
        }
    }
    files
}

fn open((path, fault): &Named) -> Result<Source, String> {
    match fault {
        Some(fault) => Err(fault.clone()),
        None => Source::open(path).map_err(|e| e.to_string()),
    }
}

/// Each file's outcome, found out when it is asked for: one file is held at a time.
fn outcomes<'a>(files: &'a [Named], asked: Asked<'a>) -> impl Iterator<Item = (&'a Path, Outcome)> {
    files.iter().map(move |file| {
        let outcome = open(file).and_then(|source| {
            let survey = Survey::of(&source);
            let fit = asked.fit(&file.0, &survey)?;
            Ok((survey, fit))
        });
        (file.0.as_path(), outcome)
    })
}

/// What the command line and `candor.toml` say of codebooks.
#[derive(Clone, Copy)]
struct Asked<'a> {
    codebook: Option<&'a Path>,
    project: Option<&'a Path>,
    labels: Option<&'a Path>,
}

impl Asked<'_> {
    /// The codebook that holds for a file.
    fn book(self, file: &Path) -> Result<Chosen, String> {
        config::codebook(self.codebook, self.project, &[file.to_owned()], self.labels)
    }

    /// How the codebook that holds for a file fits it; none where there is no case that it could fit.
    fn fit(self, file: &Path, survey: &Survey) -> Result<Option<Fit>, String> {
        let chosen = self.book(file)?;
        let warnings = survey.parts.warnings(&chosen.book);
        let Codebook { id, version, .. } = chosen.book;
        Ok((survey.cases > 0).then_some(Fit { id, version, from: chosen.place, warnings }))
    }
}

fn explain(files: &[Named], number: u64) -> Result<ExitCode, String> {
    let Some(first) = files.first() else { return Err("name a file whose case is to be explained".to_owned()) };
    let source = open(first)?;
    let explained = explain::Explanation::of(&source, number)?;
    super::print(|out| explained.write(out).map(|()| FINE))
}

/// The exit code of a report, worst file first.
#[derive(Default)]
struct Verdict {
    problems: bool,
    refused: bool,
}

impl Verdict {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Ok((survey, _)) => self.problems |= survey.unread > 0,
            Err(_) => self.refused = true,
        }
    }

    fn code(&self) -> u8 {
        match (self.refused, self.problems) {
            (true, _) => CANNOT_GO_ON,
            (false, true) => PROBLEMS,
            (false, false) => FINE,
        }
    }
}
