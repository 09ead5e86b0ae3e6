//! The checks, in the order in which one mends.

mod data;
mod keys;

use std::net::TcpListener;

use chrono::{DateTime, Datelike as _, Utc};
use varde_app::Clock as _;
use varde_model::organisation::Organisation;
use varde_settings::Settings;

use super::{About, Finding};
use crate::{clock::SystemClock, sender, wiring};

/// Everything that depends on settings.
pub(super) async fn of_settings(settings: &Settings, findings: &mut Vec<About>) {
    findings.push(("data folder", data::folder(settings)));
    findings.push(("secret", keys::secret(settings)));
    findings.push(("confidential keys", keys::confidential(settings)));
    let (about_data, organisations) = data::database(settings).await;
    findings.extend(about_data);
    findings.push(("mail", mail(settings).await));
    findings.extend(sender(settings, &organisations));
    findings.push(("public URL", public_url(settings)));
    findings.push(("address", address(settings)));
    findings.push(("clock", clock(settings)));
}

/// Everything that comes with the program.
pub(super) fn of_program(findings: &mut Vec<About>) {
    let reinstall = "this program is damaged: install it anew";
    findings.push((
        "mail templates",
        match varde_mail::check_templates() {
            Ok(()) => Finding::Good("every letter renders in every language".to_owned()),
            Err(faults) => Finding::Wrong(lines(&faults), reinstall.to_owned()),
        },
    ));
    findings.push((
        "catalogue",
        match varde_app::catalogue::embedded() {
            Ok(catalogue) => Finding::Good(format!(
                "{} programme(s), {} reminder policies",
                catalogue.programmes.len(),
                catalogue.policies.len()
            )),
            Err(faults) => Finding::Wrong(lines(&faults), reinstall.to_owned()),
        },
    ));
}

fn lines(faults: &[impl std::fmt::Display]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n       ")
}

async fn mail(settings: &Settings) -> Finding {
    let mend = "set VARDE_MAIL_URL: smtp://user:password@host:587, smtps://user:password@host:465, or file:///folder";
    match wiring::transport(settings) {
        Ok(None) => Finding::Wrong("no server is set, so nothing can be sent".to_owned(), mend.to_owned()),
        Err(error) => Finding::Wrong(format!("{error:#}"), mend.to_owned()),
        Ok(Some(transport)) => match transport.check().await {
            Ok(()) => Finding::Good(format!("can be sent; the sender is {}", settings.mail.from_address)),
            Err(error) => Finding::Wrong(
                error.to_string(),
                "see that the server runs, that host, port, user and password of VARDE_MAIL_URL are right, and that no firewall lies between".to_owned(),
            ),
        },
    }
}

/// Nothing is said of one that is in order, beyond what is said of mail.
fn sender(settings: &Settings, organisations: &[Organisation]) -> Option<About> {
    let transport = wiring::transport(settings).ok().flatten()?;
    let fault = sender::fault(&transport, &settings.mail.from_address, organisations)?;
    Some(("sender", Finding::Wrong(fault, sender::MEND.to_owned())))
}

fn public_url(settings: &Settings) -> Finding {
    let url = &settings.http.public_url;
    if wiring::is_this_machine(wiring::host(url)) {
        return Finding::Note(format!(
            "{url} works on this machine alone: before mail goes to people, set VARDE_HTTP_PUBLIC_URL to the address they use"
        ));
    }
    if url.starts_with("http://") {
        return Finding::Wrong(
            format!("{url} is not encrypted: passwords and links could be read on the way"),
            "put a proxy that ends TLS in front, and let VARDE_HTTP_PUBLIC_URL begin with https://"
                .to_owned(),
        );
    }
    Finding::Good(url.clone())
}

fn address(settings: &Settings) -> Finding {
    let address = settings.http.listen;
    match TcpListener::bind(address) {
        Ok(_) => Finding::Good(format!("{address} is free to listen on")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Finding::Note(format!("{address} is in use: this service runs, or another one is in its place"))
        }
        Err(error) => Finding::Wrong(
            format!("cannot listen on {address}: {error}"),
            "set VARDE_HTTP_LISTEN to an address of this machine and a port above 1023".to_owned(),
        ),
    }
}

fn clock(settings: &Settings) -> Finding {
    of_clock(settings.organisation.time_zone, SystemClock.now())
}

fn of_clock(zone: chrono_tz::Tz, now: DateTime<Utc>) -> Finding {
    // No version of this program is older.
    if now.year() < 2026 {
        return Finding::Wrong(
            format!("it says {now}"),
            "set the machine's clock (timedatectl set-ntp true)".to_owned(),
        );
    }
    Finding::Good(format!("{} in {}", now.with_timezone(&zone).format("%Y-%m-%d %H:%M (%:z)"), zone.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_that_lost_its_clock_is_noticed() {
        let oslo = chrono_tz::Europe::Oslo;
        assert!(matches!(of_clock(oslo, DateTime::UNIX_EPOCH), Finding::Wrong(..)));
        let Finding::Good(text) = of_clock(oslo, "2027-03-28T01:30:00Z".parse().unwrap()) else {
            panic!("good")
        };
        assert_eq!(text, "2027-03-28 03:30 (+02:00) in Europe/Oslo");
    }
}
