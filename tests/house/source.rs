//! Which paths a source file names, wherever and however it does: in `use` groups, by `super::super`, in the middle of an
//! expression. Knows Rust's tokens and nothing of its grammar, which is enough to find paths and cheap enough for every test run.

/// A path or method that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The line, from 1.
    pub(super) line: usize,
    /// Its words; those of a path into the crate begin with the room.
    pub(super) words: Vec<String>,
    /// What kind of name it is.
    pub(super) kind: Kind,
    /// Whether it stands in code for tests only.
    pub(super) test: bool,
    /// Whether it is given another name there.
    pub(super) renamed: bool,
}

/// What kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A path into our own crate, from its root.
    Ours,
    /// Any other path: of another crate, or of what is in scope.
    Path,
    /// What stands behind a dot.
    Method,
}

impl Named {
    /// Whether the path begins with these words, written as in Rust.
    pub(super) fn is_in(&self, path: &str) -> bool {
        let words: Vec<&str> = path.split("::").collect();
        self.kind == Kind::Path && self.words.len() >= words.len() && self.words.iter().zip(words).all(|(a, b)| a == b)
    }

    /// Whether this word is in the path, wherever it leads.
    pub(super) fn has(&self, word: &str) -> bool {
        self.kind != Kind::Method && self.words.iter().any(|own| own == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Joint,
    Sign(char),
}

/// All names in a file at this path (`src/app/update.rs`).
pub(super) fn names(path: &str, text: &str) -> Vec<Named> {
    let module = module(path);
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        names: Vec::new(),
        modules: module,
        depth: 0,
        inline: Vec::new(),
        tests: Vec::new(),
        test_next: false,
    };
    reader.run();
    reader.names
}

/// The module that a file is: `src/app/update.rs` is `app`, `update`; the crate's root is nothing.
fn module(path: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    if matches!(inner, "lib" | "main") { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    names: Vec<Named>,
    modules: Vec<String>,
    depth: usize,
    /// The depths of the braces of modules inside of the file.
    inline: Vec<usize>,
    /// The depths of the braces of what is for tests only.
    tests: Vec<usize>,
    /// Whether the next item is for tests only.
    test_next: bool,
}

impl Reader {
    fn run(&mut self) {
        while let Some(token) = self.peek(0).cloned() {
            match token {
                Token::Sign('#') if self.follows("[cfg(test)]") => self.test_next = true,
                Token::Sign('{') => self.open(),
                Token::Sign('}') => self.close(),
                Token::Sign(';') => self.test_next = false,
                Token::Word(word) if word == "mod" => self.module(),
                Token::Word(_) => {
                    self.path();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|(_, token)| token)
    }

    fn follows(&self, attribute: &str) -> bool {
        let wanted = tokens(attribute);
        (1..).zip(&wanted).all(|(ahead, (_, token))| self.peek(ahead) == Some(token))
    }

    fn open(&mut self) {
        self.depth += 1;
        if std::mem::take(&mut self.test_next) {
            self.tests.push(self.depth);
        }
    }

    fn close(&mut self) {
        if self.tests.last() == Some(&self.depth) {
            self.tests.pop();
        }
        if self.inline.last() == Some(&self.depth) {
            self.inline.pop();
            self.modules.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn module(&mut self) {
        if let (Some(Token::Word(name)), Some(Token::Sign('{'))) = (self.peek(1).cloned(), self.peek(2)) {
            self.modules.push(name);
            self.inline.push(self.depth + 1);
        }
        // The name is no path.
        self.at += 1;
    }

    fn path(&mut self) {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|(_, token)| token.clone());
        self.tree(Vec::new(), before == Some(Token::Sign('.')));
    }

    /// Reads a path from here on, with all branches of its groups.
    fn tree(&mut self, mut words: Vec<String>, method: bool) {
        let line = self.tokens.get(self.at).map_or(0, |(line, _)| *line);
        loop {
            match self.peek(0).cloned() {
                Some(Token::Word(word)) => words.push(word),
                Some(Token::Sign('*')) if !words.is_empty() => words.push("*".to_owned()),
                Some(Token::Sign('{')) if !words.is_empty() => return self.group(&words),
                _ => return self.name(line, words, method),
            }
            self.at += 1;
            if self.peek(0) != Some(&Token::Joint) {
                return self.name(line, words, method);
            }
            self.at += 1;
        }
    }

    fn group(&mut self, words: &[String]) {
        self.at += 1;
        while let Some(token) = self.peek(0) {
            match token {
                Token::Sign('}') => {
                    self.at += 1;
                    return;
                }
                // The other name of the branch before.
                Token::Word(word) if word == "as" => self.at += 2,
                Token::Word(_) | Token::Sign('*') => self.tree(words.to_vec(), false),
                _ => self.at += 1,
            }
        }
    }

    fn name(&mut self, line: usize, mut words: Vec<String>, method: bool) {
        if words.len() > 1 && words.last().is_some_and(|word| word == "self") {
            words.pop();
        }
        let renamed = matches!(self.peek(0), Some(Token::Word(word)) if word == "as");
        let ours = (words.len() > 1 || renamed) && !method;
        let (kind, words) = match words.first().map(String::as_str) {
            _ if method => (Kind::Method, words),
            // Another name for the whole crate, which hides what comes of it.
            Some("extern") if self.peek(0) == Some(&Token::Word("crate".to_owned())) => (Kind::Ours, Vec::new()),
            // Alone they say how far something can be seen: `pub(crate)`.
            Some("crate" | "candor") if ours => (Kind::Ours, words.split_off(1)),
            Some("self" | "super") if ours => {
                let down = words.iter().take_while(|word| ["self", "super"].contains(&word.as_str())).count();
                let up = words[..down].iter().filter(|word| *word == "super").count();
                let mut from_root = self.modules[..self.modules.len().saturating_sub(up)].to_vec();
                from_root.extend(words.split_off(down));
                (Kind::Ours, from_root)
            }
            _ => (Kind::Path, words),
        };
        let test = self.test_next || !self.tests.is_empty();
        self.names.push(Named { line, words, kind, test, renamed });
    }
}

/// The tokens with their lines. Comments, texts and numbers are left out: nothing is named in them.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment(rest),
            '"' => quoted(rest),
            '\'' => letter(rest),
            ':' if rest.starts_with("::") => {
                tokens.push((line, Token::Joint));
                2
            }
            '0'..='9' => word(rest).len(),
            c if c.is_alphabetic() || c == '_' => match raw(rest) {
                Some(len) => len,
                None => {
                    tokens.push((line, Token::Word(word(rest).to_owned())));
                    word(rest).len()
                }
            },
            c => {
                if !c.is_whitespace() {
                    tokens.push((line, Token::Sign(c)));
                }
                c.len_utf8()
            }
        };
        line += rest[..len].matches('\n').count();
        rest = &rest[len..];
    }
    tokens
}

fn word(rest: &str) -> &str {
    &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
}

/// The length of a comment, which may hold others.
fn comment(rest: &str) -> usize {
    let mut depth = 0;
    for (at, _) in rest.char_indices() {
        if rest[at..].starts_with("/*") {
            depth += 1;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            if depth == 0 {
                return at + 2;
            }
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character, or only the tick of a lifetime.
fn letter(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => rest[3..].find('\'').map_or(rest.len(), |at| at + 4),
        (_, Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The length of a raw text; the `r#` of a raw word is passed over too, which leaves the word.
fn raw(rest: &str) -> Option<usize> {
    let prefix = word(rest);
    let after = &rest[prefix.len()..];
    match prefix {
        "b" | "c" if after.starts_with('"') => Some(1),
        "r" | "br" | "cr" => {
            let hashes = after.len() - after.trim_start_matches('#').len();
            let body = &after[hashes..];
            let Some(text) = body.strip_prefix('"') else { return (hashes == 1).then_some(prefix.len() + 1) };
            let end = format!("\"{}", "#".repeat(hashes));
            let len = text.find(&end).map_or(body.len(), |at| 1 + at + end.len());
            Some(prefix.len() + hashes + len)
        }
        _ => None,
    }
}
