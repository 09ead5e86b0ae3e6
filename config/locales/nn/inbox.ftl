# Innboksen: kvifor noko treng ei hand, og kva som blir foreslått.
inbox-reason-invitation-lapses = { $person } har ikkje svart på invitasjonen til { $cohort }. Fristen er { $moment }.
inbox-reason-offer-lapses = { $person } har ikkje svart på tilbodet om plass i { $cohort }. Plassen blir halden til { $moment }.
inbox-reason-group-lapsed = Leiaren av «{ $group }» svarte ikkje i tide på invitasjonen til { $cohort }.
inbox-reason-not-invited = { $person } er foreslått for { $cohort }, som er publisert, men er ikkje invitert.
inbox-reason-too-late-to-invite = { $person } er foreslått for { $cohort }, men det er for seint å invitere.
inbox-reason-no-cohort = { $count ->
    [one] Éin leiar er i målgruppa for { $programme }, men ingen kull er planlagde.
   *[other] { $count } leiarar er i målgruppa for { $programme }, men ingen kull er planlagde.
}
inbox-reason-no-room = { $count ->
    [one] Éin leiar i målgruppa for { $programme } får ikkje plass i dei planlagde kulla.
   *[other] { $count } leiarar i målgruppa for { $programme } får ikkje plass i dei planlagde kulla.
}
inbox-reason-no-line-manager = { $person } har ingen næraste leiar.
inbox-reason-check-in-without-manager = Leiarkravsamtalen { $cycle } for { $person } har ingen som kan halde han: næraste leiar manglar. Fristen er { $day }.
inbox-reason-check-in-without-reviewer = Det er ikkje namngitt nokon som kan halde leiarkravsamtalen { $cycle } med { $person }, til dømes styreleiaren. Fristen er { $day }.
inbox-reason-missing-from-file = { $person } har mangla i HR-fila sidan { $day }, og siste arbeidsdag er ikkje kjend.
inbox-reason-no-coordinator = Ingen koordinerer { $cohort }.
inbox-reason-no-place = Det er ikkje oppgitt kvar samlinga «{ $gathering }» i { $cohort } er. Ho er { $day }.
inbox-reason-closed-day = Samlinga «{ $gathering }» i { $cohort } er { $day }, når helseføretaket held stengt ({ $name }).
inbox-reason-public-holiday = Samlinga «{ $gathering }» i { $cohort } er { $day }, som er ein heilagdag ({ $name }).
inbox-reason-overlap = Samlingane «{ $other }» og «{ $gathering }» i { $cohort } overlappar { $day }.
inbox-reason-draft-in-the-past = { $cohort } er framleis eit utkast, men den første samlinga var { $moment }.
inbox-reason-publish-now = { $cohort } må publiserast innan { $moment } for at dei inviterte skal få heile svarfristen.
inbox-reason-over-capacity = { $cohort } har { $taken } opptekne plassar, men kapasiteten er { $capacity }.
inbox-reason-mail-failed = E-posten «{ $letter }» til { $person } vart ikkje levert.
inbox-reason-mail-unknown = Det er ukjent om e-posten «{ $letter }» til { $person } kom fram.
inbox-reason-attendance-missing = { $count ->
    [one] Oppmøte manglar for éin deltakar på samlinga «{ $gathering }» i { $cohort } { $day }.
   *[other] Oppmøte manglar for { $count } deltakarar på samlinga «{ $gathering }» i { $cohort } { $day }.
}
inbox-reason-not-closed = Alle samlingane i { $cohort } er haldne og oppmøtet er registrert, men kullet er ikkje avslutta.
inbox-reason-nobody-came = Alle samlingane i { $cohort } er over, men ingen har plass i kullet.
inbox-reason-leaver-with-place = { $person } har plass i { $cohort }, men sluttar { $day }, før kullet er ferdig.
inbox-reason-leaver-supports = { $supporter }, som er støttespelar for { $person } i { $cohort }, har siste arbeidsdag { $day }.
inbox-reason-leaver-runs-cohort = { $name } koordinerer { $cohort }, men sluttar eller har fått kontoen stengd.
inbox-reason-conflict = Inhabilitet: { $conflict }
inbox-reason-follow-up-overdue = «{ $group }»: den som vart spurd om oppfølginga etter { $count ->
    [one] éin månad
   *[other] { $count } månader
}, har ikkje svart.

inbox-act-answer-on-the-phone = Ring leiaren, og skriv inn svaret.
inbox-act-answer-for-a-leader-group = Spør leiargruppa på nytt.
inbox-act-take-a-leader-out = Ta leiaren ut av kullet.
inbox-act-invite-again = Send invitasjonen.
inbox-act-open-a-cohort = Planlegg eit nytt kull.
inbox-act-name-a-line-manager = Oppgi kven som er næraste leiar.
inbox-act-end-an-employment = Undersøk med eininga, og stadfest siste arbeidsdag.
inbox-act-assign-a-supporter = Oppnemn ein ny støttespelar.
inbox-act-edit-a-cohort = Rett opplysningane om kullet.
inbox-act-move-a-gathering = Flytt samlinga, eller oppgi kvar ho er.
inbox-act-call-a-cohort-off = Avlys kullet, eller flytt samlingane.
inbox-act-publish-a-cohort = Publiser kullet.
inbox-act-send-mails-again = Rett årsaka, og send e-posten på nytt.
inbox-act-record-attendance-for-all = Registrer kven som var til stades.
inbox-act-complete-a-cohort = Avslutt kullet.
inbox-act-write-down-how-it-stands = Ring den som vart spurd, og skriv inn korleis det går.

enum-inbox-kind-lapsing = svarfrist nær eller ute
enum-inbox-kind-not-invited = ikkje invitert
enum-inbox-kind-without-cohort = leiarar utan kull
enum-inbox-kind-missing-fact = manglande opplysning
enum-inbox-kind-impossible-date = dato eller plassar som ikkje går opp
enum-inbox-kind-mail = e-post som ikkje kom fram
enum-inbox-kind-attendance-missing = manglande oppmøte
enum-inbox-kind-not-closed = kull som skal avsluttast
enum-inbox-kind-leaver = sluttar
enum-inbox-kind-conflict = inhabilitet
enum-inbox-kind-endorsement = tilråding manglar
enum-inbox-kind-outcomes = utfall av nominasjon
enum-inbox-kind-follow-up = oppfølging
enum-inbox-item-state-open = open
enum-inbox-item-state-snoozed = utsett
enum-inbox-item-state-done = ferdig
