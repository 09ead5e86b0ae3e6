//! What becomes of a certificate, and of the programme's credits, when a cohort is closed or a result corrected.

use serde_json::json;
use varde_model::{
    certificate::{Certificate, CertificateCode, CertificateText, DaysAttended},
    credits::{Credits, PlaceCredits},
    enrolment::{Enrolment, EnrolmentState},
};
use varde_persistence::{certificates, credits, people};

use crate::{Error, Result, audit::Deed, cohorts::desk::Desk, register::Register};

impl Desk<'_> {
    /// Brings certificate and credits in line with the result: issued to whoever has completed, taken back from whoever
    /// has not any more, corrected where the record of attendance was. Nothing happens where they are.
    pub(crate) async fn certify(&self, enrolment: &Enrolment, register: &Register) -> Result<()> {
        let standing = certificates::of_enrolments(self.tx, self.org(), &[enrolment.id]).await?.pop();
        if enrolment.state != EnrolmentState::Completed {
            return match standing.filter(|it| it.revoked_at.is_none()) {
                Some(certificate) => self.take_back(certificate, enrolment).await,
                None => Ok(()),
            };
        }
        let presence = DaysAttended::of(register.presences(enrolment));
        match standing {
            None => self.issue(enrolment, register, presence).await?,
            Some(certificate) if certificate.revoked_at.is_some() => {
                let says = self.says(enrolment, register, presence).await?;
                self.change("certificate.reissue", Certificate { revoked_at: None, says, ..certificate })
                    .await?;
            }
            Some(certificate) if certificate.says.presence != presence => {
                // Names stay as they were certified.
                let says = CertificateText { presence, ..certificate.says.clone() };
                return self.change("certificate.correct", Certificate { says, ..certificate }).await;
            }
            Some(_) => return Ok(()),
        }
        self.give_credits(enrolment).await
    }

    async fn issue(&self, enrolment: &Enrolment, register: &Register, presence: DaysAttended) -> Result<()> {
        let certificate = Certificate {
            id: self.ctx.new_id(),
            organisation: self.org(),
            enrolment: enrolment.id,
            person: enrolment.person,
            code: CertificateCode::from_random(self.ctx.random_bytes()),
            says: self.says(enrolment, register, presence).await?,
            issued_at: self.ctx.now,
            revoked_at: None,
            version: 1,
        };
        certificates::insert(self.tx, self.org(), &certificate).await?;
        let detail = json!({ "enrolment": enrolment.id });
        self.record(Deed::on("certificate.issue", certificate.id), detail).await
    }

    async fn take_back(&self, certificate: Certificate, enrolment: &Enrolment) -> Result<()> {
        let revoked_at = Some(self.ctx.now);
        let changed = Certificate { revoked_at, ..certificate };
        certificates::update(self.tx, self.org(), &changed).await?;
        let given = credits::of_enrolments(self.tx, self.org(), &[enrolment.id]).await?.pop();
        if given.is_some_and(|given| !given.by_hand) {
            credits::clear(self.tx, self.org(), enrolment.id).await?;
        }
        let detail = json!({ "enrolment": enrolment.id });
        self.record(Deed::on("certificate.revoke", changed.id), detail).await
    }

    async fn change(&self, action: &'static str, changed: Certificate) -> Result<()> {
        let changed = Certificate { issued_at: self.ctx.now, ..changed };
        certificates::update(self.tx, self.org(), &changed).await?;
        self.record(Deed::on(action, changed.id), json!({ "enrolment": changed.enrolment })).await
    }

    /// The programme's credits, unless a coordinator has written down others.
    async fn give_credits(&self, enrolment: &Enrolment) -> Result<()> {
        let Some(ects) = self.programme.ects else { return Ok(()) };
        if credits::of_enrolments(self.tx, self.org(), &[enrolment.id]).await?.is_empty() {
            let given = PlaceCredits {
                enrolment: enrolment.id,
                person: enrolment.person,
                credits: Credits::whole(ects),
                by_hand: false,
                recorded_at: self.ctx.now,
            };
            credits::put(self.tx, self.org(), self.ctx.new_id(), &given).await?;
        }
        Ok(())
    }

    async fn says(
        &self,
        enrolment: &Enrolment,
        register: &Register,
        presence: DaysAttended,
    ) -> Result<CertificateText> {
        let person = people::find(self.tx, self.org(), enrolment.person).await?;
        let person = person.ok_or_else(|| Error::internal("a place without its person"))?;
        let days = || register.presences(enrolment).map(|(gathering, _)| gathering.date);
        let today = varde_model::local_time::Zoned::at(self.ctx.now, self.organisation.zone).date;
        Ok(CertificateText {
            holder: person.name(),
            programme: self.programme.title.clone(),
            organisation: self.organisation.name.clone(),
            starts_on: days().min().unwrap_or(today),
            ends_on: days().max().unwrap_or(today),
            presence,
        })
    }
}
