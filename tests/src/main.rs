//! Varde as a whole: its architecture, and its work on both databases.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod binary;
#[cfg(test)]
mod both;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod hot_pages;
#[cfg(test)]
mod hr_import;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod library;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod scheduler;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod sessions;
