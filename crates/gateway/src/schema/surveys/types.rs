//! A survey with as much of its figures as may be shown.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::surveys;
use varde_model::{
    Locale,
    catalogue::{self, LOWEST},
    local_time::Zoned,
    survey::{Hidden, QuestionFigures, SurveySubject},
};

use crate::{
    relay,
    schema::{
        Caller,
        errors::whole,
        labels::{SurveyHiddenLabel, SurveyKindLabel},
        loaders::{Loaders, SurveyAbout},
        scalars::{LocalDate, LocalTime},
    },
};

/// A survey (undersøkelse): a few questions to those who took part, answered without a name.
#[derive(Debug, Clone)]
pub struct Survey(pub(crate) surveys::SurveyFigures);

impl From<surveys::SurveyFigures> for Survey {
    fn from(figures: surveys::SurveyFigures) -> Self {
        Self(figures)
    }
}

/// A survey (undersøkelse): a few questions to those who took part, answered without a name. Who answered what is not
/// kept. The figures are shown once it is closed and `shownFrom` people have answered, so that two looks at it never tell
/// what one of them said.
#[Object]
impl Survey {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Survey", self.0.survey.id.0)
    }

    /// What it is about.
    async fn kind(&self) -> SurveyKindLabel {
        self.0.survey.subject.kind().into()
    }

    /// The key of its form, such as `gathering_evaluation` (spørreskjema).
    async fn form_key(&self) -> &str {
        &self.0.survey.form.key
    }

    /// The version of the form, which the survey keeps.
    async fn form_version(&self) -> u32 {
        self.0.survey.form.version
    }

    /// What it is called, in the caller's language.
    async fn title(&self, context: &Context<'_>) -> &str {
        self.0.survey.form.title.get(Caller::of(context).locale())
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime<Utc> {
        self.0.survey.opened_at
    }

    /// Until when it takes answers.
    async fn closes_at(&self) -> DateTime<Utc> {
        self.0.survey.closes_at
    }

    /// The same as a local day.
    async fn closes_on(&self) -> LocalDate {
        Zoned::at(self.0.survey.closes_at, self.0.zone).date.into()
    }

    /// The same as a local hour.
    async fn closes_at_time(&self) -> LocalTime {
        Zoned::at(self.0.survey.closes_at, self.0.zone).time.into()
    }

    /// The zone of day and hour, such as `Europe/Oslo`.
    async fn time_zone(&self) -> &'static str {
        self.0.zone.name()
    }

    /// True when it takes no more answers.
    async fn closed(&self) -> bool {
        self.0.closed
    }

    /// How many were asked.
    async fn asked(&self) -> u32 {
        self.0.asked
    }

    /// How many have answered.
    async fn answered(&self) -> u32 {
        self.0.answered
    }

    /// How many answers must stand behind a figure: five; three for where a leader group stands, which its members alone
    /// see. In so small a group somebody may guess who answered what, and the form's introduction says so to each.
    async fn shown_from(&self) -> u32 {
        self.0.survey.subject.kind().shown_from()
    }

    /// Why no figures are shown; null where they are.
    async fn hidden_because(&self) -> Option<SurveyHiddenLabel> {
        self.0.questions.as_ref().err().copied().map(SurveyHiddenLabel::from)
    }

    /// Its questions in order, with their figures where they are shown.
    async fn questions(&self, context: &Context<'_>) -> Vec<SurveyQuestion> {
        let locale = Caller::of(context).locale();
        match &self.0.questions {
            Ok(questions) => questions.iter().map(|figures| SurveyQuestion::shown(figures, locale)).collect(),
            Err(Hidden::StillOpen | Hidden::TooFew | Hidden::ForOthers) => {
                let all = self.0.survey.form.questions.iter();
                all.map(|question| SurveyQuestion::asked(question, locale)).collect()
            }
        }
    }
}

/// The survey about something; for coordinators.
pub(crate) async fn about(
    context: &Context<'_>,
    subject: SurveySubject,
) -> async_graphql::Result<Option<Survey>> {
    let loaders = context.data_unchecked::<Loaders>();
    Ok(whole(context, loaders.one(SurveyAbout(subject)).await)?.map(Survey::from))
}

/// A question of a survey.
#[derive(Debug, Clone, SimpleObject)]
pub struct SurveyQuestion {
    /// Its key within the form, for `answerSurvey`.
    key: String,
    /// What is asked, in the caller's language.
    text: String,
    /// True for a mark from 1 to 5, which must be given; false for an answer in one's own words, which may be left out.
    on_scale: bool,
    /// What the mark 1 means.
    low: Option<String>,
    /// What the mark 5 means.
    high: Option<String>,
    /// The mean of the marks; null where the figures are not shown, and for words.
    mean: Option<f64>,
    /// How many gave each mark, from 1 to 5; null where the figures are not shown, and for words.
    distribution: Option<Vec<SurveyMark>>,
    /// What was said, in an order that tells nothing; null where the figures are not shown, and for marks.
    comments: Option<Vec<String>>,
}

/// How many gave a mark.
#[derive(Debug, Clone, SimpleObject)]
pub struct SurveyMark {
    /// The mark, 1 to 5.
    score: u32,
    /// How many gave it.
    count: u32,
}

impl SurveyQuestion {
    fn asked(question: &catalogue::SurveyQuestion, locale: Locale) -> Self {
        let end = |text: fn(&catalogue::Scale) -> &catalogue::Texts| {
            question.scale.as_ref().map(|scale| text(scale).get(locale).to_owned())
        };
        Self {
            key: question.key.clone(),
            text: question.text.get(locale).to_owned(),
            on_scale: question.scale.is_some(),
            low: end(|scale| &scale.low),
            high: end(|scale| &scale.high),
            mean: None,
            distribution: None,
            comments: None,
        }
    }

    fn shown(figures: &QuestionFigures, locale: Locale) -> Self {
        let own = Self::asked(&figures.question, locale);
        let marks = (LOWEST..).zip(&figures.distribution);
        let marks = marks.map(|(score, count)| SurveyMark { score, count: *count });
        Self {
            mean: figures.mean,
            distribution: own.on_scale.then(|| marks.collect()),
            comments: (!own.on_scale).then(|| figures.comments.clone()),
            ..own
        }
    }
}

/// A survey that one was asked.
#[derive(Debug, Clone, SimpleObject)]
pub struct MySurvey {
    /// The survey's id, for `answerSurvey`.
    survey_id: ID,
    /// Whether one has answered.
    answered: bool,
    /// The code of the cohort that it belongs to.
    cohort_code: String,
    /// What the cohort is called.
    cohort_title: String,
    /// The gathering that it is about, in the caller's language; null where it is about something else.
    gathering_title: Option<String>,
    /// The leader group that it is about; null where it is about something else.
    leader_group_name: Option<String>,
    /// The survey with its questions, and its figures once they are shown to those who were asked.
    survey: Survey,
    /// Where the leader group stood before, for the survey after its last gathering.
    before: Option<Survey>,
}

impl MySurvey {
    /// In the caller's language.
    pub(super) fn told(own: surveys::MySurvey, locale: Locale) -> Self {
        Self {
            survey_id: relay::encode("Survey", own.figures.survey.id.0),
            answered: own.answered,
            cohort_code: own.cohort.code,
            cohort_title: own.cohort.title,
            gathering_title: own.gathering.map(|gathering| gathering.title.into_text(locale)),
            leader_group_name: own.group.map(|group| group.name),
            before: own.before.map(Survey::from),
            survey: own.figures.into(),
        }
    }
}
