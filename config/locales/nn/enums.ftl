# Kva verdiane i API-et heiter på norsk: ord til skjermar, rekneark og rapportar.

enum-cohort-state-draft = utkast
enum-cohort-state-published = publisert
enum-cohort-state-running = i gang
enum-cohort-state-completed = avslutta
enum-cohort-state-cancelled = avlyst

enum-enrolment-state-proposed = føreslått
enum-enrolment-state-invited = invitert
enum-enrolment-state-waiting = på venteliste
enum-enrolment-state-offered = fått tilbod om plass
enum-enrolment-state-enrolled = har plass
enum-enrolment-state-declined = takka nei
enum-enrolment-state-lapsed = ikkje svara i tide
enum-enrolment-state-withdrawn = meld av
enum-enrolment-state-completed = fullført
enum-enrolment-state-not-completed = ikkje fullført
enum-enrolment-state-cancelled = fekk ikkje plass

enum-enrolment-change-withdraw = meld av deltakaren
enum-enrolment-change-place-past-the-line = gi plass utanom køen
enum-enrolment-change-reinstate = opne att
enum-enrolment-change-accept-for = skriv ned eit ja
enum-enrolment-change-decline-for = skriv ned eit nei

enum-invitation-answer-accept = takkar ja
enum-invitation-answer-decline = takkar nei
enum-invitation-answer-withdraw = melder seg av

enum-presence-present = til stades
enum-presence-partly = delvis til stades
enum-presence-absent = fråverande
enum-presence-excused = gyldig fråvær

enum-file-format-pdf = PDF
enum-file-format-csv = CSV til rekneark
enum-file-format-xlsx = arbeidsbok for rekneark

enum-table-format-xlsx = arbeidsbok for rekneark
enum-table-format-csv = CSV til rekneark

enum-error-policy-reject-all = avvis alt
enum-error-policy-reject-failed = avvis berre radene med feil

enum-role-administrator = administrator
enum-role-coordinator = programkoordinator
enum-role-line-manager = nærmaste leiar
enum-role-leader = leiar
enum-role-mentor = mentor

enum-unit-kind-trust = helseføretak
enum-unit-kind-clinic = klinikk
enum-unit-kind-department = avdeling
enum-unit-kind-unit = eining
enum-unit-kind-staff = stab

enum-mail-state-queued = i kø
enum-mail-state-claimed = henta for sending
enum-mail-state-sending = under sending
enum-mail-state-sent = send
enum-mail-state-failed = feila
enum-mail-state-delivery-unknown = levering ukjend
enum-mail-state-needless = ikkje lenger aktuell

enum-reminder-anchor-appointment = tiltreding
enum-reminder-anchor-invitation-deadline = svarfrist
enum-reminder-anchor-offer-deadline = frist for tilbod om plass
enum-reminder-anchor-gathering-start = samlingsstart
enum-reminder-anchor-cohort-start = kullstart
enum-reminder-anchor-cohort-end = kullslutt
enum-reminder-anchor-cohort-news = nytt i kullet

enum-reminder-recipients-leader = leiaren
enum-reminder-recipients-line-manager = nærmaste leiar
enum-reminder-recipients-coordinators = programkoordinatorane

enum-reminder-condition-always = alltid
enum-reminder-condition-unanswered = invitasjon utan svar
enum-reminder-condition-holds-offer = har tilbod om plass
enum-reminder-condition-holds-seat = har plass
enum-reminder-condition-no-rsvp = ikkje svara om samlinga
enum-reminder-condition-not-declined = ikkje svara nei til samlinga
enum-reminder-condition-not-enrolled-yet = utan plass i programmet
enum-reminder-condition-attendance-missing = oppmøte manglar

enum-reminder-state-pending = planlagd
enum-reminder-state-fired = utløyst
enum-reminder-state-skipped = ikkje aktuell
enum-reminder-state-cancelled = teken bort
enum-reminder-state-missed = for seint ute

enum-reminder-change-kind-added = ny
enum-reminder-change-kind-moved = flytta
enum-reminder-change-kind-cancelled = fjerna

enum-on-closed-day-before = siste arbeidsdag før
enum-on-closed-day-after = neste arbeidsdag
enum-on-closed-day-same = same dag

enum-programme-family-training = leiaropplæring
enum-programme-family-development = leiarutvikling
enum-programme-family-mobilisation = leiarmobilisering

enum-partly-counts-whole = som ei heil samling
enum-partly-counts-half = som ei halv samling
enum-partly-counts-nothing = tel ikkje

enum-domain-kind-action = handling
enum-domain-kind-foundation = fundament

enum-responsibility-level-no-leading-role = utan formell leiarrolle
enum-responsibility-level-leads-employees = leiar for medarbeidarar
enum-responsibility-level-leads-leaders = leiar for leiarar
enum-responsibility-level-level-two = klinikkleiar eller leiar for sentral stab
enum-responsibility-level-level-one = administrerande direktør

enum-leader-order-by-name = etter namn
enum-leader-order-by-newest-first = nyaste først

enum-import-outcome-imported = importert
enum-import-outcome-dry-run = prøvekøyring
enum-import-outcome-rejected = avvist

enum-on-faults-reject-all = avvis alt
enum-on-faults-skip-faulty = hopp over rader med feil

enum-operation-state-running = går føre seg
enum-operation-state-succeeded = ferdig
enum-operation-state-failed = avbroten

enum-operation-failure-interrupted = tenesta stansa
enum-operation-failure-fault = feil i tenesta

enum-eligibility-rule-employed = er tilsett
enum-eligibility-rule-leads = er leiar
enum-eligibility-rule-level = leiarnivå
enum-eligibility-rule-newly-appointed = ny som leiar
enum-eligibility-rule-long-in-role = tid i rolla
enum-eligibility-rule-leads-nothing = ikkje leiar
enum-eligibility-rule-no-other-place = ikkje plass frå før
enum-eligibility-rule-by-nomination = nominasjon
enum-eligibility-rule-own-interest = eiga interesse
enum-eligibility-rule-leaders-view = svar frå næraste leiar
enum-eligibility-rule-with-group = med leiargruppa

enum-survey-kind-gathering = evaluering av ei samling
enum-survey-kind-cohort = evaluering av eit program
enum-survey-kind-group-before = kvar leiargruppa står, før
enum-survey-kind-group-after = kvar leiargruppa står, etter

enum-survey-hidden-still-open = open for svar
enum-survey-hidden-too-few = for få svar
enum-survey-hidden-for-others = berre for dei som blei spurde

enum-check-in-cycle-state-draft = utkast
enum-check-in-cycle-state-scheduled = planlagd
enum-check-in-cycle-state-open = open
enum-check-in-cycle-state-closed = lukka

enum-check-in-state-open = opna
enum-check-in-state-leader-done = leiaren har levert
enum-check-in-state-manager-done = næraste leiar har levert
enum-check-in-state-both-done = begge har levert
enum-check-in-state-met = samtalen er halden
enum-check-in-state-leader-signed = leiaren har signert
enum-check-in-state-manager-signed = næraste leiar har signert
enum-check-in-state-signed = signert av begge
enum-check-in-state-ended = avslutta
enum-check-in-state-unfinished = ikkje fullført

enum-check-in-party-leader = leiar
enum-check-in-party-manager = næraste leiar

enum-requirement-rating-not-yet = Ikkje enno
enum-requirement-rating-on-the-way = Eit stykke på veg
enum-requirement-rating-in-place = På plass
enum-requirement-rating-role-model = Førebilete for andre
enum-requirement-rating-not-applicable = Ikkje aktuelt

enum-check-in-action-state-agreed = avtalt
enum-check-in-action-state-under-way = i gang
enum-check-in-action-state-done = gjennomført
enum-check-in-action-state-dropped = droppa

enum-serves-directness-requirement = leiarkravet
enum-serves-directness-responsibility = oppgåver og ansvar
enum-serves-directness-domain = kompetanseområdet

enum-programme-way-in-asking = påmelding
enum-programme-way-in-nomination = nominasjon
enum-programme-way-in-group = med leiargruppa

enum-evidence-kind-attended = deltok på samling
enum-evidence-kind-completed = fullførte program

enum-check-in-left-out-reason-leads-no-more = leier ikkje no
enum-check-in-left-out-reason-too-new = nyleg tilsett

enum-competence-plan-state-draft = blir vurdert
enum-competence-plan-state-assessed = ventar på næraste leiar
enum-competence-plan-state-agreed = avtalt
enum-competence-plan-state-completed = fullført
enum-competence-plan-state-ended = avslutta

enum-competence-plan-rating-needs-training = treng opplæring
enum-competence-plan-rating-some = kan noko
enum-competence-plan-rating-confident = trygg

enum-competence-resource-kind-course = kurs
enum-competence-resource-kind-e-learning = e-læring
enum-competence-resource-kind-tool = verktøy
enum-competence-resource-kind-guide = rettleiar
