//! Everybody reads the days of a course in her or his own language: in letters, calendars, pages and GraphQL.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    access::Coordinator,
    cohorts,
    enrolments::{self, EnrolLeaders},
    input::ErrorPolicy,
};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail, NOVEMBER},
    http::Http,
};

use crate::both::on_both;

use super::{
    changes::calendar,
    p01_onboarding::{answer, spring},
};

on_both! {
    a_title_is_given_for_all_languages_or_in_each
    a_speakers_role_is_given_in_each_language_and_a_name_for_all
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

const EDIT: &str = "mutation ($input: EditGatheringInput!) { editGathering(input: $input) {
    gathering { id } errors { code message path } } }";

const DAYS: &str = "{ cohort(code: \"NYL-2027-V\") { gatherings { id title blocks { title speakers speakerTexts { nb nn en } theme themeTitle domains } } }
    cohortRoster(code: \"NYL-2027-V\") { gatherings { title } } }";

/// A reader with the first day as she or he reads it: the address, and the texts of day, block, speaker and theme.
struct Reader {
    email: &'static str,
    tag: &'static str,
    title: &'static str,
    block: &'static str,
    speaker: &'static str,
    theme: &'static str,
}

const READERS: [Reader; 3] = [
    Reader {
        email: "kristin.martinsen@fjordheim.example",
        tag: "nb",
        title: "Lederrollen og verdiene våre",
        block: "Hva sykehuset venter av lederne sine",
        speaker: "Administrerende direktør",
        theme: "Verdier og ledelsesprinsipper",
    },
    Reader {
        email: "ase.moen@fjordheim.example",
        tag: "nn",
        title: "Leiarrolla og verdiane våre",
        block: "Kva sjukehuset ventar av leiarane sine",
        speaker: "Administrerande direktør",
        theme: "Verdiar og leiingsprinsipp",
    },
    Reader {
        email: "kristin.strom@fjordheim.example",
        tag: "en",
        title: "The leader’s role and our values",
        block: "What the hospital expects of its leaders",
        speaker: "Chief executive",
        theme: "Values and principles of leadership",
    },
];

/// A published cohort to which one reader of each language is invited.
async fn published(engine: Engine) -> Result<Harness> {
    let varde = Harness::start(engine).await?;
    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let file = file.replace("Nei;Bokmål;14.07.2005", "Nei;Engelsk;14.07.2005");
    varde.import("hr-export.csv", Box::leak(file.into_bytes().into_boxed_slice())).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, CREATE, spring()).await?;
    let (ctx, right) = (varde.ctx(), Coordinator::system(varde.org));
    let cohort = cohorts::find_by_code(&ctx, &right, "NYL-2027-V").await?.context("cohort")?.id;
    let input = EnrolLeaders {
        cohort,
        employee_numbers: ["10015", "10036", "10009"].map(str::to_owned).to_vec(),
        reason: Some("avtalt".to_owned()),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    enrolments::enrol(&ctx, &right, &input).await?;
    cohorts::publish(&ctx, &right, cohort, None, false).await?;
    varde.run_due().await?;
    Ok(varde)
}

fn to<'a>(mails: &'a [Mail], reader: &Reader) -> Vec<&'a Mail> {
    mails.iter().filter(|mail| mail.to == reader.email).collect()
}

/// What a client that asks for a language is answered.
async fn asked_in(client: &Http, tag: &str, document: &str) -> Result<Value> {
    let request = client.post("/graphql").header("accept-language", tag).json(&json!({ "query": document }));
    let answer: Value = request.send().await?.json().await?;
    Ok(answer["data"].clone())
}

async fn own_language(engine: Engine) -> Result<()> {
    let varde = published(engine).await?;
    let invited = varde.new_mails();
    for reader in &READERS {
        let mail = to(&invited, reader).pop().context(reader.email)?.clone();
        assert!(mail.text.contains(reader.title) && mail.html.contains("</html>"), "{}", mail.text);
        let others = READERS.iter().filter(|other| other.tag != reader.tag);
        assert!(others.into_iter().all(|other| !mail.text.contains(other.title)), "{}", mail.text);
        let page = varde.http.get(&mail.link().context("link")?).await?.text().await?;
        for text in [reader.title, reader.block, reader.speaker] {
            assert!(page.contains(text), "{text}: {page}");
        }
        answer(&varde, &mail, "accept").await?;
    }
    varde.run_due().await?;
    let told = varde.new_mails();
    for reader in &READERS {
        let days = to(&told, reader).into_iter().filter(|mail| mail.calendar.is_some());
        let first = days.into_iter().find(|mail| calendar(mail, "DTSTART") == "20270113T090000");
        let first = first.context("the first day")?;
        assert!(calendar(first, "SUMMARY").contains(reader.title), "{first:?}");
        for text in [reader.title, reader.block, reader.speaker] {
            assert!(first.text.contains(text), "{text}: {}", first.text);
        }
        let page = varde.http.get(&first.link().context("link")?).await?.text().await?;
        assert!(page.contains(reader.title) && page.contains(reader.block), "{page}");
    }
    let hr = varde.coordinator().await?;
    for reader in &READERS {
        let read = asked_in(&hr, reader.tag, DAYS).await?;
        let day = &read["cohort"]["gatherings"][0];
        assert_eq!(day["title"], reader.title);
        assert_eq!(day["blocks"][0]["title"], reader.block);
        assert_eq!(day["blocks"][0]["speakers"][0], reader.speaker);
        assert_eq!(day["blocks"][0]["theme"], "VALUES_AND_PRINCIPLES");
        assert_eq!(day["blocks"][0]["themeTitle"], reader.theme);
        assert_eq!(day["blocks"][0]["domains"], json!(["values", "context"]));
        assert_eq!(read["cohortRoster"]["gatherings"][0]["title"], reader.title);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_the_days_in_the_own_language_on_sqlite() -> Result<()> {
    own_language(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_the_days_in_the_own_language_on_postgresql() -> Result<()> {
    own_language(Engine::Postgres).await
}

/// The titles of a day in the three languages.
async fn titles(hr: &Http, index: usize) -> Result<Vec<Value>> {
    let mut titles = Vec::new();
    for tag in ["nb", "nn", "en"] {
        titles.push(asked_in(hr, tag, DAYS).await?["cohort"]["gatherings"][index]["title"].clone());
    }
    Ok(titles)
}

/// A coordinator's own title holds for all, or is given in each language; one that is sent back as it was read takes
/// the other languages from nobody.
async fn a_title_is_given_for_all_languages_or_in_each(engine: Engine) -> Result<()> {
    let varde = published(engine).await?;
    let hr = varde.coordinator().await?;
    let id = asked_in(&hr, "nb", DAYS).await?["cohort"]["gatherings"][0]["id"].clone();
    let edit = async |with: Value| -> Result<Value> {
        let mut input = with;
        input["gatheringId"] = id.clone();
        Ok(hr.graphql(EDIT, json!({ "input": input })).await?.data()?["editGathering"]["errors"].clone())
    };
    assert_eq!(edit(json!({ "title": READERS[1].title })).await?, json!([]));
    assert_eq!(titles(&hr, 0).await?, READERS.map(|reader| reader.title));
    edit(json!({ "titles": { "nb": "Åpningsdag", "nn": "Opningsdag", "en": "Opening day" } })).await?;
    assert_eq!(titles(&hr, 0).await?, ["Åpningsdag", "Opningsdag", "Opening day"]);
    edit(json!({ "title": "Start" })).await?;
    assert_eq!(titles(&hr, 0).await?, ["Start", "Start", "Start"]);
    let refused = edit(json!({ "titles": { "nb": "Dag", "nn": "x".repeat(121), "en": "Day" } })).await?;
    assert_eq!(refused[0]["code"], "TOO_LONG");
    assert_eq!(refused[0]["path"], json!(["titles", "nn"]));
    assert_eq!(edit(json!({ "title": " " })).await?[0]["path"], json!(["title"]));
    Ok(())
}

/// A role differs from language to language, a name does not; both are read back as they were given.
async fn a_speakers_role_is_given_in_each_language_and_a_name_for_all(engine: Engine) -> Result<()> {
    let varde = published(engine).await?;
    let hr = varde.coordinator().await?;
    let id = asked_in(&hr, "nb", DAYS).await?["cohort"]["gatherings"][0]["id"].clone();
    let name = json!({ "nb": "Kari Nordmann", "nn": "Kari Nordmann", "en": "Kari Nordmann" });
    let edit = async |role: Value| -> Result<Value> {
        let block =
            json!({ "starts": "09:00", "ends": "10:00", "title": "Start", "speakerTexts": [role, name] });
        let input = json!({ "input": { "gatheringId": id, "blocks": [block] } });
        Ok(hr.graphql(EDIT, input).await?.data()?["editGathering"]["errors"].clone())
    };
    let role = json!({ "nb": "Personalsjef", "nn": "Personalsjef for sjukehuset", "en": "Head of staff" });
    assert_eq!(edit(role.clone()).await?, json!([]));
    for (tag, speaker) in
        [("nb", "Personalsjef"), ("nn", "Personalsjef for sjukehuset"), ("en", "Head of staff")]
    {
        let block = asked_in(&hr, tag, DAYS).await?["cohort"]["gatherings"][0]["blocks"][0].clone();
        assert_eq!(block["speakers"], json!([speaker, "Kari Nordmann"]), "{engine:?}");
        assert_eq!(block["speakerTexts"], json!([role, name]), "{engine:?}");
    }
    let refused = edit(json!({ "nb": "Sjef", "nn": " ", "en": "Head" })).await?;
    assert_eq!(refused[0]["path"], json!(["blocks", "0", "speakerTexts", "0", "nn"]));
    Ok(())
}
