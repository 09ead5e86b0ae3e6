//! The table: a row for every field at the top of the schema.

/// Whom a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// Anybody, signed in or not.
    Anybody,
    /// Whoever is signed in, about oneself.
    Oneself,
    /// Whoever is signed in; answers nothing to those without further rights.
    SignedIn,
    /// Whoever is signed in: a reference that everybody may read, the same in every trust.
    Everybody,
    Coordinators,
    Administrators,
}

use For::{Administrators, Anybody, Coordinators, Everybody, Oneself, SignedIn};

pub(super) const TABLE: &[(&str, For)] = &[
    // Query
    ("viewer", Anybody),
    ("node", SignedIn),
    ("nodes", SignedIn),
    ("myEligibility", Oneself),
    ("myLeaders", Oneself),
    ("myPlaces", Oneself),
    ("myResponsibilities", Oneself),
    ("enumLabels", Everybody),
    ("requirements", Everybody),
    ("responsibilities", Everybody),
    ("accounts", Administrators),
    ("serviceTokens", Administrators),
    ("auditEvents", Coordinators),
    ("closedDays", Coordinators),
    ("cohort", Coordinators),
    ("cohortRoster", Coordinators),
    ("cohorts", Coordinators),
    ("coordinators", Coordinators),
    ("eligibility", Coordinators),
    ("importProfiles", Coordinators),
    ("leader", Coordinators),
    ("leaders", Coordinators),
    ("lineManager", Coordinators),
    ("lineManagerOverrides", Coordinators),
    ("mailCounts", Coordinators),
    ("mails", Coordinators),
    ("newLeaders", Coordinators),
    ("operation", Coordinators),
    ("operations", Coordinators),
    ("people", Coordinators),
    ("person", Coordinators),
    ("plannedReminders", Coordinators),
    ("programme", Coordinators),
    ("programmes", Coordinators),
    ("programmeVersions", Coordinators),
    ("reminderPolicies", Coordinators),
    ("unit", Coordinators),
    ("units", Coordinators),
    ("whoLed", Coordinators),
    // Mutation
    ("signIn", Anybody),
    ("refreshSession", Anybody),
    ("choosePassword", Anybody),
    ("signOut", Oneself),
    ("changePassword", Oneself),
    ("editMyPreferences", Oneself),
    ("answerInvitation", Oneself),
    ("answerGathering", Oneself),
    ("createAccount", Administrators),
    ("createPasswordLink", Administrators),
    ("grantRole", Administrators),
    ("revokeRole", Administrators),
    ("disableAccount", Administrators),
    ("enableAccount", Administrators),
    ("createServiceToken", Administrators),
    ("revokeServiceToken", Administrators),
    ("loadCatalogue", Administrators),
    ("publishProgramme", Administrators),
    ("setSending", Administrators),
    ("editOrganisation", Administrators),
    ("addClosedDay", Coordinators),
    ("removeClosedDay", Coordinators),
    ("addGathering", Coordinators),
    ("editGathering", Coordinators),
    ("cancelGathering", Coordinators),
    ("createCohort", Coordinators),
    ("upsertCohort", Coordinators),
    ("editCohort", Coordinators),
    ("publishCohort", Coordinators),
    ("completeCohort", Coordinators),
    ("cancelCohort", Coordinators),
    ("enrolLeaders", Coordinators),
    ("inviteLeaders", Coordinators),
    ("changeEnrolment", Coordinators),
    ("moveEnrolment", Coordinators),
    ("recordAttendance", Coordinators),
    ("recordGatheringAnswer", Coordinators),
    ("proposeNewLeaders", Coordinators),
    ("importPeople", Coordinators),
    ("requeueMails", Coordinators),
    ("changeReminderPolicy", Coordinators),
    ("setLineManagerOverride", Coordinators),
    ("endLineManagerOverride", Coordinators),
    ("endEmployment", Coordinators),
    ("editPersonPreferences", Coordinators),
];

/// Whom a field at the top is for.
pub(super) fn whom(field: &str) -> For {
    TABLE.iter().find(|(name, _)| *name == field).unwrap_or_else(|| panic!("{field} stands in no row")).1
}
