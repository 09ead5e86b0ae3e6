//! One large trust in one file.

use std::{io::Cursor, time::Duration};

use varde_testkit::hr_file::hr_file;

use super::house::{House, counts, input, on_both};

on_both! {
    /// The bound is for a debug build beside other tests; a release build takes a small part of it.
    async fn a_file_of_25_000_rows_is_imported_well_within_a_minute(house) {
        let file = hr_file(25_000, 1);
        let work = async {
            let first = house.try_import(&house.right, input(Cursor::new(file.clone())), "2026-11-22").await.unwrap();
            assert_eq!(counts(&first), "unit_added 1000, joined 25000, new_appointment 1000");
            assert_eq!((first.faults.len(), first.notices.len()), (0, 0));
        };
        tokio::time::timeout(Duration::from_secs(60), work).await.unwrap();
        let work = house.try_import(&house.right, input(Cursor::new(file.clone())), "2026-11-23");
        let again = tokio::time::timeout(Duration::from_secs(60), work).await.unwrap().unwrap();
        assert_eq!(counts(&again), "");
    }
}
