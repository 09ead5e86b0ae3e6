use varde_mail::{Delivery, SmtpOptions, Transport};
use varde_model::letter::LetterKind;

use crate::{
    message, sample,
    server::{Fault, Tls, Turns, listen, start, start_encrypted},
};

fn transport(port: u16, max_connections: usize) -> Transport {
    let options = SmtpOptions { max_connections, ..SmtpOptions::default() };
    Transport::from_url(&format!("smtp://127.0.0.1:{port}").into(), options).unwrap()
}

async fn send(transport: &Transport) -> Delivery {
    let (_, head) = sample(LetterKind::EnrolmentConfirmed);
    transport.send(head.outbox_id, head.now, &message()).await
}

#[tokio::test]
async fn one_connection_carries_many_mails() {
    let (port, seen) = start(Fault::None).await;
    let transport = transport(port, 4);
    transport.check().await.unwrap();
    for _ in 0..5 {
        assert_eq!(send(&transport).await, Delivery::Sent);
    }
    assert_eq!(seen.messages.lock().unwrap().len(), 5);
    assert_eq!(*seen.connections.lock().unwrap(), 2, "one to look, one to send");
    assert!(seen.messages.lock().unwrap()[0].contains("Message-ID: <01935a00"));
    transport.close().await;
}

#[tokio::test]
async fn the_pool_keeps_within_its_bound() {
    let (port, seen) = start(Fault::None).await;
    let transport = transport(port, 4);
    let mails: Vec<_> = (0..40)
        .map(|_| {
            let transport = transport.clone();
            tokio::spawn(async move { send(&transport).await })
        })
        .collect();
    for mail in mails {
        assert_eq!(mail.await.unwrap(), Delivery::Sent);
    }
    assert_eq!(seen.messages.lock().unwrap().len(), 40);
    assert!(*seen.connections.lock().unwrap() <= 4);
}

#[tokio::test]
async fn a_connection_that_was_closed_meanwhile_is_replaced() {
    let (port, seen) = start(Fault::OneMailEach).await;
    let transport = transport(port, 1);
    for _ in 0..3 {
        assert_eq!(send(&transport).await, Delivery::Sent);
    }
    assert_eq!(seen.messages.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_refusal_tells_whether_to_try_again_and_names_no_address() {
    let faults = [(Fault::NoSuchUser, true, 550), (Fault::Greylisted, false, 451), (Fault::Spam, true, 554)];
    let servers = faults.into_iter().flat_map(|fault| [(fault, Turns::Several), (fault, Turns::One)]);
    for ((fault, permanent, code), turns) in servers {
        let (port, seen) = listen(fault, turns).await;
        let transport = transport(port, 1);
        for _ in 0..2 {
            let delivery = send(&transport).await;
            let Delivery::Refused { permanent: p, code: Some(c), text } = &delivery else {
                panic!("{fault:?}: {delivery:?}")
            };
            assert_eq!((*p, *c), (permanent, code));
            assert!(!text.contains('@') && !text.is_empty(), "{text}");
        }
        assert_eq!(*seen.connections.lock().unwrap(), 1, "a refusal does not cost the connection");
        // This server waits for a message even when it knows no recipient: it gets an empty one.
        assert!(seen.messages.lock().unwrap().iter().all(|message| message.trim() == "."), "{turns:?}");
    }
}

#[tokio::test]
async fn a_server_that_takes_one_command_at_a_time_gets_one_at_a_time() {
    let (port, seen) = listen(Fault::None, Turns::One).await;
    let transport = transport(port, 1);
    for _ in 0..2 {
        assert_eq!(send(&transport).await, Delivery::Sent);
    }
    assert_eq!((seen.messages.lock().unwrap().len(), *seen.connections.lock().unwrap()), (2, 1));
}

#[tokio::test]
async fn silence_after_the_message_is_unknown_and_never_tried_again_here() {
    let (port, seen) = start(Fault::SilentAfterMessage).await;
    let delivery = send(&transport(port, 1)).await;
    assert!(matches!(delivery, Delivery::Unknown { .. }), "{delivery:?}");
    assert_eq!(seen.messages.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn silence_before_the_message_is_surely_not_sent() {
    let (port, _) = start(Fault::SilentAtData).await;
    let delivery = send(&transport(port, 1)).await;
    assert!(matches!(delivery, Delivery::Refused { permanent: false, code: None, .. }), "{delivery:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let transport = transport(port, 1);
    assert!(transport.check().await.is_err());
    assert!(matches!(send(&transport).await, Delivery::Refused { permanent: false, .. }));
}

#[tokio::test]
async fn a_password_does_not_travel_in_the_clear_unasked() {
    let (port, seen) = start(Fault::None).await;
    let url = format!("smtp://varde:hemmelig@127.0.0.1:{port}");
    let transport = Transport::from_url(&url.into(), SmtpOptions::default()).unwrap();
    let error = transport.check().await.unwrap_err().to_string();
    assert!(error.contains("no encryption") && !error.contains("hemmelig"), "{error}");
    assert!(seen.messages.lock().unwrap().is_empty());
}

#[tokio::test]
async fn tls_from_the_start_and_after_starttls_carry_mail_and_password() {
    for (tls, scheme, query) in [
        (Tls::FromTheStart, "smtps", ""),
        (Tls::AfterStartTls, "smtp", ""),
        (Tls::AfterStartTls, "smtp", "&tls=required"),
    ] {
        let (port, seen, certificate) = start_encrypted(tls).await;
        let folder = tempfile::tempdir().unwrap();
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, certificate).unwrap();
        let ca_file = ca_file.display();
        let url = format!("{scheme}://varde:hemmelig@localhost:{port}?ca_file={ca_file}{query}");
        let transport = Transport::from_url(&url.into(), SmtpOptions::default()).unwrap();
        assert_eq!(send(&transport).await, Delivery::Sent);
        assert_eq!(send(&transport).await, Delivery::Sent);
        assert_eq!(*seen.connections.lock().unwrap(), 1);
        assert_eq!(seen.messages.lock().unwrap().len(), 2);
        assert_eq!(seen.logins.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_server_with_an_unknown_certificate_gets_nothing() {
    for (tls, scheme) in [(Tls::FromTheStart, "smtps"), (Tls::AfterStartTls, "smtp")] {
        let (port, seen, _) = start_encrypted(tls).await;
        let url = format!("{scheme}://varde:hemmelig@localhost:{port}");
        let transport = Transport::from_url(&url.into(), SmtpOptions::default()).unwrap();
        let delivery = send(&transport).await;
        assert!(matches!(delivery, Delivery::Refused { permanent: false, code: None, .. }), "{delivery:?}");
        assert!(seen.logins.lock().unwrap().is_empty() && seen.messages.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn encryption_that_is_required_and_not_offered_stops_the_mail() {
    let (port, seen) = start(Fault::None).await;
    let url = format!("smtp://127.0.0.1:{port}?tls=required");
    let transport = Transport::from_url(&url.into(), SmtpOptions::default()).unwrap();
    assert!(matches!(send(&transport).await, Delivery::Refused { permanent: false, .. }));
    assert!(seen.messages.lock().unwrap().is_empty());
}
