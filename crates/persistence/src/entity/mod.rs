//! The tables as sea-orm sees them. Private to this crate.

pub(crate) mod account;
pub(crate) mod attendance;
pub(crate) mod audit_event;
pub(crate) mod closed_day;
pub(crate) mod cohort;
pub(crate) mod cohort_coordinator;
pub(crate) mod enrolment;
pub(crate) mod gathering;
pub(crate) mod gathering_answer;
pub(crate) mod link;
pub(crate) mod organisation;
pub(crate) mod password_link;
pub(crate) mod outbox;
pub(crate) mod programme;
pub(crate) mod programme_version;
pub(crate) mod refresh_token;
pub(crate) mod reminder_policy;
pub(crate) mod role_grant;
pub(crate) mod service_token;
pub(crate) mod session;
pub(crate) mod sign_in_throttle;
pub(crate) mod timer;
