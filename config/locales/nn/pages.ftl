# Frame
pages-skip = Gå til innhaldet
pages-languages = Språk
pages-footer = Sendt til deg frå { $organisation }. Sida er personleg; ikkje send adressa vidare.
pages-footer-varde = Varde administrerer leiarprogram i sjukehus.
pages-hello = Hei, { $name }.
pages-contacts = Har du spørsmål? Kontakt:
pages-gatherings = Samlingar
pages-no-gatherings = Datoane er ikkje fastsette enno.
pages-place = Stad
pages-room = Rom
pages-join = Bli med i nettmøtet
pages-agenda = Program for dagen
pages-held = halden

# A place in a cohort
pages-invited = Invitasjon til «{ $programme }»
pages-invited-lead = Du er invitert til «{ $cohort }».
pages-answer-by = Gi oss svar innan { $until }.
pages-invited-terms = Seier du ja, reknar vi med deg på alle samlingane. Er kullet fullt når du svarar, får du plass på ventelista.
pages-offered = Ledig plass på «{ $programme }»
pages-offered-lead = Ein plass i «{ $cohort }» er ledig for deg.
pages-held-until = Plassen blir halden av til deg til { $until }. Etter det går tilbodet til den neste på ventelista.
pages-offered-terms = Seier du ja, reknar vi med deg på alle samlingane.
pages-accept = Ja, eg blir med
pages-decline = Nei, eg kan ikkje
pages-decline-lead = Når du takkar nei, kan plassen gå til ein annan. Har du lyst til å seie kvifor, hjelper det oss å planleggje neste kull.
pages-decline-confirm = Stadfest at eg takkar nei
pages-reason = Grunngjeving (valfritt)
pages-reason-hint = Høgst 500 teikn. Programkoordinatoren kan lese det du skriv. Ta ikkje med helseopplysningar.
pages-optional = (valfritt)
pages-enrolled = Du har plass på «{ $programme }»
pages-enrolled-lead = Vi reknar med deg i «{ $cohort }».
pages-enrolled-next = Du får ei stadfesting på e-post, og ein kalenderinvitasjon til kvar samling. Må du melde deg av seinare, bruker du lenkja i stadfestinga.
pages-waiting = Du står på venteliste
pages-waiting-lead = Alle plassane i «{ $cohort }» ({ $programme }) er tekne.
pages-waiting-place = Du er nummer { $place } på ventelista.
pages-waiting-rule = Når ein plass blir ledig, får den som står først, tilbod om han. Plassen blir halden av til svaret kjem eller fristen går ut, og går så til den neste. Ingen som melder seg seinare, går framom deg, med mindre ein koordinator gjer eit unntak og grunngjev det.
pages-waiting-next = Du treng ikkje gjere noko no. Du får e-post når turen kjem til deg.
pages-declined = Du har takka nei
pages-declined-lead = Vi har notert at du ikkje blir med i «{ $cohort }» ({ $programme }).
pages-declined-next = Har du ombestemt deg, tek du kontakt med koordinatoren.
pages-lapsed = Svarfristen er ute
pages-lapsed-lead = Vi fekk ikkje svar om «{ $cohort }» ({ $programme }) i tide, og plassen kan ha gått til ein annan.
pages-lapsed-next = Vil du framleis vere med, tek du kontakt med koordinatoren.
pages-withdrawn = Du er meld av
pages-withdrawn-lead = Du er ikkje lenger med i «{ $cohort }» ({ $programme }).
pages-withdrawn-next = Vil du vere med ein annan gong, tek du kontakt med koordinatoren.
pages-moved = Du er flytta til eit anna kull
pages-moved-lead = Du er ikkje lenger med i «{ $cohort }» ({ $programme }).
pages-moved-to = Du er flytta til «{ $cohort }».
pages-moved-onward = Gå til plassen din i «{ $cohort }»
pages-completed = Du har fullført «{ $programme }»
pages-completed-lead = «{ $cohort }» er avslutta, og du har fullført programmet.
pages-not-completed = Kullet er avslutta
pages-not-completed-lead = «{ $cohort }» ({ $programme }) er avslutta. Programmet er ikkje registrert som fullført for deg.
pages-cancelled = Kullet er avlyst
pages-cancelled-lead = «{ $cohort }» ({ $programme }) er avlyst. Samlingar som framleis ligg i kalenderen din, kan du slette.
pages-missed-out = Kullet er avslutta
pages-missed-out-lead = «{ $cohort }» ({ $programme }) er avslutta, og det blei ikkje ledig plass til deg.
pages-missed-out-next = Vil du vere med ein annan gong, tek du kontakt med koordinatoren.
pages-newer = Denne lenkja gjeld ikkje lenger
pages-newer-lead = Du har fått ein nyare e-post om «{ $cohort }» ({ $programme }). Bruk lenkja i han.
pages-time-over = Fristen er ute
pages-time-over-lead = Lenkja om «{ $cohort }» ({ $programme }) kan ikkje brukast lenger.
pages-time-over-next = Ta kontakt med koordinatoren dersom noko skal endrast.

# Leaving
pages-manage-seat = Plassen din på «{ $programme }»
pages-manage-seat-lead = Du har plass i «{ $cohort }». Kan du likevel ikkje vere med, melder du deg av her.
pages-manage-line = Plassen din på ventelista
pages-manage-offered-lead = Ein plass i «{ $cohort }» ({ $programme }) blir halden av til deg. Svar ja med lenkja i den siste e-posten, eller meld deg av her.
pages-leave-seat = Eg vil melde meg av
pages-leave-line = Eg vil ut av ventelista
pages-leave-seat-lead = Melder du deg av, går plassen til den neste på ventelista. Du kan ikkje ta han tilbake sjølv.
pages-leave-line-lead = Går du ut av ventelista, mistar du plassen din i køen.
pages-leave-seat-confirm = Stadfest at eg melder meg av
pages-leave-line-confirm = Stadfest at eg går ut av ventelista

# A gathering
pages-gathering-lead = Samling i «{ $cohort }» ({ $programme }).
pages-gathering-ask = Kjem du?
pages-gathering-coming = Du har svara at du kjem.
pages-gathering-not-coming = Du har svara at du ikkje kjem.
pages-gathering-change = Du kan endre svaret fram til samlinga byrjar.
pages-coming = Eg kjem
pages-not-coming = Eg kjem ikkje
pages-gathering-begun = Samlinga har byrja. Svaret kan ikkje endrast her lenger.
pages-gathering-over = Samlinga er halden.
pages-gathering-cancelled = Samlinga er avlyst. Ligg ho framleis i kalenderen din, kan du slette ho.
pages-gathering-no-place = Du har ikkje lenger plass i kullet, og treng ikkje svare.
pages-gathering-moved-on = Du er flytta til eit anna kull, og treng ikkje svare for denne samlinga.
pages-gathering-newer = Denne lenkja gjeld ikkje lenger. Bruk lenkja i den siste e-posten om samlinga.

# Mail that is not mandatory
pages-unsubscribe = Vil du ha færre e-postar?
pages-unsubscribe-lead = Du kan seie nei takk til påminningar og orienteringar frå { $organisation }.
pages-unsubscribe-rest = Invitasjonar, stadfestingar og beskjed om endringar får du framleis, fordi dei gjeld plassen din.
pages-unsubscribe-do = Stopp påminningane
pages-unsubscribed = Påminningane er stoppa
pages-unsubscribed-lead = Du får ikkje fleire påminningar eller orienteringar frå { $organisation }.
pages-resubscribe-do = Send meg påminningar igjen
pages-unsubscribe-expired = Lenkja gjeld ikkje lenger. Bruk lenkja i ein nyare e-post.

# A password
pages-password = Vel passord
pages-password-lead = Passordet gjeld kontoen { $email }.
pages-password-rule = Minst { $min } og høgst { $max } teikn. Nokre ord etter kvarandre er lette å hugse og vanskelege å gjette. Passordet kan ikkje vere e-postadressa di eller dei same teikna om att.
pages-password-new = Nytt passord
pages-password-again = Skriv passordet om att
pages-password-do = Lagre passordet
pages-password-differ = Dei to passorda er ikkje like. Skriv dei på nytt.
pages-password-done = Passordet er lagra
pages-password-done-lead = Du kan no logge inn med e-postadressa di og det nye passordet. Alle tidlegare innloggingar er avslutta.
pages-password-spent = Lenkja kan ikkje brukast
pages-password-spent-lead = Lenkja er brukt, erstatta av ei nyare eller for gammal.
pages-password-spent-next = Be ein administrator om ei ny lenkje.

# What can go wrong
pages-errors = Dette må rettast
pages-changed = Svaret blei ikkje teke imot, fordi noko er endra etter at sida blei opna. Slik står det no.
pages-unknown = Vi finn ikkje sida
pages-unknown-lead = Adressa er ikkje heil, eller ho er ikkje laga av oss. Opne lenkja på nytt frå e-posten, og kontroller at heile adressa er med.
pages-unknown-next = Verkar det framleis ikkje, finn du namnet og adressa til koordinatoren i e-posten.
pages-too-many = For mange forsøk
pages-too-many-lead = Det er opna mange lenkjer som ikkje finst, frå nettverket ditt. Vent eit minutt, og opne lenkja frå e-posten på nytt.
pages-foreign = Svaret kom frå ein annan nettstad
pages-foreign-lead = Av omsyn til tryggleiken tek vi berre imot svar frå vår eiga side. Opne lenkja frå e-posten og svar der.
pages-too-large = Det du sende, er for langt
pages-too-large-lead = Gå tilbake, kort ned grunngjevinga til høgst 500 teikn, og send på nytt.
pages-unreadable = Vi kunne ikkje lese svaret
pages-unreadable-lead = Opne lenkja frå e-posten på nytt, og bruk knappane på sida.
pages-fault = Noko gjekk gale hos oss
pages-fault-lead = Ingenting er endra. Prøv igjen om litt.
pages-fault-id = Oppgi denne koden om du tek kontakt: { $id }

# The demo
pages-demo = Demoen av Varde
pages-demo-lead = Alt her er oppdikta: føretaket, dei tilsette og e-posten. Ingenting forlèt maskina.
pages-demo-mailbox-open = Opne postkassa
pages-demo-clock = Klokka
pages-demo-clock-lead = Klokka går vidare av seg sjølv, og kan flyttast fram. Alt som forfell på vegen, skjer: påminningar blir sende, fristar går ut, samlingar byrjar.
pages-demo-next = Fram til det neste som er planlagt: { $moment }
pages-demo-day = Fram éin dag
pages-demo-week = Fram éi veke
pages-demo-date = Fram til dato
pages-demo-time = Klokkeslett
pages-demo-move = Flytt klokka
pages-demo-moved = Klokka er flytta. Hendingar: { $fired }. Sende e-postar: { $sent }.
pages-demo-backwards = Klokka går berre framover. Vel eit seinare tidspunkt.
pages-demo-no-moment = Oppgi ein dato og eit klokkeslett.
pages-demo-fault = Noko gjekk gale undervegs. Loggen seier kva.
pages-demo-first = Prøv dette først
pages-demo-first-mail = Opne postkassa, finn ein invitasjon og svar ja eller nei med lenkja i han.
pages-demo-first-clock = Flytt klokka fram til det neste som er planlagt, og sjå kven som får påminningar.
pages-demo-first-api = Logg inn som koordinator i GraphiQL, og slå opp kullet.
pages-demo-addresses = Adresser
pages-demo-sign-ins = Innloggingar
pages-demo-role-administrator = Administrator
pages-demo-role-coordinator = Koordinator
pages-demo-role-line-manager = Nærmaste leiar
pages-demo-role-leader = Leiar
pages-demo-mailbox = Postkassa
pages-demo-mails = { $count ->
    [one] Éin e-post er send.
   *[other] { $count } e-postar er sende.
}
pages-demo-back = Til startsida
pages-demo-to = Til
pages-demo-newer = Nyare
pages-demo-older = Eldre
pages-demo-no-mail = Denne e-posten finst ikkje
pages-demo-all-mail = Heile postkassa
pages-demo-html = E-posten slik mottakaren ser han
pages-demo-alone = Vis berre e-posten
pages-demo-links = Lenkjer i e-posten
pages-demo-source = Opne i eit e-postprogram (.eml)
pages-demo-text = Som rein tekst
pages-demo-calendar = Kalenderdelen
pages-demo-headers = Hovudet

# A survey
pages-survey-gathering = Det gjeld «{ $gathering }» { $day }, ei samling på «{ $programme }» ({ $cohort }).
pages-survey-cohort = Det gjeld «{ $programme }» ({ $cohort }).
pages-survey-terms = Svara blir lagra utan namn og kan ikkje endrast etterpå. Du kan svare fram til { $until }. Resultata blir viste når fristen er ute og minst { $least } har svart, og då berre for programkoordinatorane og dykk som var med.
pages-survey-comment-hint = Høgst { $max } teikn. Ikkje nemn namn, og ta ikkje med helseopplysningar.
pages-survey-send = Send svara
pages-survey-thanks = Takk for svaret
pages-survey-thanks-lead = Svaret er lagra utan namn.
pages-survey-results-later = Resultata står på denne sida etter { $until }, dersom minst { $least } har svart.
pages-survey-closed = Undersøkinga er lukka
pages-survey-too-few = Færre enn { $least } svarte innan { $until }. Då blir ikkje resultata viste, slik at ingen kan kjennast att.
pages-survey-results = Resultat
pages-survey-answered = { $answered } av { $asked } svarte.
pages-survey-mean = Gjennomsnitt { $mean }, på ein skala frå { $lowest } ({ $low }) til { $highest } ({ $high }).
pages-survey-mark = Verdi
pages-survey-count = Tal på svar
pages-survey-no-comments = Ingen skreiv noko her.
