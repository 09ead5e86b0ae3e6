//! Which server, how it is reached, and how long its answers may take.

use std::{fmt, time::Duration};

use lettre::transport::smtp::client::{Certificate, TlsParameters};
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use super::TransportError;

/// A living server answers MAIL at once, and the rest of the mail's time is needed for a fresh connection.
const IDLE_PATIENCE: Duration = Duration::from_secs(5);

/// Limits of the pool and of patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmtpOptions {
    /// Connections at once, 1 to 64.
    pub max_connections: usize,
    /// For one mail altogether, the wait for a free connection included. A message is begun within the first half: a
    /// server may look at it for long, and one that was begun too late would be of unknown fate for no reason.
    pub timeout: Duration,
    /// To connect, TLS included.
    pub connect_timeout: Duration,
    /// How long a connection is kept without work; shorter than the server's own patience.
    pub idle_timeout: Duration,
    /// For the first answer on a connection that was kept: it may be dead without having been told.
    pub idle_patience: Duration,
}

impl Default for SmtpOptions {
    fn default() -> Self {
        Self {
            max_connections: 8,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(30),
            idle_patience: IDLE_PATIENCE,
        }
    }
}

/// When the connection is encrypted.
#[derive(Clone)]
pub(super) enum Encryption {
    Never,
    WhenOffered(TlsParameters),
    StartTls(TlsParameters),
    FromTheStart(TlsParameters),
}

#[derive(Clone)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: SecretString,
}

pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) login: Option<Login>,
    pub(super) options: SmtpOptions,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({}:{})", self.host, self.port)
    }
}

impl Server {
    pub(super) fn from_url(url: &Url, options: SmtpOptions) -> Result<Self, TransportError> {
        let wrong = |text: &str| TransportError::Url(text.to_owned());
        let host =
            url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("the host is missing"))?;
        let (mut mode, mut ca_file) = (None, None);
        for (name, value) in url.query_pairs() {
            match &*name {
                "tls" => mode = Some(value.into_owned()),
                "ca_file" => ca_file = Some(value.into_owned()),
                other => return Err(wrong(&format!("'{other}' is not known: tls and ca_file are"))),
            }
        }
        let implicit = url.scheme() == "smtps";
        let tls = || tls(host, ca_file.as_deref());
        let encryption = match (implicit, mode.as_deref()) {
            (true, None | Some("required")) => Encryption::FromTheStart(tls()?),
            (false, None) => Encryption::WhenOffered(tls()?),
            (false, Some("required")) => Encryption::StartTls(tls()?),
            (false, Some("none")) => Encryption::Never,
            (_, Some(other)) => {
                return Err(wrong(&format!("tls={other} does not fit: required or none (smtp)")));
            }
        };
        let port = url.port().unwrap_or(if implicit { 465 } else { 587 });
        Ok(Self { host: host.trim_matches(['[', ']']).into(), port, encryption, login: login(url)?, options })
    }
}

fn tls(host: &str, ca_file: Option<&str>) -> Result<TlsParameters, TransportError> {
    let mut builder = TlsParameters::builder(host.trim_matches(['[', ']']).to_owned());
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|error| TransportError::Url(format!("ca_file: {error}")))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|error| TransportError::Url(format!("ca_file: {error}")))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| TransportError::Server(error.to_string()))
}

fn login(url: &Url) -> Result<Option<Login>, TransportError> {
    if url.username().is_empty() {
        return Ok(None);
    }
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(String::from).map_err(|_| TransportError::Url("user and password must be UTF-8".into()))
    };
    let password = decoded(url.password().unwrap_or_default())?;
    Ok(Some(Login { user: decoded(url.username())?, password: password.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> Result<Server, TransportError> {
        Server::from_url(&Url::parse(url).unwrap(), SmtpOptions::default())
    }

    #[test]
    fn the_url_says_how_to_encrypt() {
        assert!(matches!(server("smtp://localhost:2525").unwrap().encryption, Encryption::WhenOffered(_)));
        assert!(matches!(
            server("smtp://localhost?tls=required").unwrap().encryption,
            Encryption::StartTls(_)
        ));
        assert!(matches!(server("smtp://localhost?tls=none").unwrap().encryption, Encryption::Never));
        let implicit = server("smtps://relay.example").unwrap();
        assert!(matches!(implicit.encryption, Encryption::FromTheStart(_)));
        assert_eq!(implicit.port, 465);
        assert!(server("smtps://relay.example?tls=none").is_err());
        assert!(server("smtp://localhost?tsl=none").is_err());
    }

    #[test]
    fn a_password_is_decoded_and_never_shown() {
        let server = server("smtp://varde%40x.no:h%C3%A5p%2F1@localhost:25").unwrap();
        assert_eq!(format!("{server:?}"), "Server(localhost:25)");
        let login = server.login.unwrap();
        assert_eq!(login.user, "varde@x.no");
        assert_eq!(secrecy::ExposeSecret::expose_secret(&login.password), "håp/1");
    }
}
