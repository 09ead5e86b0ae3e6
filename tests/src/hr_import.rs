//! The way of people from an HR file into the organisation, on both databases.

mod at_once;
mod demo_files;
mod faults;
mod house;
mod large_file;
mod leading;
mod uploaded;
