refusal-not-found = { $field ->
        [cohortId] No such cohort. Check the id.
        [cohortCode] No cohort has this code.
        [programme] No programme has this key.
        [gatheringId] No such gathering. Check the id.
        [enrolmentId] No such place in a cohort. Check the id.
        [enrolmentIds] No such place in a cohort. Check the id.
        [employeeNumber] Nobody with this employee number can be used here.
        [employeeNumbers] Nobody has this employee number.
        [clearEmployeeNumbers] Nobody has this employee number.
        [managerEmployeeNumber] Nobody has this employee number.
        [accountId] No such account. Check the id.
        [coordinators] No such account. Check the id.
        [serviceTokenId] No such service token. Check the id.
        [mailIds] No such mail. Check the id.
        [overrideId] No such named line manager. Check the id.
        [profile] No such import profile.
        [muted] No employed person stands behind the account.
        [roundCode] No nomination round has this code.
        [nominationId] No such nomination. Check the id.
        [nominationIds] The nomination is not among those that this is about. Check the id, and look at the round again.
        [leaderGroupId] No such leader group. Check the id.
        [surveyId] No such survey. Check the id.
        [unitCode] No unit has this code.
       *[other] Nothing of that key or id was found. Check it and try again.
    }
refusal-required = This field must be filled in.
refusal-invalid = The value cannot be used. { $hint }
hint-base64 = Write the file’s bytes in base64, or send the file as an upload in `file`.
refusal-fault-in-file = Line { $line }, { $value }: { $hint }.
refusal-too-long = The text is too long. It can have at most { $max } characters.
refusal-too-many = Too many at once. At most { $max } are allowed; split the call.
refusal-taken = This is in use already. Choose something else.
refusal-conflict = Somebody changed this since you read it. Read it again and retry.
refusal-idempotency-key-reused = This idempotency key was used before with another input. Use a new key.
refusal-wrong-state = That is not possible now; the state is “{ $state }”.
refusal-reason-required = Give a reason.
refusal-rate-limited = Too many tries. Try again in { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.
refusal-sign-in-failed = The e-mail address or the password is not right.
refusal-session-ended = The session is over. Sign in again.
refusal-email-invalid = This is not an e-mail address.
refusal-weak-password = Choose another password: at least { $min } and at most { $max } characters, not your e-mail address and not the same characters over and over.
refusal-wrong-password = The password you have now is not right.
refusal-last-administrator = The organisation must have at least one administrator. Give the role to somebody else first.
refusal-role-not-granted = This role follows from a position or a mentorship and cannot be granted. Grant administrator or coordinator.
refusal-link-spent = The link was used, was replaced or is too old. Ask an administrator for a new one.
refusal-out-of-range = The value must be from { $least } to { $most }.
refusal-ends-before-start = The end must come after the start.
refusal-block-outside-hours = The block must lie within the gathering’s hours, from { $starts } to { $ends }.
refusal-blocks-overlap = The block is at the same time as another. Give each block a time of its own.
refusal-blocks-do-not-fit = The blocks move along with the gathering, but do not fit from { $starts } to { $ends }. Choose other hours, or send new blocks (blocks) along.
refusal-invalid-link = The link must begin with https:// or http:// and hold no blanks.
refusal-no-gatherings = The cohort has no gatherings. Add at least one before you publish.
refusal-gathering-in-the-past = That time has passed already. Choose one ahead.
refusal-gatherings-to-come = The cohort has gatherings that are not over ({ $count }). Close it when they are held or cancelled.
refusal-nothing-held = No gathering of the cohort was held, so nobody can have completed it. Call the cohort off instead (cancelCohort).
refusal-gathering-not-begun = The gathering has not begun yet. Attendance is recorded once it has.
refusal-attendance-stands = Attendance is recorded, so the gathering was held. Clear the attendance first.
refusal-attendance-missing = { $count ->
    [one] One attendance record is
   *[other] { $count } attendance records are
} missing. Record what is missing, or ask for those concerned to count as absent.
refusal-too-late-to-invite = The time for filling seats in this cohort is over. Give the seat directly, with a reason, or choose a later cohort.
refusal-answer-too-late = The time to answer is over. Contact the programme coordinator.
refusal-person-has-left = The person is no longer employed.
refusal-not-missing = The person stands in the latest HR file. Have the last day recorded in the HR system; the next import brings it.
refusal-already-in-cohort = The person has a place in this cohort already.
refusal-not-in-cohort = The person has no place in the cohort. Check the employee number, or enrol her or him first (enrolLeaders).
refusal-other-programme = The cohort belongs to another programme. Choose one of the same programme.
refusal-outside-audience = The programme is not meant for this person on the cohort’s first day. Check the employee number, or give a reason.
refusal-already-in-programme = The person has a place in another cohort of this programme, or has completed it. Give a reason to enrol nevertheless.
refusal-enrols-as-group = The programme is for leader groups. Enrol the whole group (enrolLeaderGroup), and change who belongs to it in the group (changeLeaderGroupMembers).
refusal-enrols-by-nomination = The programme’s places go to those who are nominated. See the open rounds of nominations (myNominationRounds).
refusal-enrols-one-by-one = The programme is not for leader groups. Enrol the leaders one by one (enrolLeaders).
refusal-group-does-not-fit = The group needs { $count ->
    [one] one seat
   *[other] { $count } seats
}, and { $max ->
    [0] none is
    [one] one is
   *[other] { $max } are
} free with nobody in line. Everyone in the group must find a seat: raise the number of seats, or leave somebody out of the group.
refusal-change-case-missing = Tell first what changes and who is touched (editLeaderGroup).
refusal-group-lapsed = The leader group's time to answer is over. Ask the group again (INVITE); then the answer can be written down.
refusal-not-in-group = The person does not belong to the leader group.
refusal-leads-the-group = The person leads the group. Choose another leader for it first (editLeaderGroup).
refusal-followed-up = Somebody was asked about this already, so it is part of the report. Record it as given up instead (recordFollowUp).
refusal-not-a-coordinator = The account is closed, or holds neither the role of coordinator nor of administrator.
refusal-namings-in-a-circle = Whoever is named has this person as a named line manager in turn, directly or through others.
refusal-named-twice = The same one is named twice.
refusal-link-used = This link has been used already.
refusal-practice-over = The cohort is closed, and practice tasks can no longer be marked as done.
refusal-survey-answered = You have answered the survey already. The answer is kept without your name and cannot be changed.
refusal-link-revoked = This link is no longer valid.
refusal-link-expired = The time of this link is over.
refusal-count-differs = The number is { $count } now. Look at it with a dry run, and confirm that number.
refusal-certificate-revoked = The certificate was taken back, as the course does not count as completed any more.
