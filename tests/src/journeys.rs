//! Whole programmes from start to end, through GraphQL and mail links, on both databases, the clock moved.

mod changes;
mod closing;
mod coming;
mod enrolling;
mod gatherings;
mod held_back;
mod leaving;
mod own_keys;
mod p01_onboarding;
mod p13_responsibilities;
mod planning;
mod seats;
mod trust;
