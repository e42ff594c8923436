//! The program: runs, and turns what comes of it into an exit code and a sentence, or several in rows. Decides
//! nothing.

use std::io::Write;
use std::process::ExitCode;

use candor::cli;
use candor::text::clean::Safe;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).unwrap_or_else(|said| {
        // Only the first row speaks for the program: what is quoted in the others cannot pretend to.
        for (row, begins) in said.lines().zip(std::iter::once("candor:").chain(std::iter::repeat(" "))) {
            // Where nobody can be told, the exit code still says it.
            let _ = writeln!(std::io::stderr(), "{begins} {}", Safe::line(row));
        }
        ExitCode::from(cli::CANNOT_GO_ON)
    })
}
