//! The demo: two fictional trusts, a cohort in each, and a clock that can be moved.

pub(crate) mod beginning;
pub(crate) mod clock;
pub(crate) mod credentials;
pub(crate) mod dates;
pub(crate) mod folder;
pub(crate) mod greeting;
pub(crate) mod story;
