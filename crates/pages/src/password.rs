//! `/password/{token}`: the holder of an account chooses its password.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::SecretString;
use varde_app::{Code, Error, accounts, links::LinkKind};
use varde_model::account::Account;

use crate::{
    Pages,
    answer::Token,
    frame::Frame,
    guard::is_foreign,
    posted::Posted,
    problem,
    screen::{Form, Screen},
    visitor::Visitor,
};

const ROUTE: &str = "/password/{token}";

/// Shows the form, with the rule said beforehand.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    match account(&pages, &visitor, &token).await {
        Ok(account) => form(&visitor, &account, Flaws::default()),
        Err(response) => response,
    }
}

/// Sets the password and uses the link up.
pub(crate) async fn choose(
    State(pages): State<Pages>,
    visitor: Visitor,
    token: Token,
    posted: Result<Posted, StatusCode>,
) -> Response {
    let mut posted = match posted {
        Ok(posted) if is_foreign(posted.headers(), &pages.app.config().public_url) => {
            return problem::foreign(&visitor);
        }
        Ok(posted) => posted,
        Err(status) => return problem::unreadable(&visitor, status),
    };
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let account = match account(&pages, &visitor, &token).await {
        Ok(account) => account,
        Err(response) => return response,
    };
    let (password, again) = (posted.take("password"), posted.take("again"));
    if password != again {
        return form(&visitor, &account, Flaws { differ: true, ..Flaws::default() });
    }
    let ctx = pages.app.context(visitor.locale(Some(account.locale)));
    match accounts::choose_password(&ctx, &token, SecretString::from(password)).await {
        Ok(_) => Redirect::to(&visitor.there("/password/done")).into_response(),
        Err(Error::Refused(refusals)) => {
            match refusals.iter().find(|refusal| refusal.code != Code::LinkSpent) {
                Some(refusal) => {
                    let weak = Some(refusal.message(ctx.locale));
                    form(&visitor, &account, Flaws { weak, ..Flaws::default() })
                }
                None => problem::spent(&visitor),
            }
        }
        Err(error) => problem::fault(&pages, &visitor, ROUTE, &error),
    }
}

/// After the choice. The page knows nobody: the link is spent.
pub(crate) async fn done(visitor: Visitor) -> Response {
    let frame = Frame::new(&visitor, None, None);
    let words = frame.words;
    let lead = vec![words.get("pages-password-done-lead")];
    Screen { title: words.get("pages-password-done"), lead, ..Screen::default() }.response(&frame)
}

/// The account behind a link that serves, or the page for one that does not.
async fn account(pages: &Pages, visitor: &Visitor, token: &str) -> Result<Account, Response> {
    let ctx = pages.app.context(visitor.locale(None));
    match accounts::account_of_password_link(&ctx, token).await {
        Ok(account) => Ok(account),
        Err(Error::Refused(_)) if ctx.keys().links().verify(LinkKind::SetPassword, token).is_some() => {
            Err(problem::spent(visitor))
        }
        Err(Error::Refused(_)) => Err(problem::unknown(pages, visitor)),
        Err(error) => Err(problem::fault(pages, visitor, ROUTE, &error)),
    }
}

#[derive(Default)]
struct Flaws {
    weak: Option<String>,
    differ: bool,
}

fn form(visitor: &Visitor, account: &Account, flaws: Flaws) -> Response {
    let frame = Frame::new(visitor, Some(account.locale), None);
    let words = frame.words;
    let flawed = flaws.differ || flaws.weak.is_some();
    let bounds = [
        ("min", accounts::MIN_PASSWORD_CHARS.to_string()),
        ("max", accounts::MAX_PASSWORD_CHARS.to_string()),
    ];
    let form = Form::Password {
        email: account.email.clone(),
        rule: words.with("pages-password-rule", &bounds),
        error: flaws.weak,
        again_error: flaws.differ.then(|| words.get("pages-password-differ")),
    };
    Screen {
        status: if flawed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK },
        title: words.get("pages-password"),
        alert: flawed.then(|| words.get("pages-errors")),
        lead: vec![words.with("pages-password-lead", &[("email", account.email.as_str())])],
        form: Some(form),
        ..Screen::default()
    }
    .response(&frame)
}
