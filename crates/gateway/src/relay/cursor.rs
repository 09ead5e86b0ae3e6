//! Where a page ended: the sort key and id of its last row, so that rows added meanwhile shift nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// A position in one order of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The order the position belongs to; a cursor is of no use in another.
    pub order: String,
    /// The values sorted by, as text, before the id.
    pub keys: Vec<String>,
    /// The row, which makes the order total.
    pub id: Uuid,
}

impl Cursor {
    /// The opaque text for a client.
    #[must_use]
    pub fn encode(&self) -> String {
        let parts = serde_json::json!([self.order, self.keys, self.id.hyphenated().to_string()]);
        URL_SAFE_NO_PAD.encode(parts.to_string())
    }

    /// Reads a cursor of the given order with the given number of keys; None for any other text.
    #[must_use]
    pub fn decode(text: &str, order: &str, keys: usize) -> Option<Self> {
        Self::decode_any(text, order).filter(|cursor| cursor.keys.len() == keys)
    }

    /// Reads a cursor of the given order, however many keys it sorts by; None for any other text.
    #[must_use]
    pub fn decode_any(text: &str, order: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (found, values, id): (String, Vec<String>, String) = serde_json::from_slice(&bytes).ok()?;
        let id = Uuid::try_parse(&id).ok()?;
        (found == order).then_some(Self { order: found, keys: values, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_order_only() {
        let cursor =
            Cursor {
                order: "name".to_owned(), keys: vec!["Ås, \"Bø\"".to_owned()], id: Uuid::from_u128(3)
            };
        let text = cursor.encode();
        assert_eq!(Cursor::decode(&text, "name", 1), Some(cursor));
        assert_eq!(Cursor::decode(&text, "startsAt", 1), None);
        assert_eq!(Cursor::decode(&text, "name", 2), None);
        assert_eq!(Cursor::decode("bm90IGEgY3Vyc29y", "name", 1), None);
    }
}
