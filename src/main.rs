//! The program: runs, and turns what comes of it into an exit code and one sentence. Decides nothing.

use std::io::Write;
use std::process::ExitCode;

use candor::cli;
use candor::text::clean::Safe;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).unwrap_or_else(|sentence| {
        // Where nobody can be told, the exit code still says it.
        let _ = writeln!(std::io::stderr(), "candor: {}", Safe::line(sentence));
        ExitCode::from(cli::CANNOT_GO_ON)
    })
}
