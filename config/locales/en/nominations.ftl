# Nominations: what was decided and why, sentence by sentence.
nomination-reason-not-handed-in-yet = The nomination is not handed in yet.
nomination-reason-never-handed-in = The nomination was not handed in.
nomination-reason-taken-back = The nomination was withdrawn.
nomination-reason-awaits-endorsement = The line manager has not answered yet.
nomination-reason-no-endorsement-in-time = The programme asks for the line manager’s endorsement, and it did not come in time.
nomination-reason-not-endorsed = The programme asks for the line manager’s endorsement, and the line manager did not give it.
nomination-reason-endorsed = The line manager endorses the nomination.
nomination-reason-endorsed-late = The line manager endorses the nomination. The programme coordinator took the answer after the deadline or on the line manager’s behalf.
nomination-reason-endorsed-in-conflict = Whoever endorsed it stands in a conflict of interest, so the endorsement does not count. The programme asks for one.
nomination-reason-view-in-conflict = Whoever gave a view stands in a conflict of interest, so it does not count.
nomination-reason-set-aside-yes = The line manager said no. The programme coordinator has set the answer aside, with a reason.
nomination-reason-set-aside-no = The line manager stood behind the nomination. The programme coordinator has set the answer aside, with a reason.
nomination-reason-view-against = The line manager advised against. The programme asks for that view and does not require it.
nomination-reason-no-view = The line manager did not answer. The programme asks for a view and does not require it.
nomination-reason-ranked = The panel ranked the nomination as number { $position } of { $of }, with { $mean } as the mean place ({ $ballots ->
    [one] one member
   *[other] { $ballots } members
} assessed it).
nomination-reason-not-ranked = Nobody in the panel has ranked the nomination.
nomination-reason-ruled-out = { $members ->
    [one] One member of the panel had a conflict of interest and took no part in the assessment.
   *[other] { $members } members of the panel had a conflict of interest and took no part in the assessment.
}
nomination-reason-tie-settled = { $others ->
    [one] One other nominee had the same mean. The order between them was decided separately, with a reason.
   *[other] { $others } other nominees had the same mean. The order between them was decided separately, with a reason.
}
nomination-reason-tied = { $others ->
    [one] One other nominee had the same mean. That made no difference to the outcome.
   *[other] { $others } other nominees had the same mean. That made no difference to the outcome.
}
nomination-reason-within-quota = { $quota ->
    [one] The hospital has one place, and the nomination is within it.
   *[other] The hospital has { $quota } places, and the nomination is within them.
}
nomination-reason-in-reserve = { $quota ->
    [one] The hospital has one place. The nomination is number { $number } in reserve.
   *[other] The hospital has { $quota } places. The nomination is number { $number } in reserve.
}
nomination-reason-behind-all = { $quota ->
    [one] The hospital has one place
   *[other] The hospital has { $quota } places
} and { $reserves } in reserve. The nomination came after these.
nomination-reason-moved-up = A place became free. The nominee stood first in reserve and was offered it on { $day }.
nomination-reason-no-places-given = It had become too late to give places in this round. That says nothing about the nomination.
nomination-reason-placed-directly = The programme coordinator has given a place directly.
nomination-reason-undecided = It is not decided yet.

# What stands in the way.
refusal-nominations-closed = The round takes no nominations now. See when it opens and closes (opensAt, closesAt).
refusal-nomination-kind = The programme takes no such nominations. See who may nominate in the programme’s rules (nomination).
refusal-conflict-of-interest = The person concerned has a conflict of interest in this case. Ask somebody else.
refusal-member-is-nominated = The person concerned is nominated in the round and cannot sit on its panel. Choose somebody else.
refusal-endorsements-outstanding = { $count ->
    [one] One line manager
   *[other] { $count } line managers
} may still answer. Wait until the deadline has passed, or take the answers (recordEndorsement).
refusal-ranking-incomplete = { $count ->
    [one] One nomination is
   *[other] { $count } nominations are
} missing. Name all of them, each once.
refusal-tie-unsettled = { $count } nominees have the same mean, and a place depends on it. Decide on the order, with a reason (settleTie).
refusal-outcomes-stale = What was prepared does not hold any more: somebody has moved, or something was changed. Prepare the outcomes again (prepareOutcomes).
refusal-quota-is-not-the-seats = The quota is { $count }, but the cohort has { $max ->
    [one] one free seat
   *[other] { $max } free seats
}. Make them the same: else reserves would move up at once, or somebody would be without a seat.
refusal-ballots-missing = { $count ->
    [one] One member of the panel has
   *[other] { $count } members of the panel have
} not ranked. Wait for them, or say why not (overrideReason).
refusal-too-late-for-places = It is too late to offer places in the cohort. Send the outcomes without places (withoutPlaces), so that every nominee has an answer.
refusal-places-can-be-offered = The places of the cohort can still be offered. Prepare and send the outcomes as usual.

# The letters.
letter-nomination-draft-reminder = reminder of a nomination that is not handed in
letter-endorsement-request = request to endorse a nomination
letter-endorsement-reminder = reminder to endorse a nomination
letter-nomination-placed = offer of a place after a nomination
letter-nomination-reserve = a place in reserve after a nomination
letter-nomination-not-placed = no place after a nomination

# Values.
enum-nomination-round-state-draft = draft
enum-nomination-round-state-open = open
enum-nomination-round-state-closed = closed
enum-nomination-round-state-prepared = prepared
enum-nomination-round-state-sent = sent

enum-nomination-state-draft = draft
enum-nomination-state-submitted = handed in
enum-nomination-state-endorsed = endorsed
enum-nomination-state-not-endorsed = not endorsed
enum-nomination-state-lapsed = lapsed
enum-nomination-state-withdrawn = withdrawn
enum-nomination-state-placed = offered a place
enum-nomination-state-reserve = in reserve
enum-nomination-state-not-placed = no place

enum-nomination-place-seat = place
enum-nomination-place-reserve = reserve
enum-nomination-place-nothing = no place

enum-endorsement-rule-obligatory = endorsement required
enum-endorsement-rule-view = the line manager’s view
enum-endorsement-rule-none = none

enum-reminder-anchor-nomination-close = close of nominations
enum-reminder-anchor-endorsement-deadline = endorsement deadline
enum-reminder-recipients-nominator = the nominator
enum-reminder-recipients-endorser = the one asked to endorse
enum-reminder-condition-still-draft = not handed in
enum-reminder-condition-awaits-endorsement = awaits endorsement

# Parts of a programme.
programme-part-nomination = nomination
programme-part-oneself = one may nominate oneself
programme-part-by-line-manager = the line manager may nominate
programme-part-endorsement = the line manager’s endorsement
programme-part-development-project = development project

# The page behind the request to endorse.
endorsement-title = { $nominee } is nominated for “{ $programme }”
endorsement-by = { $nominator } has nominated { $nominee } for “{ $programme }”, { $cohort }.
endorsement-own = { $nominee } has put her or his own name forward for “{ $programme }”, { $cohort }.
endorsement-obligatory = You are asked for an independent view. Without your endorsement the nomination does not go on to the panel.
endorsement-view = You are asked for your view of the potential as a leader. The nomination goes on whatever you answer, and the panel reads what you write.
endorsement-motivation = Reasons for the nomination: { $text }
endorsement-project = Development project: { $text }
endorsement-answer-by = Please answer by { $until }.
endorsement-endorsed = Do you endorse the nomination?
endorsement-yes = Yes
endorsement-no = No
endorsement-reason = Your reasons
endorsement-reason-hint = At most 2000 characters. The nominee, the panel and the programme coordinator can read what you write. Please leave out health information.
endorsement-send = Send the answer
endorsement-given-yes = You endorse the nomination.
endorsement-given-no = You do not endorse the nomination.
endorsement-given-reason = Your reasons: { $text }
endorsement-given-next = Thank you for your answer. There is nothing more to do.
endorsement-gone = The nomination does not need your answer any more
endorsement-gone-lead = It was withdrawn, answered in another way, or somebody else is asked instead.
endorsement-over = The time to answer is over
endorsement-over-lead = Please contact the programme coordinator if you would still like to answer.

# The inbox.
inbox-reason-endorsement-lapsed = { $endorser } did not answer the nomination of { $person } for { $cohort } in time.
inbox-reason-no-endorser = Nobody in the line above { $person } can give an independent endorsement of the nomination for { $cohort }.
inbox-reason-outcomes-not-prepared = The time to endorse in the round of nominations { $round } is over, but the outcomes are not prepared. Places have to be offered by { $moment }.
inbox-reason-outcomes-not-sent = The outcomes of the round of nominations { $round } are prepared, but not sent. Places have to be offered by { $moment }.
inbox-reason-outcomes-too-late = It is too late to offer places after the round of nominations { $round }, and the nominees have had no answer.
inbox-act-prepare-the-outcomes = Prepare the outcomes, and look them over.
inbox-act-send-the-outcomes = Send the outcomes to everybody nominated.
inbox-act-reopen-endorsement = Ask for the endorsement once more, with a new deadline.
inbox-act-record-an-endorsement = Obtain an endorsement and write it down.
