//! Ids that say what they are an id of.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The permanent id of an object: base64url of `Type:uuid`, without padding.
#[must_use]
pub fn encode(type_name: &str, id: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{type_name}:{}", id.hyphenated())))
}

/// The type and key inside an id; None when it is not one of this service's ids.
#[must_use]
pub fn decode(id: &ID) -> Option<(String, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (type_name, key) = text.split_once(':')?;
    let key = Uuid::try_parse(key).ok()?;
    // One object has one id: other spellings of the same uuid are refused.
    (encode(type_name, key) == *id).then(|| (type_name.to_owned(), key))
}

/// The key inside an id of a known type; None when it is an id of something else, or none at all.
#[must_use]
pub fn decode_as(type_name: &str, id: &ID) -> Option<Uuid> {
    decode(id).filter(|(found, _)| found == type_name).map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_type_and_key_and_nothing_else_is_one() {
        let key = Uuid::from_u128(7);
        let id = encode("Cohort", key);
        assert_eq!(decode(&id), Some(("Cohort".to_owned(), key)));
        assert_eq!(decode_as("Cohort", &id), Some(key));
        assert_eq!(decode_as("Person", &id), None);
        for foreign in ["", "Cohort:1", "Q29ob3J0Og", "å", "////", &key.to_string()] {
            assert_eq!(decode(&ID(foreign.to_owned())), None, "{foreign}");
        }
        let shouted =
            URL_SAFE_NO_PAD.encode(format!("Cohort:{}", Uuid::from_u128(0xab).to_string().to_uppercase()));
        assert_eq!(decode(&ID(shouted)), None);
    }
}
