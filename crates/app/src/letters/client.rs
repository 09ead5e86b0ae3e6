//! Where a mail leads that asks for what is done in GraphQL: to the client that the service brings along, with the operation
//! of its library that does it.

use crate::Ctx;

/// What a mail asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Task {
    /// Look at the new leaders whom no cohort has reached.
    NewLeaders,
    /// Say who was there.
    RecordAttendance,
    /// Look at who takes part in a cohort.
    SeeTheRoster,
    /// Look at what leader groups were asked and have not answered.
    FollowUpsWithoutAnAnswer,
    /// Look at how far a cycle of check-ins has come.
    SeeTheCheckIns,
    /// Go on with one's own nomination, and hand it in.
    EditMyNomination,
}

impl Task {
    /// The operation's file under `graphql/operations`.
    const fn operation(self) -> &'static str {
        match self {
            Self::NewLeaders => "new-leaders",
            Self::RecordAttendance => "record-attendance-for-all",
            Self::SeeTheRoster => "see-the-roster",
            Self::FollowUpsWithoutAnAnswer => "follow-ups-without-an-answer",
            Self::SeeTheCheckIns => "see-the-check-ins",
            Self::EditMyNomination => "edit-my-nomination",
        }
    }
}

/// The address at which the client opens with a task; None where no client is served.
pub(super) fn client(ctx: &Ctx, task: Task) -> Option<String> {
    let config = ctx.config();
    let base = config.public_url.trim_end_matches('/');
    config.bundled_client.then(|| format!("{base}/graphiql#{}", task.operation()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_leads_to_an_operation_that_is_in_the_library() {
        let all = [
            Task::NewLeaders,
            Task::RecordAttendance,
            Task::SeeTheRoster,
            Task::FollowUpsWithoutAnAnswer,
            Task::SeeTheCheckIns,
            Task::EditMyNomination,
        ];
        for task in all {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../graphql/operations");
            let file = format!("{folder}/{}.graphql", task.operation());
            assert!(std::path::Path::new(&file).is_file(), "{file}");
        }
    }
}
