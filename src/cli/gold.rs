//! `candor gold`: what every annotator said of the cases whose label is known, beside what is known. Nobody who labels sees it; it is
//! for whoever looks after the work. Reads journals only.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueHint;

use super::{FINE, PROBLEMS};
use crate::model::gold::{Answers, Score};
use crate::model::labels::{Kind, Labels, Me, Record};
use crate::store::journal;
use crate::store::{folder, gold};
use crate::text::clean::Safe;

/// Compare labels with those of cases whose label is known
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Known labels: a line each with id and label, or an annotator's journal
    #[arg(value_name = "ANSWERS", value_hint = ValueHint::FilePath)]
    answers: PathBuf,

    /// Data files, or folders of them, whose labels are compared
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
}

/// Compares.
///
/// # Errors
/// The answers cannot be read, a folder cannot, or standard output cannot be written to.
pub(super) fn run(args: &Args, labels: Option<&Path>) -> Result<ExitCode, String> {
    let answers = gold::read(&args.answers)?;
    let mut records = Vec::new();
    for path in &args.files {
        let files = match path.is_dir() {
            true => folder::runs(path).map_err(|e| e.to_string())?.files,
            false => vec![path.clone()],
        };
        records.extend(files.iter().flat_map(|file| journal::records(&journal::folder(file, labels))));
    }
    super::print(|out| report(out, &answers, &records))
}

/// Who labelled by which codebook; names are compared without case.
fn annotators(records: &[Record]) -> BTreeSet<(String, String)> {
    let labels = records.iter().filter(|record| record.kind == Kind::Human && record.label.is_some());
    let codebook = |record: &Record| record.codebook.as_ref().map(|codebook| codebook.id.clone()).unwrap_or_default();
    labels.map(|record| (record.by.to_ascii_lowercase(), codebook(record))).collect()
}

fn report(out: &mut dyn Write, answers: &Answers, records: &[Record]) -> io::Result<u8> {
    let annotators = annotators(records);
    if annotators.is_empty() {
        writeln!(out, "nobody has labelled anything there yet")?;
    }
    let mut code = FINE;
    for (by, codebook) in &annotators {
        let mut labels = Labels::new(Me { by: by.clone(), codebook: codebook.clone(), pass: 0 });
        for record in records.iter().cloned() {
            labels.add(record);
        }
        let score = Score::of(&labels, answers);
        let by = Safe::line(format!("{by} ({codebook})"));
        let open = if score.open > 0 { format!(" · {} not labelled yet", score.open) } else { String::new() };
        match score.share() {
            None => writeln!(out, "{}: none of {} gold items is labelled yet", by.as_str(), answers.len())?,
            Some((share, low, high)) => {
                let (right, of) = (score.right, score.labelled());
                let [share, low, high] = [share, low, high].map(|share| share * 100.0);
                let by = by.as_str();
                writeln!(out, "{by}: {right} of {of} right, {share:.0} % (95 % interval {low:.0}–{high:.0} %){open}")?;
            }
        }
        for (id, said, known) in &score.wrong {
            code = PROBLEMS;
            let row = format!("  {}: said {said}, known is {known}", String::from_utf8_lossy(id.bytes()));
            writeln!(out, "{}", Safe::line(row).as_str())?;
        }
    }
    Ok(code)
}
