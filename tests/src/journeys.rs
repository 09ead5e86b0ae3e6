//! Whole programmes from start to end, through GraphQL and mail links, on both databases, the clock moved.

mod changes;
mod enrolling;
mod gatherings;
mod p01_onboarding;
mod planning;
mod seats;
