use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

const ISSUER: &str = "https://varde.example";

fn key() -> AccessTokenKey {
    AccessTokenKey::new(&[5; 32], ISSUER)
}

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn issue() -> (String, AccessClaims) {
    key()
        .issue(
            AccountId(Uuid::from_u128(1)),
            SessionId(Uuid::from_u128(2)),
            OrganisationId(Uuid::from_u128(3)),
            [9; 16],
            now(),
        )
        .unwrap()
}

/// Claims as issued, changed by the test, then properly signed with the right key.
fn signed(change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> String {
    let (token, _) = issue();
    let body = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let mut claims: serde_json::Map<String, Value> = serde_json::from_slice(&body).unwrap();
    change(&mut claims);
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&[5; 32]))
        .unwrap()
}

#[test]
fn what_was_issued_is_read_back() {
    let (token, claims) = issue();
    assert_eq!(key().verify(&token, now()), Ok(claims));
    assert_eq!(claims.expires_at, now() + TimeDelta::minutes(15));
}

#[test]
fn a_token_serves_until_the_second_it_expires_and_no_longer() {
    let (token, claims) = issue();
    assert!(key().verify(&token, claims.expires_at - TimeDelta::milliseconds(1)).is_ok());
    assert_eq!(key().verify(&token, claims.expires_at), Err(TokenRefused::Expired));
    assert_eq!(key().verify(&token, claims.expires_at + TimeDelta::seconds(1)), Err(TokenRefused::Expired));
}

#[test]
fn a_gateway_whose_clock_lags_a_little_takes_a_fresh_token() {
    let (token, _) = issue();
    assert!(key().verify(&token, now() - TimeDelta::seconds(5)).is_ok());
    assert_eq!(key().verify(&token, now() - TimeDelta::seconds(6)), Err(TokenRefused::NotYet));
}

#[test]
fn a_token_without_any_one_of_its_claims_is_refused() {
    for claim in ["exp", "nbf", "iat", "iss", "aud", "sub", "sid", "org", "jti"] {
        let token = signed(|claims| {
            claims.remove(claim).unwrap();
        });
        assert_eq!(key().verify(&token, now()), Err(TokenRefused::NotOurs), "{claim}");
    }
    assert!(key().verify(&signed(|_| {}), now()).is_ok());
}

#[test]
fn claims_of_another_form_or_party_are_refused() {
    for (claim, value) in [
        ("iss", json!("https://other.example")),
        ("aud", json!("another-api")),
        ("aud", json!(["varde-api", "another-api"])),
        ("exp", json!("never")),
        ("exp", json!(null)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(1e300)),
        ("exp", json!(now().timestamp() + 86_400)),
        ("sub", json!("root")),
    ] {
        let token = signed(|claims| {
            claims.insert(claim.to_owned(), value.clone());
        });
        assert_eq!(key().verify(&token, now()), Err(TokenRefused::NotOurs), "{claim} {value}");
    }
}

#[test]
fn another_key_issuer_or_algorithm_is_refused() {
    let (token, _) = issue();
    assert_eq!(AccessTokenKey::new(&[6; 32], ISSUER).verify(&token, now()), Err(TokenRefused::NotOurs));
    assert_eq!(
        AccessTokenKey::new(&[5; 32], "https://copy.example").verify(&token, now()),
        Err(TokenRefused::NotOurs)
    );

    let body = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap();
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let other =
            jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(&[5; 32]))
                .unwrap();
        assert_eq!(key().verify(&other, now()), Err(TokenRefused::NotOurs), "{algorithm:?}");
    }
    for header in
        [r#"{"alg":"none","typ":"JWT"}"#, r#"{"alg":"None"}"#, r#"{"typ":"JWT"}"#, r#"{"alg":"RS256"}"#]
    {
        let header = URL_SAFE_NO_PAD.encode(header);
        let signature = token.split('.').nth(2).unwrap();
        for forged in
            [format!("{header}.{body}."), format!("{header}.{body}"), format!("{header}.{body}.{signature}")]
        {
            assert_eq!(key().verify(&forged, now()), Err(TokenRefused::NotOurs), "{forged}");
        }
    }
}

#[test]
fn a_change_of_any_character_is_noticed() {
    let (token, _) = issue();
    for at in 0..token.len() {
        let mut forged = token.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert_eq!(key().verify(&forged, now()), Err(TokenRefused::NotOurs), "character {at}");
    }
}

proptest! {
    #[test]
    fn whatever_is_presented_harms_nothing(presented in "[ -~]{0,3000}") {
        prop_assert_eq!(key().verify(&presented, now()), Err(TokenRefused::NotOurs));
    }
}
