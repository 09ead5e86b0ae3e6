# Frame
pages-skip = Gå til innholdet
pages-languages = Språk
pages-footer = Sendt til deg fra { $organisation }. Siden er personlig; ikke send adressen videre.
pages-footer-varde = Varde administrerer lederprogrammer i sykehus.
pages-hello = Hei, { $name }.
pages-contacts = Har du spørsmål? Kontakt:
pages-gatherings = Samlinger
pages-no-gatherings = Datoene er ikke fastsatt ennå.
pages-place = Sted
pages-room = Rom
pages-join = Bli med i nettmøtet
pages-agenda = Program for dagen
pages-held = holdt

# A place in a cohort
pages-invited = Invitasjon til «{ $programme }»
pages-invited-lead = Du er invitert til «{ $cohort }».
pages-answer-by = Gi oss svar innen { $until }.
pages-invited-terms = Sier du ja, regner vi med deg på alle samlingene. Er kullet fullt når du svarer, får du plass på ventelisten.
pages-offered = Ledig plass på «{ $programme }»
pages-offered-lead = En plass i «{ $cohort }» er ledig for deg.
pages-held-until = Plassen holdes av til deg til { $until }. Etter det går tilbudet til den neste på ventelisten.
pages-offered-terms = Sier du ja, regner vi med deg på alle samlingene.
pages-accept = Ja, jeg blir med
pages-decline = Nei, jeg kan ikke
pages-decline-lead = Når du takker nei, kan plassen gå til en annen. Har du lyst til å si hvorfor, hjelper det oss å planlegge neste kull.
pages-decline-confirm = Bekreft at jeg takker nei
pages-reason = Begrunnelse (valgfritt)
pages-reason-hint = Høyst 500 tegn. Programkoordinatoren kan lese det du skriver. Ta ikke med helseopplysninger.
pages-optional = (valgfritt)
pages-enrolled = Du har plass på «{ $programme }»
pages-enrolled-lead = Vi regner med deg i «{ $cohort }».
pages-enrolled-next = Du får en bekreftelse på e-post, og en kalenderinvitasjon til hver samling. Må du melde deg av senere, bruker du lenken i bekreftelsen.
pages-waiting = Du står på venteliste
pages-waiting-lead = Alle plassene i «{ $cohort }» ({ $programme }) er tatt.
pages-waiting-place = Du er nummer { $place } på ventelisten.
pages-waiting-rule = Når en plass blir ledig, får den som står først, tilbud om den. Plassen holdes av til svaret kommer eller fristen går ut, og går deretter til den neste. Ingen som melder seg senere, går foran deg, med mindre en koordinator gjør et unntak og begrunner det.
pages-waiting-next = Du trenger ikke å gjøre noe nå. Du får e-post når turen kommer til deg.
pages-declined = Du har takket nei
pages-declined-lead = Vi har notert at du ikke blir med i «{ $cohort }» ({ $programme }).
pages-declined-next = Har du ombestemt deg, tar du kontakt med koordinatoren.
pages-lapsed = Svarfristen er ute
pages-lapsed-lead = Vi fikk ikke svar om «{ $cohort }» ({ $programme }) i tide, og plassen kan ha gått til en annen.
pages-lapsed-next = Vil du fortsatt være med, tar du kontakt med koordinatoren.
pages-withdrawn = Du er meldt av
pages-withdrawn-lead = Du er ikke lenger med i «{ $cohort }» ({ $programme }).
pages-withdrawn-next = Vil du være med en annen gang, tar du kontakt med koordinatoren.
pages-moved = Du er flyttet til et annet kull
pages-moved-lead = Du er ikke lenger med i «{ $cohort }» ({ $programme }).
pages-moved-to = Du er flyttet til «{ $cohort }».
pages-moved-onward = Gå til plassen din i «{ $cohort }»
pages-completed = Du har fullført «{ $programme }»
pages-completed-lead = «{ $cohort }» er avsluttet, og du har fullført programmet.
pages-not-completed = Kullet er avsluttet
pages-not-completed-lead = «{ $cohort }» ({ $programme }) er avsluttet. Programmet er ikke registrert som fullført for deg.
pages-cancelled = Kullet er avlyst
pages-cancelled-lead = «{ $cohort }» ({ $programme }) er avlyst. Samlinger som fortsatt ligger i kalenderen din, kan du slette.
pages-missed-out = Kullet er avsluttet
pages-missed-out-lead = «{ $cohort }» ({ $programme }) er avsluttet, og det ble ikke ledig plass til deg.
pages-missed-out-next = Vil du være med en annen gang, tar du kontakt med koordinatoren.
pages-newer = Denne lenken gjelder ikke lenger
pages-newer-lead = Du har fått en nyere e-post om «{ $cohort }» ({ $programme }). Bruk lenken i den.
pages-time-over = Fristen er ute
pages-time-over-lead = Lenken om «{ $cohort }» ({ $programme }) kan ikke brukes lenger.
pages-time-over-next = Ta kontakt med koordinatoren hvis noe skal endres.

# Leaving
pages-manage-seat = Plassen din på «{ $programme }»
pages-manage-seat-lead = Du har plass i «{ $cohort }». Kan du likevel ikke være med, melder du deg av her.
pages-manage-line = Plassen din på ventelisten
pages-manage-offered-lead = En plass i «{ $cohort }» ({ $programme }) holdes av til deg. Svar ja med lenken i den siste e-posten, eller meld deg av her.
pages-leave-seat = Jeg vil melde meg av
pages-leave-line = Jeg vil ut av ventelisten
pages-leave-seat-lead = Melder du deg av, går plassen til den neste på ventelisten. Du kan ikke ta den tilbake selv.
pages-leave-line-lead = Går du ut av ventelisten, mister du plassen din i køen.
pages-leave-seat-confirm = Bekreft at jeg melder meg av
pages-leave-line-confirm = Bekreft at jeg går ut av ventelisten

# A gathering
pages-gathering-lead = Samling i «{ $cohort }» ({ $programme }).
pages-gathering-ask = Kommer du?
pages-gathering-coming = Du har svart at du kommer.
pages-gathering-not-coming = Du har svart at du ikke kommer.
pages-gathering-change = Du kan endre svaret fram til samlingen begynner.
pages-coming = Jeg kommer
pages-not-coming = Jeg kommer ikke
pages-gathering-begun = Samlingen har begynt. Svaret kan ikke endres her lenger.
pages-gathering-over = Samlingen er holdt.
pages-gathering-cancelled = Samlingen er avlyst. Ligger den fortsatt i kalenderen din, kan du slette den.
pages-gathering-no-place = Du har ikke lenger plass i kullet, og trenger ikke å svare.
pages-gathering-moved-on = Du er flyttet til et annet kull, og trenger ikke å svare for denne samlingen.
pages-gathering-newer = Denne lenken gjelder ikke lenger. Bruk lenken i den siste e-posten om samlingen.

# Mail that is not mandatory
pages-unsubscribe = Vil du ha færre e-poster?
pages-unsubscribe-lead = Du kan si nei takk til påminnelser og orienteringer fra { $organisation }.
pages-unsubscribe-rest = Invitasjoner, bekreftelser og beskjed om endringer får du fortsatt, fordi de gjelder plassen din.
pages-unsubscribe-do = Stopp påminnelsene
pages-unsubscribed = Påminnelsene er stoppet
pages-unsubscribed-lead = Du får ikke flere påminnelser eller orienteringer fra { $organisation }.
pages-resubscribe-do = Send meg påminnelser igjen
pages-unsubscribe-expired = Lenken gjelder ikke lenger. Bruk lenken i en nyere e-post.

# A password
pages-password = Velg passord
pages-password-lead = Passordet gjelder kontoen { $email }.
pages-password-rule = Minst { $min } og høyst { $max } tegn. Noen ord etter hverandre er lette å huske og vanskelige å gjette. Passordet kan ikke være e-postadressen din eller de samme tegnene om igjen.
pages-password-new = Nytt passord
pages-password-again = Gjenta passordet
pages-password-do = Lagre passordet
pages-password-differ = De to passordene er ikke like. Skriv dem på nytt.
pages-password-done = Passordet er lagret
pages-password-done-lead = Du kan nå logge inn med e-postadressen din og det nye passordet. Alle tidligere innlogginger er avsluttet.
pages-password-spent = Lenken kan ikke brukes
pages-password-spent-lead = Lenken er brukt, erstattet av en nyere eller for gammel.
pages-password-spent-next = Be en administrator om en ny lenke.

# What can go wrong
pages-errors = Dette må rettes
pages-changed = Svaret ble ikke tatt imot, fordi noe er endret etter at siden ble åpnet. Slik står det nå.
pages-unknown = Vi finner ikke siden
pages-unknown-lead = Adressen er ikke hel, eller den er ikke laget av oss. Åpne lenken på nytt fra e-posten, og kontroller at hele adressen er med.
pages-unknown-next = Virker det fortsatt ikke, finner du koordinatorens navn og adresse i e-posten.
pages-too-many = For mange forsøk
pages-too-many-lead = Det er åpnet mange lenker som ikke finnes, fra nettverket ditt. Vent et minutt, og åpne lenken fra e-posten på nytt.
pages-foreign = Svaret kom fra et annet nettsted
pages-foreign-lead = Av sikkerhetshensyn tar vi bare imot svar fra vår egen side. Åpne lenken fra e-posten og svar der.
pages-too-large = Det du sendte, er for langt
pages-too-large-lead = Gå tilbake, kort ned begrunnelsen til høyst 500 tegn, og send på nytt.
pages-unreadable = Vi kunne ikke lese svaret
pages-unreadable-lead = Åpne lenken fra e-posten på nytt, og bruk knappene på siden.
pages-fault = Noe gikk galt hos oss
pages-fault-lead = Ingenting er endret. Prøv igjen om litt.
pages-fault-id = Oppgi denne koden hvis du tar kontakt: { $id }

# The demo
pages-demo = Vardes demo
pages-demo-lead = Alt her er oppdiktet: foretaket, de ansatte og e-posten. Ingenting forlater maskinen.
pages-demo-mailbox-open = Åpne postkassen
pages-demo-clock = Klokken
pages-demo-clock-lead = Klokken går videre av seg selv, og kan flyttes fram. Alt som forfaller på veien, skjer: påminnelser sendes, frister går ut, samlinger begynner.
pages-demo-next = Fram til det neste som er planlagt: { $moment }
pages-demo-day = Fram én dag
pages-demo-week = Fram én uke
pages-demo-date = Fram til dato
pages-demo-time = Klokkeslett
pages-demo-move = Flytt klokken
pages-demo-moved = Klokken er flyttet. Hendelser: { $fired }. Sendte e-poster: { $sent }.
pages-demo-backwards = Klokken går bare framover. Velg et senere tidspunkt.
pages-demo-no-moment = Oppgi en dato og et klokkeslett.
pages-demo-fault = Noe gikk galt underveis. Loggen sier hva.
pages-demo-first = Prøv dette først
pages-demo-first-mail = Åpne postkassen, finn en invitasjon og svar ja eller nei med lenken i den.
pages-demo-first-clock = Flytt klokken fram til det neste som er planlagt, og se hvem som får påminnelser.
pages-demo-first-api = Logg inn som koordinator i GraphiQL, og slå opp kullet.
pages-demo-addresses = Adresser
pages-demo-sign-ins = Innlogginger
pages-demo-role-administrator = Administrator
pages-demo-role-coordinator = Koordinator
pages-demo-role-line-manager = Nærmeste leder
pages-demo-role-leader = Leder
pages-demo-mailbox = Postkassen
pages-demo-mails = { $count ->
    [one] Én e-post er sendt.
   *[other] { $count } e-poster er sendt.
}
pages-demo-back = Til startsiden
pages-demo-to = Til
pages-demo-newer = Nyere
pages-demo-older = Eldre
pages-demo-no-mail = Denne e-posten finnes ikke
pages-demo-all-mail = Hele postkassen
pages-demo-html = E-posten slik mottakeren ser den
pages-demo-alone = Vis bare e-posten
pages-demo-links = Lenker i e-posten
pages-demo-source = Åpne i et e-postprogram (.eml)
pages-demo-text = Som ren tekst
pages-demo-calendar = Kalenderdelen
pages-demo-headers = Hodet

# A survey
pages-survey-gathering = Det gjelder «{ $gathering }» { $day }, en samling på «{ $programme }» ({ $cohort }).
pages-survey-cohort = Det gjelder «{ $programme }» ({ $cohort }).
pages-survey-terms = Svarene lagres uten navn og kan ikke endres etterpå. Du kan svare frem til { $until }. Resultatene vises når fristen er ute og minst { $least } har svart, og da bare for programkoordinatorene og dere som var med.
pages-survey-comment-hint = Høyst { $max } tegn. Ikke nevn navn, og ta ikke med helseopplysninger.
pages-survey-send = Send svarene
pages-survey-thanks = Takk for svaret
pages-survey-thanks-lead = Svaret er lagret uten navn.
pages-survey-results-later = Resultatene står på denne siden etter { $until }, hvis minst { $least } har svart.
pages-survey-closed = Undersøkelsen er lukket
pages-survey-too-few = Færre enn { $least } svarte innen { $until }. Da vises ikke resultatene, slik at ingen kan kjennes igjen.
pages-survey-results = Resultater
pages-survey-answered = { $answered } av { $asked } svarte.
pages-survey-mean = Gjennomsnitt { $mean }, på en skala fra { $lowest } ({ $low }) til { $highest } ({ $high }).
pages-survey-mark = Verdi
pages-survey-count = Antall
pages-survey-no-comments = Ingen skrev noe her.
