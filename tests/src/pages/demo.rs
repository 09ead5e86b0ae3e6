//! The demo's own pages in a browser: the mailbox, a mail with its links, the clock.

use std::time::Duration;

use anyhow::Result;
use fantoccini::Locator;
use varde_testkit::{
    binary::{Running, command},
    browser::{Browser, Options, Screen},
    http::Http,
};

use super::in_the_browser::is_sound;

#[tokio::test(flavor = "multi_thread")]
async fn its_pages_are_accessible_and_lead_from_the_mailbox_to_an_answer() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let demo = command(folder.path(), ["demo", "--port", "0", "--now", "2026-11-23T08:00:00+01:00"])?;
    let running = Running::start(demo, "Ctrl-C ends it")?;
    let base = running.url()?;
    let mails = Http::new(&base)?.get_json("/demo/mail").await?;
    let mail = format!("{base}/demo/mail/{}", mails[0]["id"].as_str().unwrap_or_default());

    let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await?;
    for language in ["nb", "nn", "en"] {
        for address in [&format!("{base}/demo"), &format!("{base}/demo/mail"), &mail] {
            is_sound(&browser, &format!("{address}?lang={language}"), language).await?;
        }
    }

    // The button of the mail, shown in its frame, opens the page behind it beside the mailbox.
    browser.goto(&mail).await?;
    browser.find(Locator::Css("iframe")).await?.enter_frame().await?;
    browser.find(Locator::Css("a[href*='/answer/']")).await?.click().await?;
    browser.enter_parent_frame().await?;
    let windows = browser.windows().await?;
    assert_eq!(windows.len(), 2);
    for window in windows {
        browser.switch_to_window(window).await?;
    }
    let accept = Locator::Css("button[value=accept]");
    browser.wait().at_most(Duration::from_secs(20)).for_element(accept).await?.click().await?;
    // The page that answers asks nothing any more.
    let answered = Locator::XPath("//main[not(.//button[@value='accept'])]");
    browser.wait().at_most(Duration::from_secs(20)).for_element(answered).await?;

    browser.goto(&format!("{base}/demo?lang=en")).await?;
    browser.find(Locator::Css("button[value=week]")).await?.click().await?;
    let told =
        browser.wait().at_most(Duration::from_secs(60)).for_element(Locator::Css("p[role=status]")).await?;
    assert!(told.text().await?.contains("Mails sent:"));
    let now = browser.find(Locator::Css(".standing")).await?.text().await?;
    assert!(now.starts_with("Monday 30 November 2026 at 08:"), "{now}");
    assert!(running.terminate()?.success());
    Ok(())
}
