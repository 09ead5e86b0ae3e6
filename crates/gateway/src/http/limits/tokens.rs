//! Counts tokens and nesting in a document's text, in one pass without recursion.

use super::Limits;

/// Refuses a text with too many tokens or too deep nesting. Whether it is GraphQL at all is the parser's question.
pub(crate) fn check(text: &str, limits: &Limits) -> Result<(), String> {
    let mut tokens = 0_usize;
    let mut open = 0_usize;
    let mut rest = text.as_bytes();
    while let Some(&first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[line(rest)..];
                continue;
            }
            b'"' => string(rest),
            b'.' if rest.starts_with(b"...") => 3,
            b'{' | b'[' | b'(' => {
                open += 1;
                if open > limits.nesting {
                    return Err(format!(
                        "The document is nested too deep: at most {} open braces, brackets and parentheses are allowed.",
                        limits.nesting
                    ));
                }
                1
            }
            b'}' | b']' | b')' => {
                // Mismatched brackets stop the parser, so counting them all alike cannot hide nesting from it.
                open = open.saturating_sub(1);
                1
            }
            byte if is_word(byte) => rest.iter().take_while(|byte| is_word(**byte)).count(),
            _ => 1,
        };
        tokens += 1;
        if tokens > limits.tokens {
            return Err(format!("The document is too long: at most {} tokens are allowed.", limits.tokens));
        }
        rest = &rest[length.min(rest.len())..];
    }
    Ok(())
}

/// Names and numbers; a number such as `1.5e-3` may count as several tokens, which is on the safe side.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn line(text: &[u8]) -> usize {
    text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len())
}

/// The length of a string or block string; an unterminated one reaches to the end.
fn string(text: &[u8]) -> usize {
    const BLOCK: &[u8] = b"\"\"\"";
    let block = text.starts_with(BLOCK);
    let mut at = if block { 3 } else { 1 };
    while at < text.len() {
        match text[at] {
            // In a block string only `\"""` is an escape.
            b'\\' if block => at += if text[at + 1..].starts_with(BLOCK) { 4 } else { 1 },
            b'\\' => at += 2,
            b'"' if !block => return at + 1,
            b'"' if text[at..].starts_with(BLOCK) => return at + 3,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    text.len()
}
