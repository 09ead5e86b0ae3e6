//! Surveys, whom they were sent to, and what was answered: three tables, of which no two rows tell who said what.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    ids::{CohortId, OrganisationId, PersonId, SurveyId},
    survey::{Answer, Comment, Survey, SurveyInvitation, SurveyKind, SurveySubject, Tally},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{survey, survey_answer, survey_invitation},
    store::sealed::Raw,
};

impl TryFrom<survey::Model> for Survey {
    type Error = Fault;

    fn try_from(row: survey::Model) -> Result<Self> {
        let kind = SurveyKind::from_name(&row.kind).ok_or_else(|| Fault::stored("survey.kind", &row.kind))?;
        Ok(Self {
            id: SurveyId(row.id),
            subject: SurveySubject::of(kind, row.subject_id),
            cohort: CohortId(row.cohort_id),
            form: serde_json::from_value(row.form).map_err(|error| Fault::stored("survey.form", error))?,
            opened_at: row.opened_at,
            closes_at: row.closes_at,
        })
    }
}

/// Writes a survey. False where there is one about the same thing already.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Survey) -> Result<bool> {
    use survey::Column as C;
    let row = survey::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        kind: Set(new.subject.kind().as_str().to_owned()),
        subject_id: Set(new.subject.id()),
        cohort_id: Set(new.cohort.0),
        form: Set(serde_json::to_value(&new.form).map_err(|error| Fault::stored("survey.form", error))?),
        opened_at: Set(new.opened_at),
        closes_at: Set(new.closes_at),
    };
    let once = OnConflict::columns([C::Kind, C::SubjectId]).do_nothing().to_owned();
    let written =
        survey::Entity::insert_many([row]).on_conflict(once).exec_without_returning(tx.raw()).await?;
    Ok(written == 1)
}

/// One survey.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: SurveyId) -> Result<Option<Survey>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// Several surveys, the newest first.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[SurveyId]) -> Result<Vec<Survey>> {
    let rows = survey::Entity::find()
        .filter(survey::Column::OrganisationId.eq(org.0))
        .filter(survey::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_desc(survey::Column::OpenedAt)
        .order_by_desc(survey::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Survey::try_from).collect()
}

/// The surveys about some things, in no order.
pub async fn about(conn: &impl Conn, org: OrganisationId, subjects: &[SurveySubject]) -> Result<Vec<Survey>> {
    let rows = survey::Entity::find()
        .filter(survey::Column::OrganisationId.eq(org.0))
        .filter(survey::Column::SubjectId.is_in(subjects.iter().map(|subject| subject.id())))
        .all(conn.raw())
        .await?;
    let all: Vec<Survey> = rows.into_iter().map(Survey::try_from).collect::<Result<_>>()?;
    Ok(all.into_iter().filter(|survey| subjects.contains(&survey.subject)).collect())
}

/// Asks people. Whoever was asked before stands as she or he does.
pub async fn invite(tx: &Tx, org: OrganisationId, id: SurveyId, people: &[(Uuid, PersonId)]) -> Result<()> {
    use survey_invitation::Column as C;
    for chunk in people.chunks(500) {
        let rows = chunk.iter().map(|(row, person)| survey_invitation::ActiveModel {
            id: Set(*row),
            organisation_id: Set(org.0),
            survey_id: Set(id.0),
            person_id: Set(person.0),
            answered: Set(false),
        });
        let once = OnConflict::columns([C::SurveyId, C::PersonId]).do_nothing().to_owned();
        survey_invitation::Entity::insert_many(rows)
            .on_conflict(once)
            .exec_without_returning(tx.raw())
            .await?;
    }
    Ok(())
}

/// Takes the question back from those among these who have not answered.
pub async fn take_back(tx: &Tx, org: OrganisationId, id: SurveyId, people: &[PersonId]) -> Result<u64> {
    let mut gone = 0;
    for chunk in people.chunks(500) {
        let done = survey_invitation::Entity::delete_many()
            .filter(survey_invitation::Column::OrganisationId.eq(org.0))
            .filter(survey_invitation::Column::SurveyId.eq(id.0))
            .filter(survey_invitation::Column::Answered.eq(false))
            .filter(survey_invitation::Column::PersonId.is_in(chunk.iter().map(|person| person.0)))
            .exec(tx.raw())
            .await?;
        gone += done.rows_affected;
    }
    Ok(gone)
}

fn invitation(row: &survey_invitation::Model) -> SurveyInvitation {
    SurveyInvitation {
        survey: SurveyId(row.survey_id),
        person: PersonId(row.person_id),
        answered: row.answered,
    }
}

/// Who was asked, by survey.
pub async fn invited(
    conn: &impl Conn,
    org: OrganisationId,
    surveys: &[SurveyId],
) -> Result<Vec<SurveyInvitation>> {
    let rows = survey_invitation::Entity::find()
        .filter(survey_invitation::Column::OrganisationId.eq(org.0))
        .filter(survey_invitation::Column::SurveyId.is_in(surveys.iter().map(|id| id.0)))
        .order_by_asc(survey_invitation::Column::SurveyId)
        .order_by_asc(survey_invitation::Column::PersonId)
        .all(conn.raw())
        .await?;
    Ok(rows.iter().map(invitation).collect())
}

/// What a person was asked, the latest first, at most so many.
pub async fn of_person(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
    limit: u64,
) -> Result<Vec<SurveyInvitation>> {
    let rows = survey_invitation::Entity::find()
        .filter(survey_invitation::Column::OrganisationId.eq(org.0))
        .filter(survey_invitation::Column::PersonId.eq(person.0))
        .order_by_desc(survey_invitation::Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?;
    Ok(rows.iter().map(invitation).collect())
}

/// How a person stands with a survey; None for somebody who was not asked.
pub async fn of_person_in(
    conn: &impl Conn,
    org: OrganisationId,
    id: SurveyId,
    person: PersonId,
) -> Result<Option<SurveyInvitation>> {
    let found = survey_invitation::Entity::find()
        .filter(survey_invitation::Column::OrganisationId.eq(org.0))
        .filter(survey_invitation::Column::SurveyId.eq(id.0))
        .filter(survey_invitation::Column::PersonId.eq(person.0))
        .one(conn.raw())
        .await?;
    Ok(found.as_ref().map(invitation))
}

/// Notes that somebody has answered, in the transaction that keeps the answers. True exactly once for each who was asked.
pub async fn mark_answered(tx: &Tx, org: OrganisationId, id: SurveyId, person: PersonId) -> Result<bool> {
    let done = survey_invitation::Entity::update_many()
        .col_expr(survey_invitation::Column::Answered, Expr::value(true))
        .filter(survey_invitation::Column::OrganisationId.eq(org.0))
        .filter(survey_invitation::Column::SurveyId.eq(id.0))
        .filter(survey_invitation::Column::PersonId.eq(person.0))
        .filter(survey_invitation::Column::Answered.eq(false))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Keeps answers, each under a random id and with nothing that leads to another one.
pub async fn put_answers(
    tx: &Tx,
    org: OrganisationId,
    id: SurveyId,
    answers: &[(Uuid, Answer)],
) -> Result<()> {
    for chunk in answers.chunks(500) {
        let rows = chunk.iter().map(|(row, answer)| survey_answer::ActiveModel {
            id: Set(*row),
            organisation_id: Set(org.0),
            survey_id: Set(id.0),
            question: Set(answer.question.clone()),
            score: Set(answer.score.map(int)),
            comment: Set(answer.comment.clone()),
        });
        survey_answer::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a survey's answers anew in the order of their random ids: in which order they came, and in which transaction,
/// does not stand in the table any more.
pub async fn shuffle(tx: &Tx, org: OrganisationId, id: SurveyId) -> Result<()> {
    let own = || {
        survey_answer::Entity::find()
            .filter(survey_answer::Column::OrganisationId.eq(org.0))
            .filter(survey_answer::Column::SurveyId.eq(id.0))
    };
    let rows = own().order_by_asc(survey_answer::Column::Id).all(tx.raw()).await?;
    survey_answer::Entity::delete_many()
        .filter(survey_answer::Column::OrganisationId.eq(org.0))
        .filter(survey_answer::Column::SurveyId.eq(id.0))
        .exec(tx.raw())
        .await?;
    for chunk in rows.chunks(500) {
        let rows = chunk.iter().cloned().map(|row| survey_answer::ActiveModel {
            id: Set(row.id),
            organisation_id: Set(row.organisation_id),
            survey_id: Set(row.survey_id),
            question: Set(row.question),
            score: Set(row.score),
            comment: Set(row.comment),
        });
        survey_answer::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// How many gave each mark to each question.
pub async fn tallies(
    conn: &impl Conn,
    org: OrganisationId,
    surveys: &[SurveyId],
) -> Result<Vec<(SurveyId, Tally)>> {
    use survey_answer::Column as C;
    let rows: Vec<(Uuid, String, i32, i64)> = survey_answer::Entity::find()
        .select_only()
        .column(C::SurveyId)
        .column(C::Question)
        .column(C::Score)
        .column_as(C::Id.count(), "count")
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::SurveyId.is_in(surveys.iter().map(|id| id.0)))
        .filter(C::Score.is_not_null())
        .group_by(C::SurveyId)
        .group_by(C::Question)
        .group_by(C::Score)
        .into_tuple()
        .all(conn.raw())
        .await?;
    let tally = |(id, question, score, count): (Uuid, String, i32, i64)| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (SurveyId(id), Tally { question, score: uint(score), count })
    };
    Ok(rows.into_iter().map(tally).collect())
}

/// What was said in own words, by the random id of each.
pub async fn comments(
    conn: &impl Conn,
    org: OrganisationId,
    surveys: &[SurveyId],
) -> Result<Vec<(SurveyId, Comment)>> {
    use survey_answer::Column as C;
    let rows = survey_answer::Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::SurveyId.is_in(surveys.iter().map(|id| id.0)))
        .filter(C::Comment.is_not_null())
        .order_by_asc(C::Id)
        .all(conn.raw())
        .await?;
    let said = |row: survey_answer::Model| {
        let text = row.comment.unwrap_or_default();
        (SurveyId(row.survey_id), Comment { question: row.question, text })
    };
    Ok(rows.into_iter().map(said).collect())
}
