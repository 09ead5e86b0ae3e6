use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{Command, Fault, Security, Smtp};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn transport(smtp: &Smtp) -> Transport {
    Transport::builder_dangerous("127.0.0.1").port(smtp.port()).build()
}

fn mail(to: &str) -> Message {
    let from: Mailbox = "Programkontoret <program@fjordheim.example>".parse().unwrap();
    let builder =
        Message::builder().from(from).to(to.parse().unwrap()).subject("Påmelding til første samling");
    builder.body(".En linje med punktum først\r\n.\r\nÆ ø å".to_owned()).unwrap()
}

fn code<T>(answer: Result<T, lettre::transport::smtp::Error>) -> Option<u16> {
    answer.err().and_then(|error| error.status()).map(u16::from)
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_sent_with_its_envelope() {
    let smtp = Smtp::start().unwrap();
    transport(&smtp).send(mail("kari@example.org")).await.unwrap();
    let mails = smtp.wait_for(1).await.unwrap();
    assert_eq!(mails[0].from, "program@fjordheim.example");
    assert_eq!(mails[0].to, ["kari@example.org"]);
    assert_eq!(mails[0].subject(), "Påmelding til første samling");
    assert_eq!(mails[0].text().trim_end(), ".En linje med punktum først\r\n.\r\nÆ ø å");
    assert_eq!((smtp.connections().total, smtp.connections().peak), (1, 1));
}

#[tokio::test]
async fn a_refusal_strikes_only_its_recipient_and_only_so_many_times() {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::refuse(Command::Rcpt, 450, "busy").for_recipient("kari@example.org").times(1));
    let transport = transport(&smtp);
    transport.send(mail("ola@example.org")).await.unwrap();
    assert_eq!(code(transport.send(mail("kari@example.org")).await), Some(450));
    transport.send(mail("kari@example.org")).await.unwrap();
    assert_eq!(smtp.received().len(), 2);
}

#[tokio::test]
async fn each_step_can_be_refused() {
    let steps =
        [Command::Connect, Command::Ehlo, Command::Mail, Command::Rcpt, Command::Data, Command::EndOfData];
    for step in steps {
        let smtp = Smtp::start().unwrap();
        smtp.fault(Fault::refuse(step, 554, "no"));
        assert_eq!(code(transport(&smtp).send(mail("kari@example.org")).await), Some(554), "{step:?}");
        assert!(smtp.received().is_empty());
        smtp.heal();
        transport(&smtp).send(mail("kari@example.org")).await.unwrap();
    }
}

#[tokio::test]
async fn an_answer_withheld_after_the_data_leaves_the_mail_with_the_server() {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::drop_after_data().times(1));
    assert!(transport(&smtp).send(mail("kari@example.org")).await.is_err());
    assert_eq!(smtp.received().len(), 1);
}

#[tokio::test]
async fn a_closed_gate_holds_the_answer_back_until_it_is_opened() {
    let smtp = Smtp::start().unwrap();
    let gate = smtp.close_gate();
    let transport = transport(&smtp);
    let sending = tokio::spawn(async move { transport.send(mail("kari@example.org")).await });
    smtp.wait_for(1).await.unwrap();
    assert!(!sending.is_finished());
    gate.open();
    sending.await.unwrap().unwrap();
}

#[tokio::test]
async fn starttls_and_implicit_tls_carry_mail() {
    for security in [Security::StartTls, Security::Implicit] {
        let smtp = Smtp::start_with(security, 0).unwrap();
        let certificate = Certificate::from_pem(smtp.certificate_pem().as_bytes()).unwrap();
        let parameters =
            TlsParameters::builder("localhost".into()).add_root_certificate(certificate).build().unwrap();
        let tls =
            if security == Security::StartTls { Tls::Required(parameters) } else { Tls::Wrapper(parameters) };
        let transport = Transport::builder_dangerous("127.0.0.1").port(smtp.port()).tls(tls).build();
        transport.send(mail("kari@example.org")).await.unwrap();
        assert!(smtp.received()[0].encrypted, "{security:?}");
    }
}

#[tokio::test]
async fn a_stopped_server_can_come_back_on_its_port() {
    let smtp = Smtp::start().unwrap();
    let port = smtp.port();
    transport(&smtp).send(mail("kari@example.org")).await.unwrap();
    smtp.stop();
    let smtp = Smtp::start_with(Security::None, port).unwrap();
    transport(&smtp).send(mail("kari@example.org")).await.unwrap();
    assert_eq!(smtp.received().len(), 1);
}
