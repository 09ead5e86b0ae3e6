//! Files with faults, and files that break off.

use std::{
    io::{self, Read},
    sync::Mutex,
};

use varde_app::{
    Error,
    hr_import::{ImportOutcome, begin, fault_text, import_people},
};
use varde_model::{
    Locale,
    hr::{FaultCode, NoticeCode},
};
use varde_persistence::{
    operations::{OperationFailure, OperationState},
    people,
};

use super::house::{FAULTY, House, NOVEMBER, SORVIK, counts, find_report, input, on_both};

on_both! {
    async fn the_rows_that_are_right_are_imported_when_asked_for(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let report = house.skipping_faulty(FAULTY, "2026-12-01").await;
        assert_eq!(report.outcome, ImportOutcome::Imported);
        assert_eq!((report.rows, report.faulty_rows), (120, 12));
        // The file holds 120 of 1,097 people; 10036 is not in it, as her row has another one's number.
        assert_eq!(counts(&report), "renamed 1, missing 978");
        let many: Vec<_> = report.notices.iter().map(|notice| notice.code).collect();
        assert_eq!(many, [NoticeCode::ManyMissing]);
        let known = people::known(house.app.store(), house.right.org()).await.unwrap();
        assert_eq!(known.people["10229"].person.family_name, "O'Brien; Lie");
        for faulty in ["10023", "10034", "10122", "10163", "10193"] {
            assert_eq!(known.people[faulty].person.missing_since, None, "{faulty} is in the file");
        }
        assert_eq!(known.people["10122"].appointments, [], "a faulty row changes nothing");
        let again = house.skipping_faulty(FAULTY, "2026-12-02").await;
        assert_eq!(counts(&again), "");
    }

    async fn another_trusts_file_is_refused_also_where_faulty_rows_are_skipped(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let before = people::known(house.app.store(), house.right.org()).await.unwrap();
        for report in [house.import(SORVIK, "2026-11-23").await, house.skipping_faulty(SORVIK, "2026-11-23").await] {
            assert_eq!(report.outcome, ImportOutcome::Rejected);
            assert_eq!(report.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [FaultCode::FileOfOthers]);
        }
        assert_eq!(people::known(house.app.store(), house.right.org()).await.unwrap(), before);
    }

    async fn a_file_that_breaks_off_keeps_nothing_and_its_operation_has_failed(house) {
        struct BreaksOff;
        impl Read for BreaksOff {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the line is dead"))
            }
        }
        let ctx = house.on("2026-11-22");
        let operation = begin(&ctx, &house.right).await.unwrap();
        let mut broken = input(NOVEMBER.get(..90_000).unwrap().chain(BreaksOff));
        broken.operation = Some(operation);
        let outcome = import_people(&ctx, &house.right, broken, &|_, _| {}).await;
        assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
        let (operation, report) = find_report(&ctx, &house.right, operation).await.unwrap();
        assert_eq!((operation.state, report), (OperationState::Failed, None));
        assert_eq!(operation.failure, Some(OperationFailure::Fault));
        assert!(people::known(house.app.store(), house.right.org()).await.unwrap().people.is_empty());
    }

    async fn progress_goes_up_to_the_end(house) {
        let seen = Mutex::new(Vec::new());
        let ctx = house.on("2026-11-22");
        let progress = |done, total| seen.lock().unwrap().push((done, total));
        import_people(&ctx, &house.right, input(NOVEMBER), &progress).await.unwrap();
        let seen = seen.into_inner().unwrap();
        assert!(seen.is_sorted_by_key(|(done, _)| *done) && seen.len() > 4, "{seen:?}");
        assert!(seen.last().is_some_and(|(done, total)| done == total), "{seen:?}");
    }

    async fn a_file_that_cannot_be_read_is_rejected_also_when_faulty_rows_are_skipped(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let header_only = house.skipping_faulty(b"Ansattnr;Fornavn\r\n", "2026-12-01").await;
        assert_eq!(header_only.outcome, ImportOutcome::Rejected);
        assert!(header_only.faults.iter().all(|fault| fault.code == FaultCode::ColumnMissing));
        let nothing = house.skipping_faulty(b"", "2026-12-01").await;
        assert_eq!(nothing.faults[0].code, FaultCode::FileEmpty);
        let known = people::known(house.app.store(), house.right.org()).await.unwrap();
        assert!(known.people.values().all(|known| known.person.missing_since.is_none()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_told_in_the_readers_language() {
    let report = House::on_sqlite().await.import(FAULTY, "2026-11-22").await;
    let mut told = String::new();
    for fault in &report.faults {
        for locale in Locale::ALL {
            let words = fault_text(locale, fault);
            let line = fault.line.unwrap_or_default();
            told.push_str(&format!("{line} {locale}: {} {}\n", words.problem, words.remedy));
        }
    }
    insta::assert_snapshot!(told);
}
