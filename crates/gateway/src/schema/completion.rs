//! What a completed cohort leaves behind: certificates with the trust's mark, credits, and each person's record.

mod certificates;
mod credits;
mod files;
mod logo;
mod record;

pub(in crate::schema) use certificates::in_language;
pub use certificates::{Certificate, CertificateQuery};
pub use credits::CreditsMutation;
pub use files::FetchedFile;
pub use logo::{LogoMutation, LogoQuery, TrustLogo};
pub use record::{CourseRecord, RecordQuery};
