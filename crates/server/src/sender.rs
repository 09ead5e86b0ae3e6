//! Whether the sender of mail is one that servers on the way take, and that people can answer.

use varde_mail::Transport;
use varde_model::organisation::Organisation;

use crate::wiring::is_this_machine;

/// What to do about it.
pub(crate) const MEND: &str =
    "set VARDE_MAIL_FROM_ADDRESS to an address that the server sends for, such as varde@helse.example";

/// What is wrong with the sender of the settings; None where no organisation's mail needs it, or mail stays on this
/// machine. Without an organisation the first one will need it.
pub(crate) fn fault(
    transport: &Transport,
    from_address: &str,
    organisations: &[Organisation],
) -> Option<String> {
    let relay = transport.relay().filter(|host| !is_this_machine(host))?;
    let needed = organisations.is_empty() || organisations.iter().any(|one| one.sender_address.is_none());
    let domain = from_address.rsplit_once('@').map_or(from_address, |(_, domain)| domain);
    (needed && !is_public(domain)).then(|| {
        format!("{from_address} is an address of this machine alone: {relay} may refuse it, and nobody can answer it")
    })
}

fn is_public(domain: &str) -> bool {
    domain.contains('.') && !is_this_machine(domain)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Oslo;
    use varde_mail::SmtpOptions;
    use varde_model::{Locale, ids::OrganisationId};

    use super::*;

    fn is_wrong(url: &str, from: &str, own_senders: &[Option<&str>]) -> bool {
        let transport = Transport::from_url(&url.into(), SmtpOptions::default()).unwrap();
        let organisation = |own: &Option<&str>| Organisation {
            id: OrganisationId(uuid::Uuid::nil()),
            key: "fjordheim".to_owned(),
            name: "Fjordheim sykehus HF".to_owned(),
            zone: Oslo,
            locale: Locale::Nb,
            sender_address: own.map(str::to_owned),
            reply_to: None,
            sending: true,
            version: 1,
        };
        let organisations: Vec<_> = own_senders.iter().map(organisation).collect();
        fault(&transport, from, &organisations).is_some()
    }

    #[test]
    fn a_sender_of_this_machine_is_wrong_for_a_server_elsewhere() {
        for url in
            ["smtp://relay.helse.example", "smtps://user:word@relay.helse.example", "smtp://10.0.0.7:25"]
        {
            for from in ["varde@localhost", "varde@LOCALHOST", "varde@server7", "varde@server7.localhost"] {
                assert!(is_wrong(url, from, &[]), "{url} {from}");
            }
            assert!(!is_wrong(url, "varde@helse.example", &[]), "{url}");
        }
        for url in ["smtp://localhost:25", "smtp://127.0.0.1", "smtp://[::1]:25", "file:///mail"] {
            assert!(!is_wrong(url, "varde@localhost", &[]), "{url}");
        }
    }

    #[test]
    fn it_is_no_fault_where_every_organisation_has_its_own() {
        let own = Some("program@fjordheim.example");
        let is_wrong = |own: &[Option<&str>]| is_wrong("smtp://relay.helse.example", "varde@localhost", own);
        assert!(!is_wrong(&[own, own]));
        assert!(is_wrong(&[own, None]));
    }
}
