//! Varde as a whole: its architecture, and its work on both databases.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod scheduler;
#[cfg(test)]
mod sessions;
