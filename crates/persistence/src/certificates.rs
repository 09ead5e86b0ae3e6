//! Certificates of completed cohorts.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    certificate::{Certificate, CertificateCode},
    ids::{CertificateId, EnrolmentId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::certificate::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Certificate {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: CertificateId(row.id),
            organisation: OrganisationId(row.organisation_id),
            enrolment: EnrolmentId(row.enrolment_id),
            person: PersonId(row.person_id),
            code: CertificateCode::read(&row.code)
                .ok_or_else(|| Fault::stored("certificate.code", &row.code))?,
            says: serde_json::from_value(row.says)
                .map_err(|error| Fault::stored("certificate.says", error))?,
            issued_at: row.issued_at,
            revoked_at: row.revoked_at,
            version: uint(row.version),
        })
    }
}

/// Writes a new certificate.
///
/// # Errors
/// The place has one, or the code is another's (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Certificate) -> Result<()> {
    let says = serde_json::to_value(&new.says).map_err(|error| Fault::stored("certificate.says", error))?;
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        enrolment_id: Set(new.enrolment.0),
        person_id: Set(new.person.0),
        code: Set(new.code.as_str().to_owned()),
        says: Set(says),
        issued_at: Set(new.issued_at),
        revoked_at: Set(new.revoked_at),
        version: Set(int(new.version)),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes what a certificate says now and whether it was taken back, and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Certificate) -> Result<()> {
    let says =
        serde_json::to_value(&changed.says).map_err(|error| Fault::stored("certificate.says", error))?;
    let done = Entity::update_many()
        .col_expr(C::Says, Expr::value(says))
        .col_expr(C::IssuedAt, Expr::value(changed.issued_at))
        .col_expr(C::RevokedAt, Expr::value(changed.revoked_at))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("certificate.update", done.rows_affected)
}

/// The certificate with a code, whatever its organisation: whoever has the code was shown the certificate.
pub async fn find_by_code(conn: &impl Conn, code: &CertificateCode) -> Result<Option<Certificate>> {
    let found = Entity::find().filter(C::Code.eq(code.as_str())).one(conn.raw()).await?;
    found.map(Certificate::try_from).transpose()
}

/// The certificates of places, in no order.
pub async fn of_enrolments(
    conn: &impl Conn,
    org: OrganisationId,
    enrolments: &[EnrolmentId],
) -> Result<Vec<Certificate>> {
    let mut found = Vec::new();
    for chunk in enrolments.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::EnrolmentId.is_in(chunk.iter().map(|id| id.0)))
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(Certificate::try_from(row)?);
        }
    }
    Ok(found)
}

/// A person's certificates, those that were taken back included; the latest first.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Certificate>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::PersonId.eq(person.0))
        .order_by_desc(C::IssuedAt)
        .order_by_desc(C::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Certificate::try_from).collect()
}
