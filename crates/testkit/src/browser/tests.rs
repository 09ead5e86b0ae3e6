use fantoccini::Locator;

use super::{Browser, Options, Screen};

const GOOD: &str = "<!doctype html><html lang=nb><meta name=viewport content='width=device-width'><title>Svar</title>\
                    <main><h1>Vil du være med?</h1><p id=width></p></main>\
                    <script>document.getElementById('width').textContent = innerWidth</script>";
const BAD: &str = "<!doctype html><html lang=nb><title>Svar</title><main><img src='data:,'>\
                   <p style='color:#ddd;background:#fff'>Vil du være med?</p></main>";

fn page(html: &str) -> String {
    format!("data:text/html;charset=utf-8,{}", html.replace('%', "%25").replace('#', "%23"))
}

#[tokio::test]
async fn axe_finds_what_breaks_wcag_and_nothing_in_a_sound_page() {
    let browser = Browser::start().await.unwrap();
    browser.goto(&page(GOOD)).await.unwrap();
    assert_eq!(browser.axe().await.unwrap(), []);
    browser.goto(&page(BAD)).await.unwrap();
    let rules: Vec<_> = browser.axe().await.unwrap().into_iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, ["color-contrast", "image-alt"]);
}

#[tokio::test]
async fn a_phone_is_390_wide_and_leaves_a_picture() {
    let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await.unwrap();
    browser.goto(&page(GOOD)).await.unwrap();
    let width = browser.find(Locator::Id("width")).await.unwrap().text().await.unwrap();
    assert_eq!(width, "390");
    assert!(!browser.scrolls_sideways().await.unwrap());

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pages/answer.png");
    browser.save_screenshot(&file).await.unwrap();
    assert!(std::fs::read(file).unwrap().starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn without_scripts_none_runs() {
    let browser = Browser::start_with(Options { scripts: false, ..Options::default() }).await.unwrap();
    browser.goto(&page(GOOD)).await.unwrap();
    assert_eq!(browser.find(Locator::Id("width")).await.unwrap().text().await.unwrap(), "");
}
