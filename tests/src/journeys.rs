//! Whole programmes from start to end, through GraphQL and mail links, on both databases, the clock moved.

mod announced;
mod changes;
mod closing;
mod coming;
mod days;
mod deadlines;
mod downtime;
mod enrolling;
mod evaluation;
mod fourteenth;
mod gatherings;
mod held_back;
mod languages;
mod leaving;
mod moving;
mod news;
mod own_keys;
mod p01_onboarding;
mod p05_new_leader_development;
mod p11_mobilisation;
mod p13_responsibilities;
mod planning;
mod proposals;
mod seats;
mod trail;
mod trust;
