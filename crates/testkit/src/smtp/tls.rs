//! The server's certificate and its two ways of TLS.

use std::sync::Arc;

use anyhow::{Context, Result};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    None,
    /// After STARTTLS, which the server offers and insists on.
    StartTls,
    /// From the first byte (`smtps`).
    Implicit,
}

/// The certificate and the acceptor made from it.
pub(super) struct Tls {
    pub(super) security: Security,
    pub(super) acceptor: TlsAcceptor,
    certificate_pem: String,
}

impl Tls {
    pub(super) fn new(security: Security) -> Result<Self> {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).context("making a certificate")?;
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)?;
        Ok(Self { security, acceptor: Arc::new(config).into(), certificate_pem: made.cert.pem() })
    }

    pub(super) fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.security.fmt(f)
    }
}
