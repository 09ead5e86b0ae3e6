refusal-not-found = { $field ->
        [cohortId] Vi finner ikke kullet. Kontroller id-en.
        [cohortCode] Vi finner ikke noe kull med denne koden.
        [programme] Vi finner ikke noe program med denne nøkkelen.
        [gatheringId] Vi finner ikke samlingen. Kontroller id-en.
        [enrolmentId] Vi finner ikke deltakelsen. Kontroller id-en.
        [enrolmentIds] Vi finner ikke deltakelsen. Kontroller id-en.
        [employeeNumber] Vi finner ingen med dette ansattnummeret som kan brukes her.
        [employeeNumbers] Vi finner ingen med dette ansattnummeret.
        [clearEmployeeNumbers] Vi finner ingen med dette ansattnummeret.
        [managerEmployeeNumber] Vi finner ingen med dette ansattnummeret.
        [accountId] Vi finner ikke brukerkontoen. Kontroller id-en.
        [coordinators] Vi finner ikke brukerkontoen. Kontroller id-en.
        [serviceTokenId] Vi finner ikke tjenestenøkkelen. Kontroller id-en.
        [mailIds] Vi finner ikke e-posten. Kontroller id-en.
        [overrideId] Vi finner ikke den navngitte nærmeste lederen. Kontroller id-en.
        [profile] Vi finner ikke importprofilen.
        [muted] Det står ingen ansatt bak brukerkontoen.
        [roundCode] Vi finner ingen nominasjonsrunde med denne koden.
        [nominationId] Vi finner ikke nominasjonen. Kontroller id-en.
        [nominationIds] Nominasjonen er ikke blant dem dette gjelder. Kontroller id-en, og se runden på nytt.
        [leaderGroupId] Vi finner ikke ledergruppen. Kontroller id-en.
        [surveyId] Vi finner ikke undersøkelsen. Kontroller id-en.
        [unitCode] Vi finner ingen enhet med denne koden.
       *[other] Vi finner ikke det du ber om. Kontroller nøkkelen eller id-en.
    }
refusal-required = Feltet må fylles ut.
refusal-invalid = Verdien kan ikke brukes. { $hint }
hint-base64 = Skriv innholdet i filen som base64, eller send filen som opplasting i «file».
refusal-fault-in-file = Linje { $line }, { $value }: { $hint }.
refusal-too-long = Teksten er for lang. Den kan være på høyst { $max } tegn.
refusal-too-many = For mange på én gang. Send høyst { $max }, og del opp i flere kall.
refusal-taken = Dette er i bruk fra før. Velg noe annet.
refusal-conflict = Noen har endret dette siden du hentet det. Hent det på nytt og prøv igjen.
refusal-idempotency-key-reused = Denne idempotensnøkkelen er brukt før med et annet innhold. Bruk en ny nøkkel.
refusal-wrong-state = Det lar seg ikke gjøre nå; tilstanden er «{ $state }».
refusal-reason-required = Skriv en begrunnelse.
refusal-rate-limited = For mange forsøk. Prøv igjen om { $minutes ->
        [one] ett minutt
       *[other] { $minutes } minutter
    }.
refusal-sign-in-failed = E-postadressen eller passordet stemmer ikke.
refusal-session-ended = Økten er avsluttet. Logg inn på nytt.
refusal-email-invalid = Dette er ikke en e-postadresse.
refusal-weak-password = Velg et annet passord: minst { $min } og høyst { $max } tegn, ikke e-postadressen din og ikke de samme tegnene om igjen.
refusal-wrong-password = Passordet du har nå, er ikke riktig skrevet.
refusal-last-administrator = Virksomheten må ha minst én administrator. Gi rollen til en annen først.
refusal-role-not-granted = Denne rollen følger av stilling eller mentorskap og kan ikke tildeles. Tildel administrator eller koordinator.
refusal-link-spent = Lenken er brukt, erstattet eller for gammel. Be en administrator om en ny.
refusal-out-of-range = Verdien må være fra { $least } til { $most }.
refusal-ends-before-start = Slutten må komme etter starten.
refusal-block-outside-hours = Bolken må ligge innenfor samlingens tid, fra { $starts } til { $ends }.
refusal-blocks-overlap = Bolken er samtidig med en annen. Gi hver bolk sin egen tid.
refusal-blocks-do-not-fit = Bolkene følger med når samlingen flyttes, men får ikke plass fra { $starts } til { $ends }. Velg andre tider, eller send med nye bolker (blocks).
refusal-invalid-link = Lenken må begynne med https:// eller http:// og kan ikke ha mellomrom.
refusal-no-gatherings = Kullet har ingen samlinger. Legg til minst én før du publiserer.
refusal-gathering-in-the-past = Tidspunktet er alt passert. Velg et fram i tid.
refusal-gatherings-to-come = Kullet har samlinger som ikke er over ({ $count }). Avslutt kullet når de er holdt eller avlyst.
refusal-nothing-held = Ingen samling i kullet er holdt, så ingen kan ha fullført. Avlys kullet i stedet (cancelCohort).
refusal-gathering-not-begun = Samlingen har ikke begynt ennå. Oppmøte føres når den er i gang.
refusal-attendance-stands = Oppmøtet er ført, så samlingen er holdt. Slett oppmøteføringene først.
refusal-attendance-missing = Det mangler { $count ->
    [one] én oppmøteføring
   *[other] { $count } oppmøteføringer
}. Før det som mangler, eller be om at de det gjelder, regnes som fraværende.
refusal-too-late-to-invite = Fristen for å fylle plasser i dette kullet er passert. Gi plassen direkte, med begrunnelse, eller velg et senere kull.
refusal-answer-too-late = Svarfristen er ute. Ta kontakt med programkoordinatoren.
refusal-person-has-left = Personen er ikke lenger ansatt.
refusal-not-missing = Personen står i den siste filen fra HR. Få siste arbeidsdag registrert i HR-systemet; den kommer med neste import.
refusal-already-in-cohort = Personen har alt en plass i dette kullet.
refusal-not-in-cohort = Personen har ingen plass i kullet. Kontroller ansattnummeret, eller meld personen på først (enrolLeaders).
refusal-other-programme = Kullet hører til et annet program. Velg et kull av det samme programmet.
refusal-outside-audience = Personen er ikke i målgruppen for programmet når kullet starter. Kontroller ansattnummeret, eller gi en begrunnelse.
refusal-already-in-programme = Personen har alt plass i et annet kull av programmet, eller har fullført det. Gi en begrunnelse for å melde på likevel.
refusal-enrols-as-group = Programmet er for ledergrupper. Meld på hele gruppen (enrolLeaderGroup), og endre hvem som hører til den, i gruppen (changeLeaderGroupMembers).
refusal-enrols-by-nomination = Plassene i programmet går til dem som er nominert. Se åpne nominasjonsrunder (myNominationRounds).
refusal-enrols-one-by-one = Programmet er ikke for ledergrupper. Meld på lederne enkeltvis (enrolLeaders).
refusal-group-does-not-fit = Gruppen trenger { $count ->
    [one] én plass
   *[other] { $count } plasser
}, og { $max ->
    [0] ingen er ledig
    [one] én er ledig
   *[other] { $max } er ledige
} uten venteliste. Alle i gruppen skal få plass: øk antall plasser i kullet, eller ta noen ut av gruppen.
refusal-change-case-missing = Fortell først hva som endres, og hvem det berører (editLeaderGroup).
refusal-group-lapsed = Svarfristen til ledergruppen er ute. Spør gruppen på nytt (INVITE); deretter kan svaret skrives inn.
refusal-not-in-group = Personen hører ikke til ledergruppen.
refusal-leads-the-group = Personen leder gruppen. Velg en annen leder for gruppen først (editLeaderGroup).
refusal-followed-up = Noen er alt spurt om dette, så det hører til rapporten. Før det i stedet som oppgitt (recordFollowUp).
refusal-not-a-coordinator = Kontoen er stengt, eller den har ikke rollen som programkoordinator eller administrator.
refusal-namings-in-a-circle = Den som navngis, har selv denne personen som navngitt nærmeste leder, direkte eller gjennom andre.
refusal-named-twice = Den samme er ført opp to ganger.
refusal-link-used = Denne lenken er alt brukt.
refusal-practice-over = Kullet er avsluttet, og øvingsoppgaver kan ikke lenger meldes som gjort.
refusal-survey-answered = Du har alt svart på undersøkelsen. Svaret er lagret uten navn og kan ikke endres.
refusal-link-revoked = Denne lenken gjelder ikke lenger.
refusal-link-expired = Fristen for denne lenken er ute.
refusal-count-differs = Antallet er nå { $count }. Se på det med en prøvekjøring, og bekreft det antallet.
refusal-certificate-revoked = Kursbeviset er trukket tilbake fordi kurset ikke lenger er regnet som fullført.
