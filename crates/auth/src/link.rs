//! One-time links in mails. The token is made from the link's id and a key, so that no secret lies in the database
//! and the same mail sent twice carries the same link. Whether it was used or has expired stands in the link's row.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::Mac;
use uuid::Uuid;
use varde_model::ids::LinkId;

use crate::keys::{keyed, mac};

/// Where a link leads. A token for one kind of page never passes at another; what exactly a link does there stands in
/// its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The page that asks for an answer: an invitation, an offered seat, a gathering.
    Answer,
    /// End a kind of mail (RFC 8058).
    Unsubscribe,
    /// Choose the password of an account.
    SetPassword,
    /// The page from which a certificate is fetched.
    Certificate,
    /// The page on which a check-in is held.
    CheckIn,
    /// The page of a competence plan.
    Plan,
}

impl LinkKind {
    const fn label(self) -> &'static [u8] {
        match self {
            LinkKind::Answer => b"answer",
            LinkKind::Unsubscribe => b"unsubscribe",
            LinkKind::SetPassword => b"set password",
            LinkKind::Certificate => b"certificate",
            LinkKind::CheckIn => b"check-in",
            LinkKind::Plan => b"plan",
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
    pub fn token(&self, kind: LinkKind, link: LinkId) -> String {
        let mut bytes = [0; ID_BYTES + MAC_BYTES];
        bytes[..ID_BYTES].copy_from_slice(link.0.as_bytes());
        bytes[ID_BYTES..].copy_from_slice(&mac(&self.0, &Self::parts(kind, &link)));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The link that a token was made for; None when it was not made here for this kind. The time taken does not
    /// tell how much of a forged token was right.
    pub fn verify(&self, kind: LinkKind, token: &str) -> Option<LinkId> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, tag) = bytes.split_at_checked(ID_BYTES)?;
        let link = LinkId(Uuid::from_slice(id).ok()?);
        keyed(&self.0, &Self::parts(kind, &link)).verify_slice(tag).ok()?;
        Some(link)
    }

    fn parts(kind: LinkKind, link: &LinkId) -> [&[u8]; 3] {
        [kind.label(), &[0], link.0.as_bytes()]
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

    const KINDS: [LinkKind; 6] = [
        LinkKind::Answer,
        LinkKind::Unsubscribe,
        LinkKind::SetPassword,
        LinkKind::Certificate,
        LinkKind::CheckIn,
        LinkKind::Plan,
    ];

    fn key() -> LinkKey {
        LinkKey::new([3; 32])
    }

    fn link() -> LinkId {
        LinkId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_002a))
    }

    #[test]
    fn the_same_link_gives_the_same_token_and_leads_back() {
        for kind in KINDS {
            let token = key().token(kind, link());
            assert_eq!(token, key().token(kind, link()));
            assert_eq!(token.len(), 64);
            assert_eq!(key().verify(kind, &token), Some(link()));
        }
    }

    #[test]
    fn a_token_serves_its_own_kind_and_key_only() {
        for made in KINDS {
            for asked in KINDS {
                let found = key().verify(asked, &key().token(made, link()));
                assert_eq!(found.is_some(), made == asked, "{made:?} as {asked:?}");
            }
        }
        assert_eq!(
            LinkKey::new([4; 32]).verify(LinkKind::Answer, &key().token(LinkKind::Answer, link())),
            None
        );
    }

    #[test]
    fn a_change_of_any_bit_is_noticed() {
        let good = URL_SAFE_NO_PAD.decode(key().token(LinkKind::Answer, link())).unwrap();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut forged = good.clone();
                forged[at] ^= 1 << bit;
                assert_eq!(
                    key().verify(LinkKind::Answer, &URL_SAFE_NO_PAD.encode(forged)),
                    None,
                    "byte {at}"
                );
            }
        }
    }

    #[test]
    fn a_shortened_or_lengthened_token_is_refused() {
        let good = URL_SAFE_NO_PAD.decode(key().token(LinkKind::Answer, link())).unwrap();
        for length in 0..good.len() {
            assert_eq!(key().verify(LinkKind::Answer, &URL_SAFE_NO_PAD.encode(&good[..length])), None);
        }
        let longer = [good.as_slice(), &[0]].concat();
        assert_eq!(key().verify(LinkKind::Answer, &URL_SAFE_NO_PAD.encode(longer)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_presented_harms_nothing(presented in ".{0,200}") {
            prop_assert_eq!(key().verify(LinkKind::Answer, &presented), None);
        }
    }
}
