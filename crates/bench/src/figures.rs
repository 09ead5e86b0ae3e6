//! What was measured.

/// A read: ratios of CPU time to the floor's, milliseconds of CPU time a request (process, database), requests a second.
pub(crate) struct Read {
    pub(crate) name: &'static str,
    /// The target for [`Read::ratio`].
    pub(crate) at_most: f64,
    /// Process and database together.
    pub(crate) ratio: f64,
    /// The process alone.
    pub(crate) ratio_app: f64,
    pub(crate) floor: (f64, f64),
    pub(crate) product: (f64, f64),
    /// Of the floor, and of the product.
    pub(crate) rates: (f64, f64),
}

/// The mutation: rates a second.
pub(crate) struct Write {
    pub(crate) ratio: f64,
    pub(crate) floor: f64,
    pub(crate) product: f64,
}

/// Mail: rates a second.
pub(crate) struct Mails {
    pub(crate) mails: usize,
    pub(crate) bytes: usize,
    pub(crate) ratio: f64,
    pub(crate) bare: f64,
    /// Bare, with one statement that marks each.
    pub(crate) marked: f64,
    pub(crate) product: f64,
    /// Milliseconds of CPU time for a mail, of the scheduler and of the database.
    pub(crate) cpu: (f64, f64),
}

/// A service that stands idle.
pub(crate) struct Standing {
    pub(crate) start_ms: f64,
    pub(crate) idle_mb: f64,
    pub(crate) used_mb: f64,
}

/// The import of an HR file.
pub(crate) struct Import {
    pub(crate) rows: usize,
    pub(crate) seconds: f64,
    pub(crate) peak_mb: f64,
}

/// Three years of check-ins of a trust.
pub(crate) struct CheckIns {
    pub(crate) leaders: usize,
    /// Seconds until every leader has a check-in.
    pub(crate) opening: f64,
    /// Of the whole service, over the three years.
    pub(crate) peak_mb: f64,
    /// The report of how far the three years have come.
    pub(crate) report_ms: f64,
}

/// Everything on one database.
pub(crate) struct Figures {
    pub(crate) database: &'static str,
    pub(crate) reads: Vec<Read>,
    pub(crate) write: Write,
    pub(crate) mails: Mails,
    pub(crate) standing: Standing,
    pub(crate) import: Import,
    pub(crate) check_ins: Vec<CheckIns>,
}

/// The middle one; of two, the mean.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match (values.len(), values.get(values.len() / 2)) {
        (length, Some(upper)) if length % 2 == 0 => f64::midpoint(values[length / 2 - 1], *upper),
        (_, Some(middle)) => *middle,
        (_, None) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert!((median([9.0, 1.0, 3.0]) - 3.0).abs() < 1e-9);
        assert!((median([4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < 1e-9);
        assert!(median([]).is_nan());
    }
}
