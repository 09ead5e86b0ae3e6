//! Rights as values. A use case asks for the right as a parameter, and only this module makes one: a check that was
//! forgotten does not compile.

use varde_model::{
    check_in::{CheckIn, Party},
    ids::{AccountId, CheckInId, OrganisationId, PersonId, PlanId, SessionId},
    people::LineManager,
    plan::Plan,
    roles::Role,
};

use crate::{Error, Result};

/// Who asks, as the token says and the database confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account, or the service token's owner.
    pub account: AccountId,
    /// The organisation that everything is scoped to.
    pub organisation: OrganisationId,
    /// The employed person behind the account, if there is one.
    pub person: Option<PersonId>,
    /// Roles held now, those that follow from the data included.
    pub roles: Vec<Role>,
    /// The session; None for a service token.
    pub session: Option<SessionId>,
}

impl Viewer {
    /// True when the role is held.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The right of everybody who is signed in.
    pub fn signed_in(&self) -> SignedIn {
        SignedIn { org: self.organisation, actor: Actor::Account(self.account), person: self.person }
    }

    /// The right to run cohorts. Administrators have it too.
    ///
    /// # Errors
    /// [`Error::Denied`] without either role.
    pub fn coordinator(&self) -> Result<Coordinator> {
        if self.has(Role::Coordinator) || self.has(Role::Administrator) {
            Ok(Coordinator { org: self.organisation, actor: Actor::Account(self.account) })
        } else {
            Err(Error::Denied)
        }
    }

    /// The right to manage accounts and the organisation's settings.
    ///
    /// # Errors
    /// [`Error::Denied`] without the role.
    pub fn administrator(&self) -> Result<Administrator> {
        if self.has(Role::Administrator) {
            Ok(Administrator { org: self.organisation, actor: Actor::Account(self.account) })
        } else {
            Err(Error::Denied)
        }
    }

    /// The right over what is one's own.
    ///
    /// # Errors
    /// [`Error::Denied`] for an account without a person behind it.
    pub fn oneself(&self) -> Result<Oneself> {
        let person = self.person.ok_or(Error::Denied)?;
        Ok(Oneself { org: self.organisation, actor: Actor::Person(person), person })
    }
}

/// Who did it, for the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in account.
    Account(AccountId),
    /// A person through a link in a mail, or in own matters.
    Person(PersonId),
    /// The service itself: a job, a command.
    System,
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            org: OrganisationId,
            actor: Actor,
            $($field: $type,)*
        }

        impl $name {
            /// The organisation it is limited to.
            pub fn org(&self) -> OrganisationId {
                self.org
            }

            /// Who uses it.
            pub fn actor(&self) -> Actor {
                self.actor
            }

            $(
                /// What the right is limited to.
                pub fn $field(&self) -> $type {
                    self.$field
                }
            )*
        }
    )*};
}

rights! {
    /// Somebody is signed in.
    SignedIn { person: Option<PersonId> }
    /// May run cohorts, import people and see the organisation's leaders.
    Coordinator {}
    /// May manage accounts, roles and settings.
    Administrator {}
    /// May act in own matters: answer an invitation, say whether one comes.
    Oneself { person: PersonId }
    /// Is one of the two who hold a check-in: may read and write what stands between them, and nobody else may.
    OneOfTwo { check_in: CheckInId, party: Party }
    /// Is the leader or the line manager of a competence plan: may see how its items are rated, and nobody else may.
    PlanHolder { plan: PlanId, party: Party }
}

impl Oneself {
    /// The right at a check-in, for the leader and for who is the line manager there now.
    pub(crate) fn at(&self, check_in: &CheckIn) -> Option<OneOfTwo> {
        let party = check_in.party_of(self.person)?;
        Some(OneOfTwo { org: self.org, actor: self.actor, check_in: check_in.id, party })
    }
}

impl Oneself {
    /// The right at a competence plan, for the leader and for who is the line manager now.
    pub(crate) fn at_plan(&self, plan: &Plan) -> Option<PlanHolder> {
        let party = plan.party_of(self.person)?;
        Some(PlanHolder { org: self.org, actor: self.actor, plan: plan.id, party })
    }
}

impl OneOfTwo {
    /// The right in own matters of the leader whose check-in it is, for the leader alone.
    pub fn leader(&self) -> Option<Oneself> {
        match (self.party, self.actor) {
            (Party::Leader, Actor::Person(person)) => {
                Some(Oneself { org: self.org, actor: self.actor, person })
            }
            _ => None,
        }
    }

    /// The right that the link to somebody outside the tree gives, while it is she or he who holds the check-in.
    pub(crate) fn from_outside(org: OrganisationId, check_in: &CheckIn) -> Option<Self> {
        let outside = matches!(check_in.manager, Some(LineManager::Outside(_)));
        outside.then_some(Self { org, actor: Actor::System, check_in: check_in.id, party: Party::Manager })
    }
}

impl Coordinator {
    /// The service's own right: jobs and commands of the machine's operator.
    pub fn system(org: OrganisationId) -> Self {
        Self { org, actor: Actor::System }
    }
}

impl Administrator {
    /// The service's own right: commands of the machine's operator.
    pub fn system(org: OrganisationId) -> Self {
        Self { org, actor: Actor::System }
    }
}

impl Oneself {
    /// The right that a one-time link in a mail gives: its holder acts as the person it was sent to.
    pub(crate) fn by_link(org: OrganisationId, person: PersonId) -> Self {
        Self { org, actor: Actor::Person(person), person }
    }
}
