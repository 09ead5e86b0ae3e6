//! The whole check-in as a document for the two who hold it. It is made when it is asked for and kept nowhere.

use chrono::{DateTime, Utc};
use varde_documents::{Line, Logo, Sheet};
use varde_model::{
    Locale,
    check_in::{Party, Rated},
    dates,
    local_time::Zoned,
    organisation::Organisation,
};
use varde_persistence::{logos, organisations};

use super::conversation::{Agreed, Conversation, conversation};
use crate::{
    Ctx, Error, Result,
    access::OneOfTwo,
    files::File,
    labels::label,
    texts::{text, text_with},
};

/// The check-in as PDF, with what whoever asks may see of it, in the language of the call.
///
/// # Errors
/// Not found: it has gone to another line manager meanwhile. Internal: a text cannot be opened.
pub async fn document(ctx: &Ctx, right: &OneOfTwo) -> Result<File> {
    let held = conversation(ctx, right).await?;
    let organisation = organisations::find(ctx.store(), right.org()).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let logo = logos::find(ctx.store(), right.org()).await?;
    let sheet = Sheet {
        locale: ctx.locale,
        title: title(ctx.locale, &held),
        author: organisation.name.clone(),
        written_on: Zoned::at(ctx.now, organisation.zone).date,
        logo: logo.and_then(|logo| Logo::look(&logo.bytes).ok()),
        lines: Told { locale: ctx.locale, held: &held, organisation: &organisation }.lines(ctx.now),
    };
    File::pdf(&sheet, &sheet.title)
}

fn title(locale: Locale, held: &Conversation) -> String {
    let names = [("leader", held.leader.name()), ("cycle", held.cycle.code.clone())];
    text_with(locale, "check-in-title", &names)
}

struct Told<'a> {
    locale: Locale,
    held: &'a Conversation,
    organisation: &'a Organisation,
}

impl Told<'_> {
    fn word(&self, key: &str) -> String {
        text(self.locale, key)
    }

    fn lines(&self, now: DateTime<Utc>) -> Vec<Line> {
        let mut lines = vec![
            Line::Sender(self.organisation.name.clone()),
            Line::Heading(text_with(
                self.locale,
                "check-in-document",
                &[("cycle", self.held.cycle.code.clone())],
            )),
            Line::Name(self.held.leader.name()),
            Line::Text(self.word("check-in-document-confidential")),
        ];
        lines.extend(self.facts());
        lines.extend(self.profile());
        lines.extend(self.requirements());
        lines.extend(self.actions());
        lines.extend(self.addenda());
        lines.push(Line::Rule);
        let written = self.moment(now);
        lines.push(Line::Remark(text_with(self.locale, "check-in-document-written", &[("when", written)])));
        lines
    }

    fn moment(&self, at: DateTime<Utc>) -> String {
        dates::moment(self.locale, self.organisation.zone, at)
    }

    /// What one of the two is called.
    fn name(&self, party: Party) -> String {
        match party {
            Party::Leader => self.held.leader.name(),
            Party::Manager => self.held.manager_name.clone().unwrap_or_else(|| self.word("check-in-nobody")),
        }
    }

    fn facts(&self) -> Vec<Line> {
        let check_in = &self.held.check_in;
        let state = label(self.locale, "CheckInState", check_in.state.as_str()).unwrap_or_default();
        let mut facts = vec![
            (self.word("check-in-manager"), self.name(Party::Manager)),
            (self.word("check-in-document-state"), state),
        ];
        facts.extend(
            check_in.met_on.map(|on| (self.word("check-in-document-met"), dates::date(self.locale, on))),
        );
        for party in Party::BOTH {
            if let Some(at) = check_in.signed.of(party) {
                let signed = [("name", self.name(party))];
                facts.push((text_with(self.locale, "check-in-document-signed", &signed), self.moment(at)));
            }
        }
        facts.into_iter().map(|(what, value)| Line::Pair(what, value)).collect()
    }

    fn profile(&self) -> Vec<Line> {
        let Some(drawn) = self.held.profile.drawn(self.locale) else { return Vec::new() };
        vec![
            Line::Part(self.word("check-in-profile")),
            Line::Paragraph(self.word("check-in-profile-lead")),
            Line::Chart(drawn.chart),
            Line::Table { head: drawn.table.head, rows: drawn.table.rows },
        ]
    }

    fn requirements(&self) -> Vec<Line> {
        let held = self.held;
        let mut lines = Vec::new();
        for (number, one) in (1..).zip(&held.framework.requirements) {
            lines.push(Line::Part(format!("{number}. {}", one.title.get(self.locale))));
            lines.push(Line::Paragraph(one.text.get(self.locale).to_owned()));
            let own = held.own.get(&one.key).map(|(rated, _)| rated);
            let other = held.other.as_ref().and_then(|view| view.get(&one.key));
            for party in Party::BOTH {
                let rated = if party == held.party { own } else { other };
                if let Some(rated) = rated {
                    lines.extend(self.rated(party, rated));
                }
            }
        }
        lines
    }

    fn rated(&self, party: Party, rated: &Rated) -> Vec<Line> {
        let rating = rated.rating.and_then(|rating| label(self.locale, "RequirementRating", rating.as_str()));
        let rating = rating.unwrap_or_else(|| self.word("check-in-document-not-rated"));
        let mut lines = vec![Line::Section(format!("{}: {rating}", self.name(party)))];
        lines.extend(paragraphs(&rated.text));
        lines
    }

    fn actions(&self) -> Vec<Line> {
        let mut lines = vec![Line::Part(self.word("check-in-actions"))];
        if self.held.actions.is_empty() {
            lines.push(Line::Paragraph(self.word("check-in-no-actions")));
        }
        for (number, agreed) in (1..).zip(&self.held.actions) {
            lines.push(Line::Section(format!("{number}. {}", self.about(agreed))));
            if let Some(title) = &agreed.leads_to {
                lines.push(Line::Paragraph(title.get(self.locale).to_owned()));
            }
            lines.extend(paragraphs(&agreed.text));
        }
        lines
    }

    /// Whose an action is, by when, what it serves, and how it stands.
    fn about(&self, agreed: &Agreed) -> String {
        let action = &agreed.action;
        let of = [("owner", self.name(action.owner)), ("day", dates::day(self.locale, action.due_on))];
        let mut about = text_with(self.locale, "check-in-action-about", &of);
        let requirement = action.requirement.as_deref().and_then(|key| self.held.framework.requirement(key));
        if let Some((number, requirement)) = requirement {
            about.push_str(&format!("; {number}. {}", requirement.title.get(self.locale)));
        }
        if let Some(state) = label(self.locale, "CheckInActionState", action.state.as_str()) {
            about.push_str(&format!(" ({state})"));
        }
        about
    }

    fn addenda(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for one in &self.held.addenda {
            if lines.is_empty() {
                lines.push(Line::Part(self.word("check-in-addenda")));
            }
            lines.push(Line::Section(format!("{}, {}", self.name(one.party), self.moment(one.at))));
            lines.extend(paragraphs(&one.text));
        }
        lines
    }
}

/// What was written, as it was written: a paragraph a line.
fn paragraphs(text: &str) -> impl Iterator<Item = Line> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Line::Paragraph(line.to_owned()))
}

#[cfg(test)]
mod tests;
