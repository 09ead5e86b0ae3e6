//! One-time links in mails. The token is made from the link's id and a key, so that no secret lies in the database
//! and the same mail sent twice carries the same link. Whether it was used or has expired stands in the link's row.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::Mac;
use uuid::Uuid;
use varde_model::ids::LinkId;

use crate::keys::{keyed, mac};

/// What a link is for. A token for one purpose never passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// Answer something in a mail: an invitation, an offered seat, a gathering.
    Answer,
    /// End a kind of mail (RFC 8058).
    Unsubscribe,
    /// Choose the password of an account.
    SetPassword,
}

impl LinkPurpose {
    const fn label(self) -> &'static [u8] {
        match self {
            LinkPurpose::Answer => b"answer",
            LinkPurpose::Unsubscribe => b"unsubscribe",
            LinkPurpose::SetPassword => b"set password",
        }
    }
}

const ID_BYTES: usize = 16;
const MAC_BYTES: usize = 32;

/// Signs and checks link tokens.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The token of a link: 64 letters, digits, `-` and `_`.
    pub fn token(&self, purpose: LinkPurpose, link: LinkId) -> String {
        let mut bytes = [0; ID_BYTES + MAC_BYTES];
        bytes[..ID_BYTES].copy_from_slice(link.0.as_bytes());
        bytes[ID_BYTES..].copy_from_slice(&mac(&self.0, &Self::parts(purpose, &link)));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The link that a token was made for; None when it was not made here for this purpose. The time taken does not
    /// tell how much of a forged token was right.
    pub fn verify(&self, purpose: LinkPurpose, token: &str) -> Option<LinkId> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, tag) = bytes.split_at_checked(ID_BYTES)?;
        let link = LinkId(Uuid::from_slice(id).ok()?);
        keyed(&self.0, &Self::parts(purpose, &link)).verify_slice(tag).ok()?;
        Some(link)
    }

    fn parts(purpose: LinkPurpose, link: &LinkId) -> [&[u8]; 3] {
        [purpose.label(), &[0], link.0.as_bytes()]
    }
}

impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PURPOSES: [LinkPurpose; 3] =
        [LinkPurpose::Answer, LinkPurpose::Unsubscribe, LinkPurpose::SetPassword];

    fn key() -> LinkKey {
        LinkKey::new([3; 32])
    }

    fn link() -> LinkId {
        LinkId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_002a))
    }

    #[test]
    fn the_same_link_gives_the_same_token_and_leads_back() {
        for purpose in PURPOSES {
            let token = key().token(purpose, link());
            assert_eq!(token, key().token(purpose, link()));
            assert_eq!(token.len(), 64);
            assert_eq!(key().verify(purpose, &token), Some(link()));
        }
    }

    #[test]
    fn a_token_serves_its_own_purpose_and_key_only() {
        for made in PURPOSES {
            for asked in PURPOSES {
                let found = key().verify(asked, &key().token(made, link()));
                assert_eq!(found.is_some(), made == asked, "{made:?} as {asked:?}");
            }
        }
        assert_eq!(
            LinkKey::new([4; 32]).verify(LinkPurpose::Answer, &key().token(LinkPurpose::Answer, link())),
            None
        );
    }

    #[test]
    fn a_change_of_any_bit_is_noticed() {
        let good = URL_SAFE_NO_PAD.decode(key().token(LinkPurpose::Answer, link())).unwrap();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut forged = good.clone();
                forged[at] ^= 1 << bit;
                assert_eq!(
                    key().verify(LinkPurpose::Answer, &URL_SAFE_NO_PAD.encode(forged)),
                    None,
                    "byte {at}"
                );
            }
        }
    }

    #[test]
    fn a_shortened_or_lengthened_token_is_refused() {
        let good = URL_SAFE_NO_PAD.decode(key().token(LinkPurpose::Answer, link())).unwrap();
        for length in 0..good.len() {
            assert_eq!(key().verify(LinkPurpose::Answer, &URL_SAFE_NO_PAD.encode(&good[..length])), None);
        }
        let longer = [good.as_slice(), &[0]].concat();
        assert_eq!(key().verify(LinkPurpose::Answer, &URL_SAFE_NO_PAD.encode(longer)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_presented_harms_nothing(presented in ".{0,200}") {
            prop_assert_eq!(key().verify(LinkPurpose::Answer, &presented), None);
        }
    }
}
