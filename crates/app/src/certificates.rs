//! Certificates of completed cohorts: issued and taken back with the result, fetched as PDF, and checked by anybody who
//! was shown one.

mod by_link;
mod issue;
mod sheet;

pub use by_link::{HeldCertificate, by_link, file_by_link};
use chrono::NaiveDate;
pub use sheet::told;
pub(crate) use sheet::{decimal, hours};
use varde_model::{
    certificate::{Certificate, CertificateCode},
    credits::Credits,
    ids::{EnrolmentId, OrganisationId},
    local_time::Zoned,
};
use varde_persistence::{Conn, certificates, credits, logos, organisations};

use crate::{
    AppConfig, Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
    files::File,
};

/// A certificate with the credits that its place gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Issued {
    /// The certificate.
    pub certificate: Certificate,
    /// The credits, as they stand in the register.
    pub credits: Option<Credits>,
    /// The local day on which it was issued, or corrected last.
    pub issued_on: NaiveDate,
    /// The local day on which it was taken back; None for one that is valid.
    pub revoked_on: Option<NaiveDate>,
}

/// The address at which anybody can check a certificate.
pub fn check_url(config: &AppConfig, code: &CertificateCode) -> String {
    format!("{}/verify/{code}", config.public_url)
}

/// One's own certificates, the latest first.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<Issued>> {
    let own = certificates::of_person(ctx.store(), right.org(), right.person()).await?;
    with_credits(ctx.store(), right.org(), own).await
}

/// The certificates of places.
///
/// # Errors
/// The database refused.
pub async fn of_enrolments(ctx: &Ctx, right: &Coordinator, ids: &[EnrolmentId]) -> Result<Vec<Issued>> {
    let found = certificates::of_enrolments(ctx.store(), right.org(), ids).await?;
    with_credits(ctx.store(), right.org(), found).await
}

pub(crate) async fn with_credits(
    conn: &impl Conn,
    org: OrganisationId,
    certificates: Vec<Certificate>,
) -> Result<Vec<Issued>> {
    if certificates.is_empty() {
        return Ok(Vec::new());
    }
    let organisation = organisations::find(conn, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let day = |at| Zoned::at(at, zone).date;
    let places: Vec<EnrolmentId> = certificates.iter().map(|certificate| certificate.enrolment).collect();
    let given = credits::of_enrolments(conn, org, &places).await?;
    let issued = |certificate: Certificate| {
        let credits = given.iter().find(|given| given.enrolment == certificate.enrolment);
        Issued {
            credits: credits.map(|given| given.credits),
            issued_on: day(certificate.issued_at),
            revoked_on: certificate.revoked_at.map(day),
            certificate,
        }
    };
    Ok(certificates.into_iter().map(issued).collect())
}

/// The certificate with a code as it was typed, of whichever trust: an employer or a university to whom it was shown wants
/// to know whether it is one. None where none was issued with it. It tells no more than the certificate itself.
///
/// # Errors
/// The database refused.
pub async fn check(ctx: &Ctx, code: &str) -> Result<Option<Issued>> {
    let Some(code) = CertificateCode::read(code) else { return Ok(None) };
    let Some(found) = certificates::find_by_code(ctx.store(), &code).await? else { return Ok(None) };
    let org = found.organisation;
    Ok(with_credits(ctx.store(), org, vec![found]).await?.pop())
}

/// One's own certificate as PDF, in the language of the call; None for nobody's, or somebody else's.
///
/// # Errors
/// Refused: taken back.
pub async fn my_file(ctx: &Ctx, right: &Oneself, code: &str) -> Result<Option<File>> {
    let found = known(ctx, right.org(), code).await?;
    match found.filter(|it| it.person == right.person()) {
        Some(own) => Ok(Some(file(ctx, own).await?)),
        None => Ok(None),
    }
}

/// Somebody's certificate as PDF, in the language of the call; None for nobody's in the organisation.
///
/// # Errors
/// Refused: taken back.
pub async fn any_file(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<File>> {
    match known(ctx, right.org(), code).await? {
        Some(found) => Ok(Some(file(ctx, found).await?)),
        None => Ok(None),
    }
}

async fn known(ctx: &Ctx, org: OrganisationId, code: &str) -> Result<Option<Certificate>> {
    let Some(code) = CertificateCode::read(code) else { return Ok(None) };
    let found = certificates::find_by_code(ctx.store(), &code).await?;
    Ok(found.filter(|certificate| certificate.organisation == org))
}

async fn file(ctx: &Ctx, certificate: Certificate) -> Result<File> {
    if certificate.revoked_at.is_some() {
        return Err(Refusal::new(Code::CertificateRevoked).at("code").into());
    }
    let (store, org) = (ctx.store(), certificate.organisation);
    let issued = with_credits(store, org, vec![certificate]).await?.pop();
    let issued = issued.ok_or_else(|| Error::internal("one certificate became none"))?;
    let logo = logos::find(store, org).await?;
    let sheet = sheet::certificate(ctx, &issued, logo.as_ref());
    File::pdf(&sheet, &format!("{}-{}", sheet.title, issued.certificate.code))
}
