//! The fictional trust's three files, one after the other.

use std::fmt::Write;

use varde_app::hr_import::{ImportOutcome, List, slice, slices};
use varde_model::hr::NoticeCode;
use varde_persistence::{audit, operations::OperationState, people};

use super::house::{DECEMBER, FAULTY, House, NOVEMBER, counts, find_report, input, on_both};

on_both! {
    async fn the_three_files_in_a_row_and_each_a_second_time(house) {
        let november = house.import(NOVEMBER, "2026-11-22").await;
        assert_eq!(november.outcome, ImportOutcome::Imported);
        assert_eq!(counts(&november), "unit_added 125, joined 1097, new_appointment 120");
        assert!(november.effects.first_import);
        let again = house.import(NOVEMBER, "2026-11-23").await;
        assert_eq!((again.outcome, counts(&again).as_str()), (ImportOutcome::Imported, ""));

        let december = house.import(DECEMBER, "2026-12-01").await;
        assert_eq!(
            counts(&december),
            "unit_added 1, joined 1, left 1, moved 1, renamed 1, email_changed 1, details_changed 7, \
             new_appointment 8, ended_appointment 3, moved_appointment 1, missing 1"
        );
        let mut told = String::new();
        for change in &december.changes {
            let number = change.employee_number.as_deref().unwrap_or("-");
            let unit = change.unit_code.as_deref().unwrap_or("-");
            let (before, after) = (change.before.as_deref().unwrap_or("-"), change.after.as_deref().unwrap_or("-"));
            let date = change.date.map(|date| date.to_string()).unwrap_or_default();
            writeln!(told, "{} {number} {} | {unit} | {before} -> {after} | {date}", change.kind.key(), change.name)
                .unwrap();
        }
        insta::assert_snapshot!("december", told);
        assert_eq!(december.effects.new_appointments.len(), 8);
        assert_eq!((december.effects.left.len(), december.effects.missing.len()), (1, 1));
        // Seven units get a second leader beside the first, whom the file gives no last day: noticed, and imported.
        let noticed: Vec<_> = december.notices.iter().map(|notice| notice.subject.as_str()).collect();
        assert_eq!(noticed, ["30120", "30350", "30360", "30400", "30480", "30710", "30830"]);
        assert!(december.notices.iter().all(|notice| notice.code == NoticeCode::TwoLeaders));
        let again = house.import(DECEMBER, "2026-12-02").await;
        assert_eq!(counts(&again), "");

        let before = people::known(house.app.store(), house.right.org()).await.unwrap();
        let faulty = house.import(FAULTY, "2026-12-03").await;
        assert_eq!(faulty.outcome, ImportOutcome::Rejected);
        assert_eq!((faulty.rows, faulty.faulty_rows, faulty.faults.len()), (120, 12, 14));
        assert_eq!(counts(&faulty), "");
        assert_eq!(people::known(house.app.store(), house.right.org()).await.unwrap(), before, "nothing was kept");
    }

    async fn a_dry_run_tells_what_the_run_then_does_and_keeps_nothing(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let before = people::known(house.app.store(), house.right.org()).await.unwrap();
        let dry = house.dry_run(DECEMBER, "2026-12-01").await;
        assert_eq!(dry.outcome, ImportOutcome::DryRun);
        assert_eq!(people::known(house.app.store(), house.right.org()).await.unwrap(), before);
        let real = house.import(DECEMBER, "2026-12-01").await;
        assert_eq!((dry.counts, dry.changes), (real.counts, real.changes));
    }

    async fn who_was_missing_is_back_with_the_next_whole_file(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        house.import(DECEMBER, "2026-12-01").await;
        let solveig = |known: varde_model::hr::Known| known.people["11558"].clone();
        let store = house.app.store();
        let missing = solveig(people::known(store, house.right.org()).await.unwrap());
        assert_eq!(missing.person.missing_since, Some("2026-12-01".parse().unwrap()));
        assert_eq!(missing.appointments[0].period.to, None, "flagged, and nothing else");
        let back = house.import(NOVEMBER, "2026-12-04").await;
        assert!(counts(&back).contains("returned 1"), "{}", counts(&back));
        let back = solveig(people::known(store, house.right.org()).await.unwrap());
        assert_eq!(back.person.missing_since, None);
    }

    async fn an_import_stands_as_an_operation_with_its_report_and_in_the_audit_trail(house) {
        let report = house.import(NOVEMBER, "2026-11-22").await;
        let ctx = house.on("2026-11-22");
        let (operation, stored) = find_report(&ctx, &house.right, report.operation).await.unwrap();
        assert_eq!(operation.state, OperationState::Succeeded);
        assert!(operation.ended_at.is_some());
        let stored = stored.unwrap();
        assert_eq!((stored.counts, stored.change_count), (report.counts, 1342));
        // Every one of them is kept, and read by the page.
        let page = async |start| -> Vec<varde_model::hr::Change> {
            let slice = slice(report.operation, List::Changes, start, 100);
            let found = slices(&ctx, &house.right, &[slice]).await.unwrap().remove(0);
            found.into_iter().map(|row| serde_json::from_value(row).unwrap()).collect()
        };
        let mut kept = Vec::new();
        for start in (0..1400).step_by(100) {
            kept.extend(page(start).await);
        }
        assert_eq!(kept, report.changes);
        assert_eq!(page(1250).await, report.changes[1250..1342]);
        assert_eq!(page(55).await, report.changes[55..155]);
        assert_eq!(page(1342).await, []);
        let first = slice(report.operation, List::Changes, 0, 9);
        assert_eq!(slices(&ctx, &house.elsewhere, &[first]).await.unwrap(), [Vec::<serde_json::Value>::new()]);
        assert_eq!(find_report(&ctx, &house.elsewhere, report.operation).await, None);

        let about = audit::AuditFilter::about(report.operation);
        let trail = audit::latest(house.app.store(), house.right.org(), &about, None, 10).await.unwrap();
        assert_eq!(trail.len(), 1);
        assert_eq!(trail[0].action, "people.import");
        assert_eq!(
            trail[0].detail,
            serde_json::json!({
                "rows": 1097,
                "faulty_rows": 0,
                "changes": { "unit_added": 125, "joined": 1097, "new_appointment": 120 },
            })
        );
    }

    async fn another_trust_with_the_same_numbers_and_codes_is_another_trust(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let there = house.try_import(&house.elsewhere, input(NOVEMBER), "2026-11-22").await.unwrap();
        assert_eq!(counts(&there), "unit_added 125, joined 1097, new_appointment 120");
        house.import(DECEMBER, "2026-12-01").await;
        let again = house.try_import(&house.elsewhere, input(NOVEMBER), "2026-12-01").await.unwrap();
        assert_eq!(counts(&again), "");
    }
}
