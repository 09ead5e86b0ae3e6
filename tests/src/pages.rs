//! The pages behind links in mails, asked as a browser without scripts asks, and in a real browser.

mod answers;
mod crossing;
mod demo;
mod graphiql;
mod house;
mod in_the_browser;
mod misuse;
mod passwords;
mod surveys;
mod unsubscribing;

pub(crate) use house::{BOKMAAL, House, open};
pub(crate) use passwords::link as password_link;
