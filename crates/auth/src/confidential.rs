//! Confidential text, sealed before it is stored: XChaCha20-Poly1305 under a key that lies outside the database.
//!
//! A sealed text names the key that sealed it, so that a new key can be put on top of the ring and the texts be sealed
//! anew while people work. It is bound to where it belongs: moved to another row it does not open.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest as _, Sha256};

/// The bytes of one key.
pub const CONFIDENTIAL_KEY_BYTES: usize = 32;

/// Random bytes that each sealing takes. So many may be drawn by chance without two ever being the same.
pub const NONCE_BYTES: usize = 24;

/// The bytes by which a sealed text, at its beginning, names its key: those that the key's digest begins with.
pub const KEY_NAME_BYTES: usize = 8;

/// Texts are padded to a multiple of so many bytes: the length of a sealed one tells little of what was written.
const PADDING: usize = 64;

/// What is stored: the key's name, the nonce, and the text that only the key opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// Why a sealed text does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfidentialRefused {
    /// The key that sealed it is not in the ring.
    #[error("the key that sealed a confidential text is not in the file of keys")]
    UnknownKey,
    /// It was changed, cut, or moved here from elsewhere.
    #[error("a confidential text is damaged or does not belong where it lies")]
    Damaged,
}

/// Why a file of keys was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingRefused {
    /// There is no key in it.
    #[error("there is no key in it")]
    Empty,
    /// A line that is no key.
    #[error("line {line} is not a key of 64 hexadecimal digits")]
    NotAKey {
        /// Counted from 1.
        line: usize,
    },
    /// The same key stands in it twice.
    #[error("line {line} repeats a key")]
    Repeated {
        /// Counted from 1.
        line: usize,
    },
}

/// The keys of one installation, the newest first: that one seals, each opens what it sealed.
#[derive(Clone)]
pub struct ConfidentialKeys(Vec<Key>);

#[derive(Clone)]
struct Key {
    name: [u8; KEY_NAME_BYTES],
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for ConfidentialKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConfidentialKeys({})", self.0.len())
    }
}

impl ConfidentialKeys {
    /// Reads a ring: one key of 64 hexadecimal digits a line, the newest first; empty lines and lines that begin with
    /// `#` are passed by.
    ///
    /// # Errors
    /// No key, a line that is none, or one that stands there twice.
    pub fn parse(text: &str) -> Result<Self, KeyRingRefused> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bytes = hex(line).ok_or(KeyRingRefused::NotAKey { line: line_number })?;
            let key = Key::new(&bytes);
            if keys.iter().any(|known| known.name == key.name) {
                return Err(KeyRingRefused::Repeated { line: line_number });
            }
            keys.push(key);
        }
        if keys.is_empty() { Err(KeyRingRefused::Empty) } else { Ok(Self(keys)) }
    }

    /// Seals a text for one place, such as a field of a row: it opens there and nowhere else. The nonce is random.
    pub fn seal(&self, place: &[u8], text: &str, nonce: [u8; NONCE_BYTES]) -> Sealed {
        let key = &self.0[0];
        let padded = pad(text);
        let payload = Payload { msg: &padded, aad: place };
        #[expect(clippy::expect_used, reason = "it fails for texts of more than 256 GB alone")]
        let closed = key.cipher.encrypt(&XNonce::from(nonce), payload).expect("a text of bearable length");
        let mut sealed = Vec::with_capacity(KEY_NAME_BYTES + NONCE_BYTES + closed.len());
        sealed.extend_from_slice(&key.name);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&closed);
        Sealed(sealed)
    }

    /// Opens what was sealed for that place.
    ///
    /// # Errors
    /// Its key is not here, or it was changed or belongs elsewhere.
    pub fn open(&self, place: &[u8], sealed: &Sealed) -> Result<String, ConfidentialRefused> {
        use ConfidentialRefused::Damaged;
        let (name, rest) = sealed.0.split_at_checked(KEY_NAME_BYTES).ok_or(Damaged)?;
        let (nonce, closed) = rest.split_at_checked(NONCE_BYTES).ok_or(Damaged)?;
        let key = self.0.iter().find(|key| key.name == name).ok_or(ConfidentialRefused::UnknownKey)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| Damaged)?;
        let payload = Payload { msg: closed, aad: place };
        let opened = key.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| Damaged)?;
        unpad(opened).ok_or(Damaged)
    }

    /// Whether the newest key sealed it: those that it did not are to be sealed anew before an older key goes.
    pub fn is_newest(&self, sealed: &Sealed) -> bool {
        sealed.0.starts_with(&self.0[0].name)
    }

    /// Whether there is a key of that name: of what a sealed text begins with.
    pub fn has(&self, name: &[u8]) -> bool {
        self.0.iter().any(|key| key.name == name)
    }

    /// How the newest key's texts begin, as rows can be asked for.
    pub fn newest_name(&self) -> &[u8] {
        &self.0[0].name
    }
}

impl Key {
    fn new(bytes: &[u8; CONFIDENTIAL_KEY_BYTES]) -> Self {
        let mut name = [0; KEY_NAME_BYTES];
        // A digest of the key with a label: what lies beside every text must not tell the key.
        let digest = Sha256::new().chain_update(b"varde confidential key 1").chain_update(bytes).finalize();
        name.copy_from_slice(&digest[..KEY_NAME_BYTES]);
        Self { name, cipher: XChaCha20Poly1305::new(bytes.into()) }
    }
}

fn hex(text: &str) -> Option<[u8; CONFIDENTIAL_KEY_BYTES]> {
    let digits = text.as_bytes();
    if digits.len() != CONFIDENTIAL_KEY_BYTES * 2 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = [0; CONFIDENTIAL_KEY_BYTES];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

/// The text, a byte that ends it, and nothing up to a multiple of [`PADDING`].
fn pad(text: &str) -> Vec<u8> {
    let mut padded = text.as_bytes().to_vec();
    padded.push(1);
    padded.resize(padded.len().next_multiple_of(PADDING), 0);
    padded
}

fn unpad(mut padded: Vec<u8>) -> Option<String> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    if padded[end] != 1 {
        return None;
    }
    padded.truncate(end);
    String::from_utf8(padded).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OLD: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const NEW: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

    fn ring(lines: &[&str]) -> ConfidentialKeys {
        ConfidentialKeys::parse(&lines.join("\n")).unwrap()
    }

    #[test]
    fn what_was_sealed_for_a_place_opens_there_and_nowhere_else() {
        let keys = ring(&[OLD]);
        let sealed =
            keys.seal(b"rating 1", "Jeg gruer meg til personalsaken på Øyeblikkelig hjelp.", [7; 24]);
        let opened = keys.open(b"rating 1", &sealed).unwrap();
        assert_eq!(opened, "Jeg gruer meg til personalsaken på Øyeblikkelig hjelp.");
        assert_eq!(keys.open(b"rating 2", &sealed), Err(ConfidentialRefused::Damaged));
        assert!(!sealed.0.windows(6).any(|window| window == b"gruer "));
    }

    #[test]
    fn a_new_key_seals_and_the_older_ones_go_on_opening() {
        let sealed = ring(&[OLD]).seal(b"x", "før", [1; 24]);
        let both = ring(&["# newest first", NEW, "", OLD]);
        assert_eq!(both.open(b"x", &sealed).as_deref(), Ok("før"));
        assert!(!both.is_newest(&sealed));
        let anew = both.seal(b"x", "før", [2; 24]);
        assert!(both.is_newest(&anew));
        assert_eq!(ring(&[NEW]).open(b"x", &anew).as_deref(), Ok("før"));
        assert_eq!(ring(&[NEW]).open(b"x", &sealed), Err(ConfidentialRefused::UnknownKey));
    }

    #[test]
    fn a_file_of_keys_says_which_line_is_none() {
        assert_eq!(ConfidentialKeys::parse("# nothing\n").unwrap_err(), KeyRingRefused::Empty);
        let short = format!("{OLD}\n\n{}", &NEW[1..]);
        assert_eq!(ConfidentialKeys::parse(&short).unwrap_err(), KeyRingRefused::NotAKey { line: 3 });
        let letters = "g".repeat(64);
        assert_eq!(ConfidentialKeys::parse(&letters).unwrap_err(), KeyRingRefused::NotAKey { line: 1 });
        let twice = format!("{OLD}\n{}", OLD.to_uppercase());
        assert_eq!(ConfidentialKeys::parse(&twice).unwrap_err(), KeyRingRefused::Repeated { line: 2 });
    }

    #[test]
    fn neither_keys_nor_sealed_texts_show_what_they_hold() {
        let keys = ring(&[OLD]);
        assert_eq!(format!("{keys:?}"), "ConfidentialKeys(1)");
        assert_eq!(format!("{:?}", keys.seal(b"", "", [0; 24])), "Sealed(112 bytes)");
    }

    #[test]
    fn the_length_tells_little() {
        let keys = ring(&[OLD]);
        let length = |text: &str| keys.seal(b"", text, [0; 24]).0.len();
        assert_eq!(length("nei"), length("Ja, og jeg har sagt fra om det til klinikksjefen."));
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in ".*", place: Vec<u8>, nonce: [u8; 24]) {
            let keys = ring(&[OLD]);
            prop_assert_eq!(keys.open(&place, &keys.seal(&place, &text, nonce)), Ok(text));
        }

        #[test]
        fn a_change_of_any_bit_is_noticed(at in 0_usize..112, bit in 0_u8..8) {
            let keys = ring(&[OLD]);
            let mut sealed = keys.seal(b"x", "tekst", [3; 24]);
            sealed.0[at] ^= 1 << bit;
            prop_assert!(keys.open(b"x", &sealed).is_err());
        }

        #[test]
        fn whatever_lies_in_a_row_harms_nothing(bytes: Vec<u8>) {
            prop_assert!(ring(&[OLD]).open(b"x", &Sealed(bytes)).is_err());
        }
    }
}
