//! What the shell needs: scripts that complete, and manual pages. Both come from the definition of the arguments, so what is asked
//! here is whether everything the help names is in them.

use super::*;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

/// The commands that the help lists.
fn commands(desk: &Desk) -> Vec<String> {
    let help = desk.run("--help").out;
    let rows = help.lines().skip_while(|row| *row != "Commands:").skip(1).take_while(|row| !row.is_empty());
    let words: Vec<String> = rows.map(|row| row.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(words.contains(&"check".to_owned()) && words.contains(&"man".to_owned()), "{help}");
    words
}

/// The long options that a help lists.
fn options(help: &str) -> Vec<String> {
    let starts = help.lines().filter_map(|row| row.trim_start().split_once("--").filter(|(short, _)| short.len() < 5));
    let words: Vec<String> = starts
        .map(|(_, rest)| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap().to_owned())
        .collect();
    assert!(words.contains(&"help".to_owned()), "{help}");
    words
}

#[test]
fn completions_name_every_command_and_every_long_option() {
    let desk = Desk::new();
    for shell in SHELLS {
        let script = desk.run(&format!("completions {shell}"));
        assert_eq!((script.code, script.err.as_str()), (Some(0), ""), "{shell}");
        for command in commands(&desk) {
            assert!(script.out.contains(&command), "{shell}: {command}");
            let line = if command == "help" { "--help".to_owned() } else { format!("{command} --help") };
            for option in options(&desk.run(&line).out) {
                let written = if shell == "fish" { format!("-l {option}") } else { format!("--{option}") };
                assert!(script.out.contains(&written), "{shell}: {command} --{option}");
            }
        }
        let offers_values = ["bash", "zsh", "fish"].contains(&shell);
        assert!(!offers_values || script.out.contains("pager"), "{shell}: the values of --keymap");
    }
    desk.run("completions csh").refused(&["csh", "bash", "zsh", "fish"]);
    desk.run("completions").refused(&["SHELL"]);
}

#[test]
fn bash_takes_its_script() {
    let desk = Desk::new();
    let script = desk.run("completions bash").out;
    let desk = desk.file("candor.bash", &script);
    let asks =
        "source candor.bash; COMP_WORDS=(candor ch); COMP_CWORD=1; _candor candor ch candor; echo ${COMPREPLY[*]}";
    for (arguments, says) in [(["-n", "candor.bash"], ""), (["-c", asks], "check\n")] {
        let Ok(output) = Command::new("bash").args(arguments).current_dir(desk.0.path()).output() else {
            eprintln!("skipped: there is no bash here");
            return;
        };
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout), says);
    }
}

/// A page without the marks of its fonts and hyphens.
fn plain(page: &str) -> String {
    ["\\fB", "\\fI", "\\fR"].iter().fold(page.replace("\\-", "-"), |page, font| page.replace(font, ""))
}

#[test]
fn the_manual_page_has_its_sections_and_every_option() {
    let desk = Desk::new();
    let man = desk.run("man");
    assert_eq!((man.code, man.err.as_str()), (Some(0), ""));
    let page = plain(&man.out);
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXAMPLES", "FILES", "\"EXIT STATUS\""] {
        assert!(page.lines().any(|row| row == format!(".SH {section}")), "{section}: {page}");
    }
    let help = desk.run("--help").out;
    for option in options(&help) {
        assert!(
            page.lines().any(|row| row.starts_with(&format!("--{option}")) || row.ends_with(&format!(", --{option}"))),
            "--{option}: {page}"
        );
    }
    for command in commands(&desk).iter().filter(|command| *command != "help") {
        assert!(page.contains(&format!("candor-{command}(1)")), "{command}: {page}");
    }
    for example in help.lines().filter_map(|row| row.strip_prefix("  ")) {
        let Some((command, what)) = example.split_once("  ").filter(|(command, _)| command.starts_with("candor"))
        else {
            continue;
        };
        assert!(page.contains(&format!("{command}\n{}\n", what.trim())), "{example}: {page}");
    }
}

#[test]
fn manual_pages_are_written_where_they_were_wanted() {
    let desk = Desk::new().file("file", "");
    let man = desk.run("man --dir share/man1");
    assert_eq!((man.code, man.err.as_str()), (Some(0), ""));
    let folder = desk.0.path().join("share/man1");
    let commands: Vec<String> = commands(&desk).into_iter().filter(|command| command != "help").collect();
    assert_eq!(man.out.lines().count(), 1 + commands.len(), "{}", man.out);
    assert_eq!(fs::read_to_string(folder.join("candor.1")).unwrap(), desk.run("man").out);
    for command in &commands {
        let page = plain(&fs::read_to_string(folder.join(format!("candor-{command}.1"))).unwrap());
        assert!(page.contains(&format!("candor-{command} - ")) && page.contains("candor(1)"), "{page}");
        for option in options(&desk.run(&format!("{command} --help")).out) {
            assert!(page.contains(&format!("--{option}")), "{command} --{option}: {page}");
        }
    }
    assert_eq!(desk.run("man --dir share/man1").code, Some(0), "pages of an older version are replaced");
    desk.run("man --dir file").refused(&["file", "--dir"]);
    desk.run("man --dir file/below").refused(&["file/below", "--dir"]);
}
