//! Who belongs to leader groups.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use uuid::Uuid;
use varde_model::{
    groups::Member,
    ids::{AccountId, LeaderGroupId, OrganisationId, PersonId},
};

use crate::{
    Conn, Result, Tx,
    entity::leader_group_member::{ActiveModel, Column as C, Entity, Model},
    store::sealed::Raw,
};

impl From<Model> for Member {
    fn from(row: Model) -> Self {
        Self {
            group: LeaderGroupId(row.leader_group_id),
            person: PersonId(row.person_id),
            included: row.included,
            by_hand: row.by_hand,
            reason: row.reason,
            changed_by: row.changed_by.map(AccountId),
            changed_at: row.changed_at,
        }
    }
}

/// Writes members; one who is known already gets the new word. The rows' ids are given, for those who are new.
pub async fn put_members(tx: &Tx, org: OrganisationId, members: &[(Uuid, Member)]) -> Result<()> {
    let last_word = OnConflict::columns([C::LeaderGroupId, C::PersonId])
        .update_columns([C::Included, C::ByHand, C::Reason, C::ChangedBy, C::ChangedAt])
        .to_owned();
    for chunk in members.chunks(500) {
        let rows = chunk.iter().map(|(id, member)| ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            leader_group_id: Set(member.group.0),
            person_id: Set(member.person.0),
            included: Set(member.included),
            by_hand: Set(member.by_hand),
            reason: Set(member.reason.clone()),
            changed_by: Set(member.changed_by.map(|account| account.0)),
            changed_at: Set(member.changed_at),
        });
        Entity::insert_many(rows).on_conflict(last_word.clone()).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Who belongs to groups, those who were left out included, in the order in which they came.
pub async fn members(conn: &impl Conn, org: OrganisationId, groups: &[LeaderGroupId]) -> Result<Vec<Member>> {
    let mut found = Vec::new();
    for chunk in groups.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::LeaderGroupId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::LeaderGroupId)
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(Member::from));
    }
    Ok(found)
}

/// The groups that somebody belongs to, by id.
pub async fn groups_of_person(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
) -> Result<Vec<LeaderGroupId>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::PersonId.eq(person.0))
        .filter(C::Included.eq(true))
        .order_by_asc(C::LeaderGroupId)
        .all(conn.raw())
        .await?;
    Ok(rows.into_iter().map(|row| LeaderGroupId(row.leader_group_id)).collect())
}
