//! Small numbers between Rust's unsigned and the databases' signed columns. All of them are bounded far below 2^31
//! by the rules; a value out of range is clamped rather than wrapped.

pub(crate) fn int(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

pub(crate) fn uint(value: i32) -> u32 {
    u32::try_from(value).unwrap_or(0)
}
