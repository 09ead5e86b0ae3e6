# What the API's values are called: words for screens, spreadsheets and reports.

enum-cohort-state-draft = draft
enum-cohort-state-published = published
enum-cohort-state-running = running
enum-cohort-state-completed = completed
enum-cohort-state-cancelled = called off

enum-enrolment-state-proposed = proposed
enum-enrolment-state-invited = invited
enum-enrolment-state-waiting = on the waiting list
enum-enrolment-state-offered = offered a seat
enum-enrolment-state-enrolled = has a seat
enum-enrolment-state-declined = declined
enum-enrolment-state-lapsed = did not answer in time
enum-enrolment-state-withdrawn = withdrawn
enum-enrolment-state-completed = completed
enum-enrolment-state-not-completed = not completed
enum-enrolment-state-cancelled = got no seat

enum-enrolment-change-withdraw = take out
enum-enrolment-change-place-past-the-line = give a seat past the line
enum-enrolment-change-reinstate = bring back
enum-enrolment-change-accept-for = write down a yes
enum-enrolment-change-decline-for = write down a no

enum-invitation-answer-accept = accept
enum-invitation-answer-decline = decline
enum-invitation-answer-withdraw = withdraw

enum-presence-present = present
enum-presence-partly = partly present
enum-presence-absent = absent
enum-presence-excused = excused

enum-file-format-pdf = PDF
enum-file-format-csv = CSV for a spreadsheet
enum-file-format-xlsx = spreadsheet workbook

enum-table-format-xlsx = spreadsheet workbook
enum-table-format-csv = CSV for a spreadsheet

enum-error-policy-reject-all = reject all
enum-error-policy-reject-failed = reject the faulty rows only

enum-role-administrator = administrator
enum-role-coordinator = coordinator
enum-role-line-manager = line manager
enum-role-leader = leader
enum-role-mentor = mentor

enum-unit-kind-trust = trust
enum-unit-kind-clinic = clinic
enum-unit-kind-department = department
enum-unit-kind-unit = unit
enum-unit-kind-staff = staff

enum-mail-state-queued = queued
enum-mail-state-claimed = taken for sending
enum-mail-state-sending = being sent
enum-mail-state-sent = sent
enum-mail-state-failed = failed
enum-mail-state-delivery-unknown = delivery unknown
enum-mail-state-needless = no longer needed

enum-reminder-anchor-appointment = appointment
enum-reminder-anchor-invitation-deadline = deadline of the invitation
enum-reminder-anchor-offer-deadline = deadline of the offered seat
enum-reminder-anchor-gathering-start = start of the gathering
enum-reminder-anchor-cohort-start = start of the cohort
enum-reminder-anchor-cohort-end = end of the cohort
enum-reminder-anchor-cohort-news = news of the cohort

enum-reminder-recipients-leader = the leader
enum-reminder-recipients-line-manager = the line manager
enum-reminder-recipients-coordinators = the coordinators

enum-reminder-condition-always = always
enum-reminder-condition-unanswered = invitation not answered
enum-reminder-condition-holds-offer = holds an offered seat
enum-reminder-condition-holds-seat = has a seat
enum-reminder-condition-no-rsvp = has not answered about the gathering
enum-reminder-condition-not-declined = has not said no to the gathering
enum-reminder-condition-not-enrolled-yet = without a place in the programme
enum-reminder-condition-attendance-missing = attendance is missing

enum-reminder-state-pending = planned
enum-reminder-state-fired = fired
enum-reminder-state-skipped = not called for
enum-reminder-state-cancelled = cancelled
enum-reminder-state-missed = too late

enum-reminder-change-kind-added = added
enum-reminder-change-kind-moved = moved
enum-reminder-change-kind-cancelled = removed

enum-on-closed-day-before = the last working day before
enum-on-closed-day-after = the next working day
enum-on-closed-day-same = the same day

enum-programme-family-training = training
enum-programme-family-development = development
enum-programme-family-mobilisation = mobilisation

enum-partly-counts-whole = as a whole gathering
enum-partly-counts-half = as half a gathering
enum-partly-counts-nothing = not at all

enum-domain-kind-action = action
enum-domain-kind-foundation = foundation

enum-responsibility-level-no-leading-role = no leading role
enum-responsibility-level-leads-employees = leads employees
enum-responsibility-level-leads-leaders = leads leaders
enum-responsibility-level-level-two = head of a clinic or of a central staff
enum-responsibility-level-level-one = director

enum-leader-order-by-name = by name
enum-leader-order-by-newest-first = newest first

enum-import-outcome-imported = imported
enum-import-outcome-dry-run = dry run
enum-import-outcome-rejected = rejected

enum-on-faults-reject-all = reject all
enum-on-faults-skip-faulty = skip faulty rows

enum-operation-state-running = running
enum-operation-state-succeeded = done
enum-operation-state-failed = broken off

enum-operation-failure-interrupted = the service stopped
enum-operation-failure-fault = a fault in the service

enum-eligibility-rule-employed = is employed
enum-eligibility-rule-leads = is a leader
enum-eligibility-rule-level = leader level
enum-eligibility-rule-newly-appointed = new as a leader
enum-eligibility-rule-long-in-role = time in the role
enum-eligibility-rule-leads-nothing = not a leader
enum-eligibility-rule-no-other-place = no place already
enum-eligibility-rule-by-nomination = nomination
enum-eligibility-rule-own-interest = own interest
enum-eligibility-rule-leaders-view = the line manager’s answer
enum-eligibility-rule-with-group = with the leader group

enum-survey-kind-gathering = evaluation of a gathering
enum-survey-kind-cohort = evaluation of a programme
enum-survey-kind-group-before = where the leader group stands, before
enum-survey-kind-group-after = where the leader group stands, after

enum-survey-hidden-still-open = open for answers
enum-survey-hidden-too-few = too few answers
enum-survey-hidden-for-others = only for those who were asked

enum-check-in-cycle-state-draft = draft
enum-check-in-cycle-state-scheduled = scheduled
enum-check-in-cycle-state-open = open
enum-check-in-cycle-state-closed = closed

enum-check-in-state-open = opened
enum-check-in-state-leader-done = leader done
enum-check-in-state-manager-done = line manager done
enum-check-in-state-both-done = both done
enum-check-in-state-met = met
enum-check-in-state-leader-signed = signed by the leader
enum-check-in-state-manager-signed = signed by the line manager
enum-check-in-state-signed = signed by both
enum-check-in-state-ended = ended
enum-check-in-state-unfinished = unfinished

enum-check-in-party-leader = leader
enum-check-in-party-manager = line manager

enum-requirement-rating-not-yet = Not yet
enum-requirement-rating-on-the-way = On the way
enum-requirement-rating-in-place = In place
enum-requirement-rating-role-model = A role model for others
enum-requirement-rating-not-applicable = Not applicable

enum-check-in-action-state-agreed = agreed
enum-check-in-action-state-under-way = under way
enum-check-in-action-state-done = done
enum-check-in-action-state-dropped = dropped

enum-serves-directness-requirement = the requirement
enum-serves-directness-responsibility = responsibilities
enum-serves-directness-domain = the domain

enum-programme-way-in-asking = by asking for a place
enum-programme-way-in-nomination = by nomination
enum-programme-way-in-group = with the leader group

enum-evidence-kind-attended = took part in a gathering
enum-evidence-kind-completed = completed a programme

enum-check-in-left-out-reason-leads-no-more = leads no more
enum-check-in-left-out-reason-too-new = appointed too lately

enum-competence-plan-state-draft = being rated
enum-competence-plan-state-assessed = waits for the line manager
enum-competence-plan-state-agreed = agreed on
enum-competence-plan-state-completed = completed
enum-competence-plan-state-ended = ended

enum-competence-plan-rating-needs-training = needs training
enum-competence-plan-rating-some = some
enum-competence-plan-rating-confident = confident

enum-competence-resource-kind-course = course
enum-competence-resource-kind-e-learning = e-learning
enum-competence-resource-kind-tool = tool
enum-competence-resource-kind-guide = guide
