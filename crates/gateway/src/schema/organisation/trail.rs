//! The audit trail (endringslogg).

use async_graphql::{Context, ID, Json, Object};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;
use varde_app::{
    Code, Refusal,
    trail::{self, AuditFilter},
};
use varde_model::ids::{AccountId, AuditEventId, CohortId, EnrolmentId, GatheringId, PersonId};

use crate::{
    relay,
    schema::{
        Caller,
        errors::whole,
        loaders::Loaders,
        paging::{behind, cursor, page, page_of},
    },
};

/// One entry of the trail: who did what to what, when. It holds ids, states, counts, days and rooms, and
/// never a person's name or address.
#[derive(Debug, Clone)]
pub struct AuditEvent(trail::AuditEvent);

impl From<trail::AuditEvent> for AuditEvent {
    fn from(event: trail::AuditEvent) -> Self {
        Self(event)
    }
}

/// One entry of the trail: who did what to what, when. It holds ids, states, counts, days and rooms, and
/// never a person's name or address.
#[Object]
impl AuditEvent {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("AuditEvent", self.0.id.0)
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// `account`, `person` (in own matters, or by a mail's link) or `system`.
    async fn actor_kind(&self) -> &str {
        &self.0.actor_kind
    }

    /// The account or the person.
    async fn actor_id(&self) -> Option<ID> {
        Some(relay::encode(&type_name(&self.0.actor_kind), self.0.actor_id?))
    }

    /// The name of the account or the person, as it is now.
    async fn actor_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let Some(id) = self.0.actor_id else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(match self.0.actor_kind.as_str() {
            "account" => {
                whole(context, loaders.one(AccountId(id)).await)?.map(|account| account.display_name)
            }
            "person" => whole(context, loaders.one(PersonId(id)).await)?.map(|person| person.name()),
            _ => None,
        })
    }

    /// What was done, such as `cohort.publish`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// What it was done to; null for the trust as a whole.
    async fn subject_id(&self) -> Option<ID> {
        Some(relay::encode(&type_name(&self.0.subject_kind), self.0.subject_id?))
    }

    /// What it was done to, as people call it now: a cohort's code, a gathering's title, the name of the person whose place
    /// it is. Null where there is no such word.
    async fn subject_name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let Some(id) = self.0.subject_id else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        let locale = Caller::of(context).locale();
        let name = async {
            Ok(match self.0.subject_kind.as_str() {
                "account" => loaders.one(AccountId(id)).await?.map(|account| account.display_name),
                "cohort" => loaders.one(CohortId(id)).await?.map(|cohort| cohort.code),
                "gathering" => loaders.one(GatheringId(id)).await?.map(|found| found.title.into_text(locale)),
                "person" => loaders.one(PersonId(id)).await?.map(|person| person.name()),
                "enrolment" => match loaders.one(EnrolmentId(id)).await? {
                    Some(place) => loaders.one(place.person).await?.map(|person| person.name()),
                    None => None,
                },
                _ => None,
            })
        };
        whole(context, name.await)
    }

    /// What changed: days, hours, rooms and states with their old and new value (`changed`), and the ids that other
    /// queries take.
    async fn detail(&self) -> Json<Value> {
        let mut detail = self.0.detail.clone();
        opaque(&mut detail, None);
        Json(detail)
    }
}

/// Turns the keys that an entry holds into the ids that everybody knows the objects by.
fn opaque(value: &mut Value, of: Option<&'static str>) {
    match value {
        Value::String(text) => {
            if let (Some(kind), Ok(key)) = (of, Uuid::parse_str(text)) {
                *text = relay::encode(kind, key).to_string();
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| opaque(one, of)),
        Value::Object(fields) => {
            for (name, one) in fields {
                // Within a change the field's name stands above.
                opaque(one, named_for(name).or(of));
            }
        }
        _ => {}
    }
}

/// The type that a field of an entry holds ids of.
fn named_for(field: &str) -> Option<&'static str> {
    Some(match field {
        "enrolment" | "former" | "cleared" => "Enrolment",
        "gathering" => "Gathering",
        "person" => "Person",
        "coordinators" | "owner" => "Account",
        "override" => "LineManagerOverride",
        _ => return None,
    })
}

/// The type in an id: `service_token` is `ServiceToken`. An import's subject is its operation.
fn type_name(kind: &str) -> String {
    if kind == "people" {
        return "Operation".to_owned();
    }
    kind.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}

page!(
    /// The trail, newest first.
    AuditEventConnection, AuditEventEdge, AuditEvent
);

const ORDER: &str = "auditEvents";

/// Actions that one call can name.
const MOST_ACTIONS: usize = 20;

/// Queries about the trail.
#[derive(Default)]
pub struct TrailQuery;

#[Object]
impl TrailQuery {
    /// What was done in the trust, newest first (endringslogg).
    async fn audit_events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only what was done to this object.")] subject_id: Option<ID>,
        #[graphql(
            desc = "Only these actions, such as `cohort.publish`; `cohort` is all that is done to cohorts. 20 at most."
        )]
        actions: Option<Vec<String>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<AuditEventConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let subject: Option<Uuid> = match subject_id {
            None => None,
            Some(id) => match relay::decode(&id) {
                Some((_, key)) => Some(key),
                None => return Ok(AuditEventConnection::new(Vec::new(), &page, false, 0)),
            },
        };
        let actions = actions.unwrap_or_default();
        if actions.len() > MOST_ACTIONS {
            let refusal = Refusal::new(Code::TooMany).at("actions").with("max", MOST_ACTIONS);
            return whole(context, Err(refusal.into()));
        }
        let filter = AuditFilter { subject, actions };
        let before = behind(Caller::of(context).locale(), &page, ORDER)?.map(AuditEventId);
        let found = whole(context, trail::events(&caller.ctx, &right, &filter, before, page.size).await)?;
        let rows =
            found.events.into_iter().map(|event| (cursor(ORDER, event.id.0), AuditEvent(event))).collect();
        Ok(AuditEventConnection::new(rows, &page, found.more, found.total))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_keys_in_an_entry_are_ids_that_can_be_asked_for() {
        let key = Uuid::from_u128(7);
        let id = |kind: &str| json!(relay::encode(kind, key).to_string());
        let mut detail = json!({
            "cohort": "NYL-2027-V",
            "records": [{ "enrolment": key, "presence": "present" }],
            "cleared": [key],
            "changed": { "coordinators": { "from": [key], "to": [] }, "room": { "from": null, "to": "B 2" } },
        });
        opaque(&mut detail, None);
        let expected = json!({
            "cohort": "NYL-2027-V",
            "records": [{ "enrolment": id("Enrolment"), "presence": "present" }],
            "cleared": [id("Enrolment")],
            "changed": { "coordinators": { "from": [id("Account")], "to": [] }, "room": { "from": null, "to": "B 2" } },
        });
        assert_eq!(detail, expected);
    }
}
