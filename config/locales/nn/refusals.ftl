refusal-not-found = { $field ->
        [cohortId] Vi finn ikkje kullet. Kontroller id-en.
        [cohortCode] Vi finn ikkje noko kull med denne koden.
        [programme] Vi finn ikkje noko program med denne nøkkelen.
        [gatheringId] Vi finn ikkje samlinga. Kontroller id-en.
        [enrolmentId] Vi finn ikkje deltakinga. Kontroller id-en.
        [enrolmentIds] Vi finn ikkje deltakinga. Kontroller id-en.
        [employeeNumber] Vi finn ingen med dette tilsettnummeret som kan brukast her.
        [employeeNumbers] Vi finn ingen med dette tilsettnummeret.
        [clearEmployeeNumbers] Vi finn ingen med dette tilsettnummeret.
        [managerEmployeeNumber] Vi finn ingen med dette tilsettnummeret.
        [accountId] Vi finn ikkje brukarkontoen. Kontroller id-en.
        [coordinators] Vi finn ikkje brukarkontoen. Kontroller id-en.
        [serviceTokenId] Vi finn ikkje tenestenøkkelen. Kontroller id-en.
        [mailIds] Vi finn ikkje e-posten. Kontroller id-en.
        [overrideId] Vi finn ikkje den namngitte nærmaste leiaren. Kontroller id-en.
        [profile] Vi finn ikkje importprofilen.
        [muted] Det står ingen tilsett bak brukarkontoen.
        [roundCode] Vi finn ingen nominasjonsrunde med denne koden.
        [nominationId] Vi finn ikkje nominasjonen. Kontroller id-en.
        [nominationIds] Nominasjonen er ikkje mellom dei dette gjeld. Kontroller id-en, og sjå runden på nytt.
        [leaderGroupId] Vi finn ikkje leiargruppa. Kontroller id-en.
        [surveyId] Vi finn ikkje undersøkinga. Kontroller id-en.
        [unitCode] Vi finn inga eining med denne koden.
       *[other] Vi finn ikkje det du ber om. Kontroller nøkkelen eller id-en.
    }
refusal-required = Feltet må fyllast ut.
refusal-invalid = Verdien kan ikkje brukast. { $hint }
hint-base64 = Skriv innhaldet i fila som base64, eller send fila som opplasting i «file».
refusal-fault-in-file = Linje { $line }, { $value }: { $hint }.
refusal-too-long = Teksten er for lang. Han kan vere på høgst { $max } teikn.
refusal-too-many = For mange på éin gong. Send høgst { $max }, og del opp i fleire kall.
refusal-taken = Dette er i bruk frå før. Vel noko anna.
refusal-conflict = Nokon har endra dette sidan du henta det. Hent det på nytt og prøv igjen.
refusal-idempotency-key-reused = Denne idempotensnøkkelen er brukt før med eit anna innhald. Bruk ein ny nøkkel.
refusal-wrong-state = Det lèt seg ikkje gjere no; tilstanden er «{ $state }».
refusal-reason-required = Skriv ei grunngjeving.
refusal-rate-limited = For mange forsøk. Prøv igjen om { $minutes ->
        [one] eitt minutt
       *[other] { $minutes } minutt
    }.
refusal-sign-in-failed = E-postadressa eller passordet stemmer ikkje.
refusal-session-ended = Økta er avslutta. Logg inn på nytt.
refusal-email-invalid = Dette er ikkje ei e-postadresse.
refusal-weak-password = Vel eit anna passord: minst { $min } og høgst { $max } teikn, ikkje e-postadressa di og ikkje dei same teikna om att.
refusal-wrong-password = Passordet du har no, er ikkje rett skrive.
refusal-last-administrator = Verksemda må ha minst éin administrator. Gi rolla til ein annan først.
refusal-role-not-granted = Denne rolla følgjer av stilling eller mentorskap og kan ikkje tildelast. Tildel administrator eller koordinator.
refusal-link-spent = Lenkja er brukt, erstatta eller for gammal. Be ein administrator om ei ny.
refusal-out-of-range = Verdien må vere frå { $least } til { $most }.
refusal-ends-before-start = Slutten må kome etter starten.
refusal-block-outside-hours = Bolken må liggje innanfor tida til samlinga, frå { $starts } til { $ends }.
refusal-blocks-overlap = Bolken er på same tid som ein annan. Gi kvar bolk si eiga tid.
refusal-blocks-do-not-fit = Bolkane følgjer med når samlinga blir flytta, men får ikkje plass frå { $starts } til { $ends }. Vel andre tider, eller send med nye bolkar (blocks).
refusal-invalid-link = Lenkja må byrje med https:// eller http:// og kan ikkje ha mellomrom.
refusal-no-gatherings = Kullet har ingen samlingar. Legg til minst éi før du publiserer.
refusal-gathering-in-the-past = Tidspunktet er alt passert. Vel eit fram i tid.
refusal-gatherings-to-come = Kullet har samlingar som ikkje er over ({ $count }). Avslutt kullet når dei er haldne eller avlyste.
refusal-nothing-held = Inga samling i kullet er halden, så ingen kan ha fullført. Avlys kullet i staden (cancelCohort).
refusal-gathering-not-begun = Samlinga har ikkje byrja enno. Oppmøte blir ført når ho er i gang.
refusal-attendance-stands = Oppmøtet er ført, så samlinga er halden. Slett oppmøteføringane først.
refusal-attendance-missing = Det manglar { $count ->
    [one] éi oppmøteføring
   *[other] { $count } oppmøteføringar
}. Før det som manglar, eller be om at dei det gjeld, blir rekna som fråverande.
refusal-too-late-to-invite = Fristen for å fylle plassar i dette kullet er passert. Gi plassen direkte, med grunngjeving, eller vel eit seinare kull.
refusal-answer-too-late = Svarfristen er ute. Ta kontakt med programkoordinatoren.
refusal-person-has-left = Personen er ikkje tilsett lenger.
refusal-not-missing = Personen står i den siste fila frå HR. Få siste arbeidsdag registrert i HR-systemet; han kjem med neste import.
refusal-already-in-cohort = Personen har alt ein plass i dette kullet.
refusal-not-in-cohort = Personen har ingen plass i kullet. Kontroller tilsettnummeret, eller meld personen på først (enrolLeaders).
refusal-other-programme = Kullet høyrer til eit anna program. Vel eit kull av det same programmet.
refusal-outside-audience = Personen er ikkje i målgruppa for programmet når kullet startar. Kontroller tilsettnummeret, eller gi ei grunngjeving.
refusal-already-in-programme = Personen har alt plass i eit anna kull av programmet, eller har fullført det. Gi ei grunngjeving for å melde på likevel.
refusal-enrols-as-group = Programmet er for leiargrupper. Meld på heile gruppa (enrolLeaderGroup), og endre kven som høyrer til ho, i gruppa (changeLeaderGroupMembers).
refusal-enrols-by-nomination = Plassane i programmet går til dei som er nominerte. Sjå opne nominasjonsrundar (myNominationRounds).
refusal-enrols-one-by-one = Programmet er ikkje for leiargrupper. Meld på leiarane enkeltvis (enrolLeaders).
refusal-group-does-not-fit = Gruppa treng { $count ->
    [one] éin plass
   *[other] { $count } plassar
}, og { $max ->
    [0] ingen er ledig
    [one] éin er ledig
   *[other] { $max } er ledige
} utan venteliste. Alle i gruppa skal få plass: auk talet på plassar i kullet, eller ta nokon ut av gruppa.
refusal-change-case-missing = Fortel først kva som blir endra, og kven det vedkjem (editLeaderGroup).
refusal-group-lapsed = Svarfristen til leiargruppa er ute. Spør gruppa på nytt (INVITE); deretter kan svaret skrivast inn.
refusal-not-in-group = Personen høyrer ikkje til leiargruppa.
refusal-leads-the-group = Personen leier gruppa. Vel ein annan leiar for gruppa først (editLeaderGroup).
refusal-followed-up = Nokon er alt spurd om dette, så det høyrer til rapporten. Før det i staden som oppgitt (recordFollowUp).
refusal-not-a-coordinator = Kontoen er stengd, eller han har ikkje rolla som programkoordinator eller administrator.
refusal-namings-in-a-circle = Den som blir namngitt, har sjølv denne personen som namngitt nærmaste leiar, direkte eller gjennom andre.
refusal-named-twice = Den same er ført opp to gonger.
refusal-link-used = Denne lenkja er alt brukt.
refusal-practice-over = Kullet er avslutta, og øvingsoppgåver kan ikkje lenger meldast som gjorde.
refusal-survey-answered = Du har alt svart på undersøkinga. Svaret er lagra utan namn og kan ikkje endrast.
refusal-link-revoked = Denne lenkja gjeld ikkje lenger.
refusal-link-expired = Fristen for denne lenkja er ute.
refusal-count-differs = Talet er no { $count }. Sjå på det med ei prøvekøyring, og stadfest det talet.
refusal-certificate-revoked = Kursbeviset er trekt tilbake fordi kurset ikkje lenger er rekna som fullført.
