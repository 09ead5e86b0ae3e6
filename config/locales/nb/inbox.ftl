# Innboksen: hvorfor noe trenger en hånd, og hva som foreslås.
inbox-reason-invitation-lapses = { $person } har ikke svart på invitasjonen til { $cohort }. Fristen er { $moment }.
inbox-reason-offer-lapses = { $person } har ikke svart på tilbudet om plass i { $cohort }. Plassen holdes til { $moment }.
inbox-reason-group-lapsed = Lederen av «{ $group }» svarte ikke i tide på invitasjonen til { $cohort }.
inbox-reason-not-invited = { $person } er foreslått for { $cohort }, som er publisert, men er ikke invitert.
inbox-reason-too-late-to-invite = { $person } er foreslått for { $cohort }, men det er for sent å invitere.
inbox-reason-no-cohort = { $count ->
    [one] Én leder er i målgruppen for { $programme }, men ingen kull er planlagt.
   *[other] { $count } ledere er i målgruppen for { $programme }, men ingen kull er planlagt.
}
inbox-reason-no-room = { $count ->
    [one] Én leder i målgruppen for { $programme } får ikke plass i de planlagte kullene.
   *[other] { $count } ledere i målgruppen for { $programme } får ikke plass i de planlagte kullene.
}
inbox-reason-no-line-manager = { $person } har ingen nærmeste leder.
inbox-reason-check-in-without-manager = Lederkravsamtalen { $cycle } for { $person } har ingen som kan holde den: nærmeste leder mangler. Fristen er { $day }.
inbox-reason-check-in-without-reviewer = Det er ikke navngitt noen som kan holde lederkravsamtalen { $cycle } med { $person }, for eksempel styrelederen. Fristen er { $day }.
inbox-reason-missing-from-file = { $person } har manglet i HR-filen siden { $day }, og siste arbeidsdag er ikke kjent.
inbox-reason-no-coordinator = Ingen koordinerer { $cohort }.
inbox-reason-no-place = Det er ikke oppgitt hvor samlingen «{ $gathering }» i { $cohort } er. Den er { $day }.
inbox-reason-closed-day = Samlingen «{ $gathering }» i { $cohort } er { $day }, når helseforetaket holder stengt ({ $name }).
inbox-reason-public-holiday = Samlingen «{ $gathering }» i { $cohort } er { $day }, som er en helligdag ({ $name }).
inbox-reason-overlap = Samlingene «{ $other }» og «{ $gathering }» i { $cohort } overlapper { $day }.
inbox-reason-draft-in-the-past = { $cohort } er fortsatt et utkast, men første samling var { $moment }.
inbox-reason-publish-now = { $cohort } må publiseres innen { $moment } for at de inviterte skal få hele svarfristen.
inbox-reason-over-capacity = { $cohort } har { $taken } opptatte plasser, men kapasiteten er { $capacity }.
inbox-reason-mail-failed = E-posten «{ $letter }» til { $person } ble ikke levert.
inbox-reason-mail-unknown = Det er ukjent om e-posten «{ $letter }» til { $person } kom fram.
inbox-reason-attendance-missing = { $count ->
    [one] Oppmøte mangler for én deltaker på samlingen «{ $gathering }» i { $cohort } { $day }.
   *[other] Oppmøte mangler for { $count } deltakere på samlingen «{ $gathering }» i { $cohort } { $day }.
}
inbox-reason-not-closed = Alle samlingene i { $cohort } er holdt og oppmøtet er registrert, men kullet er ikke avsluttet.
inbox-reason-nobody-came = Alle samlingene i { $cohort } er over, men ingen har plass i kullet.
inbox-reason-leaver-with-place = { $person } har plass i { $cohort }, men slutter { $day }, før kullet er ferdig.
inbox-reason-leaver-supports = { $supporter }, som er støttespiller for { $person } i { $cohort }, har siste arbeidsdag { $day }.
inbox-reason-leaver-runs-cohort = { $name } koordinerer { $cohort }, men slutter eller har fått kontoen stengt.
inbox-reason-conflict = Inhabilitet: { $conflict }
inbox-reason-follow-up-overdue = «{ $group }»: den som ble spurt om oppfølgingen etter { $count ->
    [one] én måned
   *[other] { $count } måneder
}, har ikke svart.

inbox-act-answer-on-the-phone = Ring lederen, og skriv inn svaret.
inbox-act-answer-for-a-leader-group = Spør ledergruppen på nytt.
inbox-act-take-a-leader-out = Ta lederen ut av kullet.
inbox-act-invite-again = Send invitasjonen.
inbox-act-open-a-cohort = Planlegg et nytt kull.
inbox-act-name-a-line-manager = Oppgi hvem som er nærmeste leder.
inbox-act-end-an-employment = Undersøk med enheten, og bekreft siste arbeidsdag.
inbox-act-assign-a-supporter = Oppnevn en ny støttespiller.
inbox-act-edit-a-cohort = Rett opplysningene om kullet.
inbox-act-move-a-gathering = Flytt samlingen, eller oppgi hvor den er.
inbox-act-call-a-cohort-off = Avlys kullet, eller flytt samlingene.
inbox-act-publish-a-cohort = Publiser kullet.
inbox-act-send-mails-again = Rett årsaken, og send e-posten på nytt.
inbox-act-record-attendance-for-all = Registrer hvem som var til stede.
inbox-act-complete-a-cohort = Avslutt kullet.
inbox-act-write-down-how-it-stands = Ring den som ble spurt, og skriv inn hvordan det går.

enum-inbox-kind-lapsing = svarfrist nær eller ute
enum-inbox-kind-not-invited = ikke invitert
enum-inbox-kind-without-cohort = ledere uten kull
enum-inbox-kind-missing-fact = manglende opplysning
enum-inbox-kind-impossible-date = dato eller plasser som ikke går opp
enum-inbox-kind-mail = e-post som ikke kom fram
enum-inbox-kind-attendance-missing = manglende oppmøte
enum-inbox-kind-not-closed = kull som skal avsluttes
enum-inbox-kind-leaver = slutter
enum-inbox-kind-conflict = inhabilitet
enum-inbox-kind-endorsement = anbefaling mangler
enum-inbox-kind-outcomes = utfall av nominasjon
enum-inbox-kind-follow-up = oppfølging
enum-inbox-item-state-open = åpen
enum-inbox-item-state-snoozed = utsatt
enum-inbox-item-state-done = ferdig
