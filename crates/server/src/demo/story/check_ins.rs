//! The year's check-ins, planned and not opened yet: whoever tries the demo opens them.

use anyhow::{Context, Result};
use chrono::{Datelike, Days, NaiveDate};
use varde_app::{
    Ctx,
    access::Coordinator,
    check_ins::{self, CycleDraft},
};

use crate::wiring::explain;

/// The cycle that the examples of the library name.
const CODE: &str = "LKS-1";

/// Plans them from the second Monday of the next year on: eleven weeks to hold them, and four more to come to an end.
pub(super) async fn plan(ctx: &Ctx, right: &Coordinator) -> Result<()> {
    let new_year = NaiveDate::from_ymd_opt(ctx.now.year() + 1, 1, 1).context("a year")?;
    let monday = |date: NaiveDate| Days::new((7 - u64::from(date.weekday().num_days_from_monday())) % 7);
    let opens_on = new_year + monday(new_year) + Days::new(7);
    let draft = CycleDraft {
        code: CODE.to_owned(),
        opens_on,
        due_on: opens_on + Days::new(11 * 7),
        closes_on: opens_on + Days::new(15 * 7),
        least_days: 60,
        reminding: None,
    };
    check_ins::create(ctx, right, &draft).await.map_err(explain)?;
    Ok(())
}
