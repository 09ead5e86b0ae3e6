//! Who signs in at a trust: two in the office, and a leader with her or his line manager.

use anyhow::{Context, Result};
use varde_app::{
    Ctx,
    access::{Administrator, Coordinator},
    accounts::{NewAccount, create_account},
    enrolments,
    people::{by_ids, line_managers, today},
};
use varde_model::{
    ids::{AccountId, CohortId, PersonId},
    organisation::Organisation,
    people::{LineManager, Person},
    roles::Role,
};

use super::{Trust, explain};
use crate::demo::credentials::{Credential, password};

/// Somebody of the HR office, who need not stand in the file.
pub(super) async fn office(
    ctx: &Ctx,
    trust: &Trust,
    organisation: &Organisation,
    role: Role,
) -> Result<(AccountId, Credential)> {
    let (name, mailbox) = match role {
        Role::Administrator => (trust.administrator, "administrator"),
        _ => (trust.coordinator, "programkoordinator"),
    };
    let new = NewAccount {
        email: format!("{mailbox}@{}.example", trust.key),
        display_name: name.to_owned(),
        locale: organisation.locale,
        person: None,
        roles: vec![role],
        password: None,
    };
    account(ctx, trust, &Administrator::system(organisation.id), new, role).await
}

/// A leader who was invited, and the leader's line manager: the line of command as the HR file tells it.
pub(super) async fn pair(
    ctx: &Ctx,
    right: &Coordinator,
    trust: &Trust,
    cohort: CohortId,
) -> Result<(Credential, Credential)> {
    let invited = enrolments::of_cohort(ctx, right, cohort).await?;
    let invited: Vec<PersonId> = invited.iter().map(|enrolment| enrolment.person).collect();
    let managers = line_managers(ctx, right, &invited, today(ctx, right.org()).await?).await?;
    let found = invited.iter().find_map(|leader| match managers.get(leader) {
        Some(LineManager::Person(manager)) if !invited.contains(manager) => Some((*leader, *manager)),
        _ => None,
    });
    let (leader, manager) = found.context("no invited leader has a line manager")?;
    let people = by_ids(ctx, right, &[leader, manager]).await?;
    let person = |id| people.iter().find(|person| person.id == id).context("a leader is gone");
    let office = Administrator::system(right.org());
    let manager = account(ctx, trust, &office, of_person(person(manager)?), Role::LineManager).await?;
    let leader = account(ctx, trust, &office, of_person(person(leader)?), Role::Leader).await?;
    Ok((manager.1, leader.1))
}

fn of_person(person: &Person) -> NewAccount {
    NewAccount {
        email: person.email.clone(),
        display_name: person.name(),
        locale: person.locale,
        person: Some(person.id),
        roles: Vec::new(),
        password: None,
    }
}

/// Makes the account with a password of its own. `role` is what it shows, which need not be granted.
async fn account(
    ctx: &Ctx,
    trust: &Trust,
    office: &Administrator,
    new: NewAccount,
    role: Role,
) -> Result<(AccountId, Credential)> {
    let password = password(ctx);
    let new = NewAccount { password: Some(password.clone().into()), ..new };
    let account = create_account(ctx, office, new).await.map_err(explain)?.account;
    let credential = Credential {
        role: role.name().to_owned(),
        organisation: trust.key.to_owned(),
        email: account.email,
        password,
    };
    Ok((account.id, credential))
}
