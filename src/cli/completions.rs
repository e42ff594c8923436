//! `candor completions`: the script with which a shell completes commands, options and files. It is made from the definition of the
//! arguments and knows none of them itself.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

/// Where each shell looks for such a script.
const PLACES: &str = "\
Each shell has a place for it:
  candor completions bash > ~/.local/share/bash-completion/completions/candor
  candor completions zsh > ~/.zfunc/_candor          (with fpath+=~/.zfunc before compinit)
  candor completions fish > ~/.config/fish/completions/candor.fish
  candor completions elvish >> ~/.config/elvish/rc.elv
  candor completions powershell >> $PROFILE";

/// Print the script with which a shell completes commands and options
#[derive(Debug, clap::Args)]
#[command(after_help = PLACES)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// Standard output cannot be written to.
pub(super) fn run(args: &Args) -> Result<ExitCode, String> {
    // The generator ends the program where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "candor", &mut script);
    super::print(|out| out.write_all(&script).map(|()| super::FINE))
}
