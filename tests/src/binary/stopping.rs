//! The service when it is told to end: who is being served is, and nobody else.

use std::{io::ErrorKind, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{interval, timeout},
};

use super::serving;

const BODY: &str = r#"{"query":"{ __typename }"}"#;

/// A request whose handler waits for the rest of it: the server has said that it wants it.
async fn in_flight(port: u16) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&answer[..read]), "HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

async fn until_nobody_is_let_in(port: u16) {
    #[expect(clippy::disallowed_methods, reason = "another process gives no other sign")]
    let mut pace = interval(Duration::from_millis(10));
    loop {
        pace.tick().await;
        match TcpStream::connect(("127.0.0.1", port)).await {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            // Not yet told, or on the way out.
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_is_in_flight_is_answered_and_nobody_new_is_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let (running, port) = serving(folder.path(), "https://varde.fjordheim.example").await;
    let mut request = in_flight(port).await;
    running.ask_to_end().unwrap();
    timeout(Duration::from_secs(20), until_nobody_is_let_in(port)).await.expect("the door shuts at once");

    request.write_all(BODY.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(Duration::from_secs(20), request.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"__typename\":\"Query\""), "{answer}");
    assert!(running.wait().unwrap().success());
}
