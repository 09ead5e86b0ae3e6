//! Certificates: one's own, those of a cohort, and whether one that was shown is genuine.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::certificates::{self, Issued};
use varde_model::credits::Credits;

use super::FetchedFile;
use crate::schema::{Caller, errors::whole, keys, scalars::LocalDate};

/// The certificate of a completed cohort (kursbevis), as it was issued: names that change later do not change it.
#[derive(SimpleObject, Debug, Clone)]
pub struct Certificate {
    /// By what it can be checked, such as `7K3M-QX0B-2HTD-9WRN` (kode).
    code: String,
    /// Who completed the course.
    holder: String,
    /// The programme, in the caller's language.
    programme: String,
    /// The trust that issued it.
    organisation: String,
    /// The first day that was held.
    starts_on: LocalDate,
    /// The last day that was held.
    ends_on: LocalDate,
    /// Gatherings that were held (samlinger).
    gatherings_held: u32,
    /// Those of them that the holder was at, wholly or in part.
    gatherings_attended: u32,
    /// Minutes that the holder was there for; of a gathering attended in part, half.
    minutes: u32,
    /// The credits that stand on it (studiepoeng); null for a course without any.
    ects: Option<f64>,
    /// The day on which it was issued, or corrected last.
    issued_on: LocalDate,
    /// The day on which it was taken back, since the course does not count as completed any more; null for one that is
    /// valid.
    revoked_on: Option<LocalDate>,
    /// The page on which anybody can check it.
    check_url: String,
}

impl Certificate {
    /// As the caller reads it.
    pub(crate) fn new(caller: &Caller, issued: Issued) -> Self {
        let Issued { certificate, credits, issued_on, revoked_on } = issued;
        let says = certificate.says;
        Self {
            code: certificate.code.to_string(),
            check_url: certificates::check_url(caller.ctx.config(), &certificate.code),
            holder: says.holder,
            programme: says.programme.into_text(caller.locale()),
            organisation: says.organisation,
            starts_on: says.starts_on.into(),
            ends_on: says.ends_on.into(),
            gatherings_held: says.presence.held,
            gatherings_attended: says.presence.attended,
            minutes: says.presence.minutes,
            ects: credits.map(Credits::as_decimal),
            issued_on: issued_on.into(),
            revoked_on: revoked_on.map(Into::into),
        }
    }
}

/// Queries about certificates.
#[derive(Default)]
pub struct CertificateQuery;

#[Object]
impl CertificateQuery {
    /// One's own certificates (kursbevis), the latest first.
    async fn my_certificates(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Certificate>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let issued = whole(context, certificates::mine(&caller.ctx, &right).await)?;
        Ok(issued.into_iter().map(|issued| Certificate::new(caller, issued)).collect())
    }

    /// One's own certificate as PDF.
    async fn my_certificate_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The certificate's code.")] code: String,
        #[graphql(desc = "Its language, `nb`, `nn` or `en`; the caller's own if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<Option<FetchedFile>> {
        let caller = Caller::of(context);
        let file = async {
            let right = caller.oneself()?;
            certificates::my_file(&in_language(caller, locale)?, &right, &code).await
        };
        Ok(whole(context, file.await)?.map(FetchedFile::from))
    }

    /// Somebody's certificate as PDF, for coordinators.
    async fn certificate_file(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The certificate's code.")] code: String,
        #[graphql(desc = "Its language, `nb`, `nn` or `en`; the caller's own if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<Option<FetchedFile>> {
        let caller = Caller::of(context);
        let file = async {
            let right = caller.coordinator()?;
            certificates::any_file(&in_language(caller, locale)?, &right, &code).await
        };
        Ok(whole(context, file.await)?.map(FetchedFile::from))
    }

    /// The certificate with a code, of whichever trust, as the page `/verify` shows it; null where none was issued with it.
    async fn check_certificate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The code, as it stands on the certificate.")] code: String,
    ) -> async_graphql::Result<Option<Certificate>> {
        let caller = Caller::of(context);
        whole(context, caller.signed_in())?;
        let found = whole(context, certificates::check(&caller.ctx, &code).await)?;
        Ok(found.map(|found| Certificate::new(caller, found)))
    }
}

/// The caller's context in another language, where one is wanted.
pub(in crate::schema) fn in_language(
    caller: &Caller,
    locale: Option<String>,
) -> Result<varde_app::Ctx, varde_app::Error> {
    let wanted = locale.map(|tag| keys::language("locale", &tag)).transpose()?;
    Ok(caller.ctx.in_language(wanted.unwrap_or(caller.locale())))
}
