//! Family D: content that is a list of typed blocks. Turns blocks into pieces of a turn; who speaks is not its business.

use std::borrow::Cow;

use super::draft::{Draft, join, part};
use crate::model::case::{Part, Text};
use crate::store::json::{Kind, Node};

/// A piece of what one message holds.
#[derive(Debug)]
pub(super) enum Piece {
    /// Private reasoning.
    Reasoning(Vec<u8>),
    /// Text, or what is shown in the place of something that is none.
    Words(Vec<u8>),
    /// A call of the tool of this name with this input.
    Call(Text, Part),
    /// What a tool answered.
    Result(Part),
}

/// Whether this is a list of typed blocks.
pub(super) fn is_blocks(node: Node) -> bool {
    node.items().any(|item| kind_of(item).is_some() && item.get("role").is_none())
}

/// The pieces of a message's content: of a string, of a list of blocks, or of any other value as it stands.
pub(super) fn pieces<'a>(draft: &mut Draft<'a>, content: Node<'a>) -> Vec<Piece> {
    if is_blocks(content) {
        return content.items().flat_map(|block| piece(draft, block)).collect();
    }
    draft.text(content, "content").map(Piece::Words).into_iter().collect()
}

/// The words of a content, with those of tool results, and without reasoning: for texts that are nobody's reply.
pub(super) fn words<'a>(draft: &mut Draft<'a>, content: Node<'a>) -> Option<Vec<u8>> {
    let mut words = None;
    for piece in pieces(draft, content) {
        match piece {
            Piece::Words(text) => join(&mut words, text),
            Piece::Result(result) => join(&mut words, result.bytes().to_vec()),
            Piece::Reasoning(_) | Piece::Call(..) => {}
        }
    }
    words
}

/// The call of a tool: its name and its input. A call of a function keeps both one step further down.
pub(super) fn call(block: Node) -> Piece {
    let inner = block.get("function").filter(|f| f.kind() == Kind::Object).unwrap_or(block);
    let name = inner.get("name").or_else(|| inner.get("function")).and_then(Node::text).unwrap_or_default();
    let input = ["input", "arguments", "parameters"].iter().find_map(|key| inner.get(key));
    let input = input.filter(|node| node.kind() != Kind::Null).map(|node| source_or_text(node).into_owned());
    Piece::Call(Text::from(&*name), part(input))
}

fn kind_of(block: Node<'_>) -> Option<Cow<'_, [u8]>> {
    block.get("type").and_then(Node::text)
}

fn piece<'a>(draft: &mut Draft<'a>, block: Node<'a>) -> Option<Piece> {
    if block.kind() == Kind::String {
        return draft.text(block, "block").map(Piece::Words);
    }
    let Some(kind) = kind_of(block) else {
        return draft.text(block, "block").map(Piece::Words);
    };
    let first = |keys: &[&str]| keys.iter().find_map(|key| block.get(key).and_then(prose));
    match &*kind {
        b"thinking" | b"reasoning" | b"reasoning_text" => {
            let text = first(&["thinking", "reasoning", "text", "content", "summary"]);
            let hidden = block.get("redacted").and_then(Node::as_bool) == Some(true);
            let text = if hidden { first(&["summary"]).or(Some(b"[redacted reasoning]".to_vec())) } else { text };
            text.map(Piece::Reasoning)
        }
        b"redacted_thinking" => Some(Piece::Reasoning(b"[redacted thinking]".to_vec())),
        b"tool_use" | b"server_tool_use" | b"tool_call" | b"function_call" => Some(call(block)),
        b"tool_result" | b"function_call_output" => {
            let content = block.get("content").or_else(|| block.get("output"));
            Some(Piece::Result(part(content.and_then(|node| words(draft, node)))))
        }
        b"image" | b"image_url" | b"input_image" => Some(Piece::Words(image(block))),
        _ => match first(&["text", "refusal"]) {
            Some(text) => Some(Piece::Words(text)),
            None => Some(Piece::Words([b"[", &kind[..kind.len().min(40)], b"]"].concat())),
        },
    }
}

/// The text of a string, or of a list of strings and of objects with a text, a blank line between them.
pub(super) fn prose(node: Node) -> Option<Vec<u8>> {
    if let Some(text) = node.text() {
        return Some(text.into_owned());
    }
    let mut all = None;
    for item in node.items() {
        let text = item.text().or_else(|| ["text", "summary"].iter().find_map(|key| item.get(key)?.text()));
        text.into_iter().for_each(|text| join(&mut all, text.into_owned()));
    }
    all
}

/// A string's text, and any other value as its JSON stands.
pub(super) fn source_or_text(node: Node<'_>) -> Cow<'_, [u8]> {
    node.text().unwrap_or(Cow::Borrowed(node.raw()))
}

/// What is shown in the place of an image: its type and size, or where it is.
fn image(block: Node) -> Vec<u8> {
    let url =
        ["image_url.url", "image_url", "source.url", "image", "url"].iter().find_map(|path| block.path(path)?.text());
    let (kind, data) = match &url {
        Some(url) => match url.strip_prefix(b"data:").and_then(|rest| Some((rest, memchr::memchr(b',', rest)?))) {
            Some((rest, comma)) => {
                let kind = rest[..comma].split(|b| *b == b';').next().unwrap_or_default();
                (Cow::Borrowed(kind), rest.len() - comma - 1)
            }
            None => return [b"[image: ", &url[..url.len().min(200)], b"]"].concat(),
        },
        None => {
            let kind = block.path("source.media_type").and_then(Node::text).unwrap_or_default();
            (kind, block.path("source.data").map_or(0, |data| data.raw().len().saturating_sub(2)))
        }
    };
    // Base64 writes three bytes as four.
    let size = match data / 4 * 3 {
        0 => String::new(),
        n if n < 1000 => format!(", {n} B"),
        n if n < 1_000_000 => format!(", {} kB", n / 1000),
        n => format!(", {} MB", n / 1_000_000),
    };
    match kind.is_empty() {
        true => b"[image]".to_vec(),
        false => [b"[image: ", &kind[..kind.len().min(60)], size.as_bytes(), b"]"].concat(),
    }
}
