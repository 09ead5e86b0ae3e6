# Hva verdiene i API-et heter på norsk: ord til skjermer, regneark og rapporter.

enum-cohort-state-draft = utkast
enum-cohort-state-published = publisert
enum-cohort-state-running = i gang
enum-cohort-state-completed = avsluttet
enum-cohort-state-cancelled = avlyst

enum-enrolment-state-proposed = foreslått
enum-enrolment-state-invited = invitert
enum-enrolment-state-waiting = på venteliste
enum-enrolment-state-offered = tilbudt plass
enum-enrolment-state-enrolled = har plass
enum-enrolment-state-declined = takket nei
enum-enrolment-state-lapsed = ikke svart i tide
enum-enrolment-state-withdrawn = meldt av
enum-enrolment-state-completed = fullført
enum-enrolment-state-not-completed = ikke fullført
enum-enrolment-state-cancelled = fikk ikke plass

enum-enrolment-change-withdraw = meld av deltakeren
enum-enrolment-change-place-past-the-line = gi plass utenom køen
enum-enrolment-change-reinstate = gjenåpne
enum-enrolment-change-accept-for = skriv ned et ja
enum-enrolment-change-decline-for = skriv ned et nei

enum-invitation-answer-accept = takker ja
enum-invitation-answer-decline = takker nei
enum-invitation-answer-withdraw = melder seg av

enum-presence-present = til stede
enum-presence-partly = delvis til stede
enum-presence-absent = fraværende
enum-presence-excused = gyldig fravær

enum-file-format-pdf = PDF
enum-file-format-csv = CSV til regneark
enum-file-format-xlsx = arbeidsbok for regneark

enum-table-format-xlsx = arbeidsbok for regneark
enum-table-format-csv = CSV til regneark

enum-error-policy-reject-all = avvis alt
enum-error-policy-reject-failed = avvis bare radene med feil

enum-role-administrator = administrator
enum-role-coordinator = programkoordinator
enum-role-line-manager = nærmeste leder
enum-role-leader = leder
enum-role-mentor = mentor

enum-unit-kind-trust = helseforetak
enum-unit-kind-clinic = klinikk
enum-unit-kind-department = avdeling
enum-unit-kind-unit = enhet
enum-unit-kind-staff = stab

enum-mail-state-queued = i kø
enum-mail-state-claimed = hentet for sending
enum-mail-state-sending = under sending
enum-mail-state-sent = sendt
enum-mail-state-failed = feilet
enum-mail-state-delivery-unknown = levering ukjent
enum-mail-state-needless = ikke lenger aktuell

enum-reminder-anchor-appointment = tiltredelse
enum-reminder-anchor-invitation-deadline = svarfrist
enum-reminder-anchor-offer-deadline = frist for tilbudt plass
enum-reminder-anchor-gathering-start = samlingsstart
enum-reminder-anchor-cohort-start = kullstart
enum-reminder-anchor-cohort-end = kullslutt
enum-reminder-anchor-cohort-news = nytt i kullet

enum-reminder-recipients-leader = lederen
enum-reminder-recipients-line-manager = nærmeste leder
enum-reminder-recipients-coordinators = programkoordinatorene

enum-reminder-condition-always = alltid
enum-reminder-condition-unanswered = ubesvart invitasjon
enum-reminder-condition-holds-offer = har tilbud om plass
enum-reminder-condition-holds-seat = har plass
enum-reminder-condition-no-rsvp = ikke svart om samlingen
enum-reminder-condition-not-declined = ikke svart nei til samlingen
enum-reminder-condition-not-enrolled-yet = uten plass i programmet
enum-reminder-condition-attendance-missing = oppmøte mangler

enum-reminder-state-pending = planlagt
enum-reminder-state-fired = utløst
enum-reminder-state-skipped = ikke aktuell
enum-reminder-state-cancelled = tatt bort
enum-reminder-state-missed = for sent ute

enum-reminder-change-kind-added = ny
enum-reminder-change-kind-moved = flyttet
enum-reminder-change-kind-cancelled = fjernet

enum-on-closed-day-before = siste arbeidsdag før
enum-on-closed-day-after = neste arbeidsdag
enum-on-closed-day-same = samme dag

enum-programme-family-training = lederopplæring
enum-programme-family-development = lederutvikling
enum-programme-family-mobilisation = ledermobilisering

enum-partly-counts-whole = som en hel samling
enum-partly-counts-half = som en halv samling
enum-partly-counts-nothing = teller ikke

enum-domain-kind-action = handling
enum-domain-kind-foundation = fundament

enum-responsibility-level-no-leading-role = uten formell lederrolle
enum-responsibility-level-leads-employees = leder for medarbeidere
enum-responsibility-level-leads-leaders = leder for ledere
enum-responsibility-level-level-two = klinikkleder eller leder for sentral stab
enum-responsibility-level-level-one = administrerende direktør

enum-leader-order-by-name = etter navn
enum-leader-order-by-newest-first = nyeste først

enum-import-outcome-imported = importert
enum-import-outcome-dry-run = prøvekjøring
enum-import-outcome-rejected = avvist

enum-on-faults-reject-all = avvis alt
enum-on-faults-skip-faulty = hopp over rader med feil

enum-operation-state-running = pågår
enum-operation-state-succeeded = ferdig
enum-operation-state-failed = avbrutt

enum-operation-failure-interrupted = tjenesten stanset
enum-operation-failure-fault = feil i tjenesten

enum-eligibility-rule-employed = er ansatt
enum-eligibility-rule-leads = er leder
enum-eligibility-rule-level = ledernivå
enum-eligibility-rule-newly-appointed = ny som leder
enum-eligibility-rule-long-in-role = tid i rollen
enum-eligibility-rule-leads-nothing = ikke leder
enum-eligibility-rule-no-other-place = ikke plass fra før
enum-eligibility-rule-by-nomination = nominasjon
enum-eligibility-rule-own-interest = egen interesse
enum-eligibility-rule-leaders-view = svar fra nærmeste leder
enum-eligibility-rule-with-group = med ledergruppen

enum-survey-kind-gathering = evaluering av en samling
enum-survey-kind-cohort = evaluering av et program
enum-survey-kind-group-before = hvor ledergruppen står, før
enum-survey-kind-group-after = hvor ledergruppen står, etter

enum-survey-hidden-still-open = åpen for svar
enum-survey-hidden-too-few = for få svar
enum-survey-hidden-for-others = bare for dem som ble spurt

enum-check-in-cycle-state-draft = utkast
enum-check-in-cycle-state-scheduled = planlagt
enum-check-in-cycle-state-open = åpen
enum-check-in-cycle-state-closed = lukket

enum-check-in-state-open = åpnet
enum-check-in-state-leader-done = lederen har levert
enum-check-in-state-manager-done = nærmeste leder har levert
enum-check-in-state-both-done = begge har levert
enum-check-in-state-met = samtalen er holdt
enum-check-in-state-leader-signed = lederen har signert
enum-check-in-state-manager-signed = nærmeste leder har signert
enum-check-in-state-signed = signert av begge
enum-check-in-state-ended = avsluttet
enum-check-in-state-unfinished = ikke fullført

enum-check-in-party-leader = leder
enum-check-in-party-manager = nærmeste leder

enum-requirement-rating-not-yet = Ikke ennå
enum-requirement-rating-on-the-way = Et stykke på vei
enum-requirement-rating-in-place = På plass
enum-requirement-rating-role-model = Forbilde for andre
enum-requirement-rating-not-applicable = Ikke aktuelt

enum-check-in-action-state-agreed = avtalt
enum-check-in-action-state-under-way = i gang
enum-check-in-action-state-done = gjennomført
enum-check-in-action-state-dropped = droppet

enum-serves-directness-requirement = lederkravet
enum-serves-directness-responsibility = oppgaver og ansvar
enum-serves-directness-domain = kompetanseområdet

enum-programme-way-in-asking = påmelding
enum-programme-way-in-nomination = nominasjon
enum-programme-way-in-group = med ledergruppen

enum-evidence-kind-attended = deltok på samling
enum-evidence-kind-completed = fullførte program

enum-check-in-left-out-reason-leads-no-more = leder ikke nå
enum-check-in-left-out-reason-too-new = nylig tilsatt

enum-competence-plan-state-draft = vurderes
enum-competence-plan-state-assessed = venter på nærmeste leder
enum-competence-plan-state-agreed = avtalt
enum-competence-plan-state-completed = fullført
enum-competence-plan-state-ended = avsluttet

enum-competence-plan-rating-needs-training = trenger opplæring
enum-competence-plan-rating-some = kan noe
enum-competence-plan-rating-confident = trygg

enum-competence-resource-kind-course = kurs
enum-competence-resource-kind-e-learning = e-læring
enum-competence-resource-kind-tool = verktøy
enum-competence-resource-kind-guide = veileder
