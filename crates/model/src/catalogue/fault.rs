//! What is wrong in a file of the catalogue, and where.

/// One fault, told so that whoever edits the catalogue finds the place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {key}: {message}")]
pub struct CatalogueFault {
    /// The file's path as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The way to the value, such as `policy[2].offset.days`; `(file)` when it is the file as a whole.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
}
