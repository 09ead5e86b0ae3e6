//! What the demo tells on the terminal: where to look, who signs in, what to try first.

use std::{fmt::Write as _, path::Path};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use varde_model::local_time::Zoned;

use super::{
    credentials::{Credential, FILE},
    story::TRUSTS,
};

/// The whole text.
pub(crate) fn text(
    url: &str,
    data_dir: &Path,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
    zone: Tz,
    credentials: &[Credential],
) -> String {
    let mut text = format!(
        "Varde demo. Its clock shows {}.\n\n  start page  {url}/demo\n  mailbox     {url}/demo/mail\n  GraphQL     {url}/graphiql\n",
        Zoned::at(now, zone)
    );
    for trust in &TRUSTS {
        let _never_fails = writeln!(text, "\n{}", trust.name);
        for credential in credentials.iter().filter(|credential| credential.organisation == trust.key) {
            let Credential { role, email, password, .. } = credential;
            let _never_fails = writeln!(text, "  {role:<14} {email:<42} {password}");
        }
    }
    let moment = next.with_timezone(&zone).to_rfc3339();
    let _never_fails = write!(
        text,
        "\nThe sign-ins also stand in {file}.

Try first
  1. Read the invitation of the leader named above in the mailbox, follow its link and accept. Others have answered.
  2. Move the clock on to the next thing planned, {planned}, on the start page or so:
     curl -X POST {url}/demo/clock -H 'Content-Type: application/json' -d '{{\"to\": \"{moment}\"}}'
     What falls due on the way is sent, to each at the local hour. Go on week by week: those who have not answered
     are reminded, and nobody else.
  3. Sign in as the coordinator in GraphiQL: the menu \"Task\" holds an operation for each, with example variables.
  4. Sign in as the coordinator of the other trust: nothing of the first is there.

Ctrl-C ends it; the next start begins anew (--keep goes on).",
        file = data_dir.join(FILE).display(),
        planned = Zoned::at(next, zone),
    );
    text
}
