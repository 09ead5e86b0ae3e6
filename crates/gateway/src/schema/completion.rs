//! What a completed cohort leaves behind: certificates, and the trust's mark on them.

mod certificates;
mod files;
mod logo;

pub use certificates::{Certificate, CertificateQuery};
pub use files::FetchedFile;
pub use logo::{LogoMutation, LogoQuery, TrustLogo};
