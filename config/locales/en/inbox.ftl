# The inbox: why something needs a hand, and what is proposed.
inbox-reason-invitation-lapses = { $person } has not answered the invitation to { $cohort }. The time to answer ends { $moment }.
inbox-reason-offer-lapses = { $person } has not answered the offer of a seat in { $cohort }. The seat is held until { $moment }.
inbox-reason-group-lapsed = The leader of “{ $group }” did not answer the invitation to { $cohort } in time.
inbox-reason-not-invited = { $person } is proposed for { $cohort }, which is published, but has not been invited.
inbox-reason-too-late-to-invite = { $person } is proposed for { $cohort }, but it is too late to invite.
inbox-reason-no-cohort = { $count ->
    [one] { $programme } is for one leader who has no place, and no cohort is planned.
   *[other] { $programme } is for { $count } leaders who have no place, and no cohort is planned.
}
inbox-reason-no-room = { $count ->
    [one] One leader whom { $programme } is for finds no room in the cohorts that are planned.
   *[other] { $count } leaders whom { $programme } is for find no room in the cohorts that are planned.
}
inbox-reason-no-line-manager = { $person } has no line manager.
inbox-reason-check-in-without-manager = Nobody holds the check-in { $cycle } with { $person }, who has no line manager. It is due on { $day }.
inbox-reason-check-in-without-reviewer = Nobody is named to hold the check-in { $cycle } with { $person }, such as the board’s chair. It is due on { $day }.
inbox-reason-missing-from-file = { $person } has been missing from the HR file since { $day }, and no last day is known.
inbox-reason-no-coordinator = Nobody runs { $cohort }.
inbox-reason-no-place = Nobody has said where the gathering “{ $gathering }” of { $cohort } is. It is on { $day }.
inbox-reason-closed-day = The gathering “{ $gathering }” of { $cohort } is on { $day }, when the trust is closed ({ $name }).
inbox-reason-public-holiday = The gathering “{ $gathering }” of { $cohort } is on { $day }, a public holiday ({ $name }).
inbox-reason-overlap = The gatherings “{ $other }” and “{ $gathering }” of { $cohort } overlap on { $day }.
inbox-reason-draft-in-the-past = { $cohort } is still a draft, but its first gathering was { $moment }.
inbox-reason-publish-now = { $cohort } has to be published by { $moment } for those invited to have their full time to answer.
inbox-reason-over-capacity = { $taken } seats of { $cohort } are taken, but it has { $capacity }.
inbox-reason-mail-failed = The mail “{ $letter }” to { $person } was not delivered.
inbox-reason-mail-unknown = It is not known whether the mail “{ $letter }” to { $person } arrived.
inbox-reason-attendance-missing = { $count ->
    [one] Attendance is missing for one leader at the gathering “{ $gathering }” of { $cohort } on { $day }.
   *[other] Attendance is missing for { $count } leaders at the gathering “{ $gathering }” of { $cohort } on { $day }.
}
inbox-reason-not-closed = Every gathering of { $cohort } was held and attendance is recorded, but the cohort is not closed.
inbox-reason-nobody-came = Every gathering of { $cohort } is over, but nobody has a place in it.
inbox-reason-leaver-with-place = { $person } has a place in { $cohort }, but leaves on { $day }, before the cohort ends.
inbox-reason-leaver-supports = { $supporter }, who supports { $person } in { $cohort }, leaves: the last day is { $day }.
inbox-reason-leaver-runs-cohort = { $name } runs { $cohort }, but leaves or has had the account closed.
inbox-reason-conflict = Conflict of interest: { $conflict }
inbox-reason-follow-up-overdue = “{ $group }”: whoever was asked about the follow-up after { $count ->
    [one] one month
   *[other] { $count } months
} has not answered.

inbox-act-answer-on-the-phone = Call the leader, and write down the answer.
inbox-act-answer-for-a-leader-group = Ask the leader group again.
inbox-act-take-a-leader-out = Take the leader out of the cohort.
inbox-act-invite-again = Send the invitation.
inbox-act-open-a-cohort = Plan a new cohort.
inbox-act-name-a-line-manager = Name the line manager.
inbox-act-end-an-employment = Ask the unit, and confirm the last day.
inbox-act-assign-a-supporter = Name another supporter.
inbox-act-edit-a-cohort = Correct what is said of the cohort.
inbox-act-move-a-gathering = Move the gathering, or say where it is.
inbox-act-call-a-cohort-off = Call the cohort off, or move its gatherings.
inbox-act-publish-a-cohort = Publish the cohort.
inbox-act-send-mails-again = Mend the cause, and send the mail again.
inbox-act-record-attendance-for-all = Record who was there.
inbox-act-complete-a-cohort = Close the cohort.
inbox-act-write-down-how-it-stands = Call whoever was asked, and write down how it stands.

enum-inbox-kind-lapsing = time to answer nearly or quite over
enum-inbox-kind-not-invited = not invited
enum-inbox-kind-without-cohort = leaders without a cohort
enum-inbox-kind-missing-fact = missing fact
enum-inbox-kind-impossible-date = dates or seats that cannot be
enum-inbox-kind-mail = mail that did not arrive
enum-inbox-kind-attendance-missing = attendance missing
enum-inbox-kind-not-closed = cohort to close
enum-inbox-kind-leaver = leaves
enum-inbox-kind-conflict = conflict of interest
enum-inbox-kind-endorsement = endorsement missing
enum-inbox-kind-outcomes = outcomes of nominations
enum-inbox-kind-follow-up = follow-up
enum-inbox-item-state-open = open
enum-inbox-item-state-snoozed = put off
enum-inbox-item-state-done = done
