# Hva som ikke går sammen i en påminnelsesregel. Navn på verdier står som i regelens definisjon.
policy-not-a-key = «{ $key }» er ingen nøkkel; bruk små bokstaver fra a til z, tall og _.
policy-blank-text = Teksten på { $language } er tom.
policy-out-of-reach = { $days } dager er for langt unna; høyst { $most } dager før eller etter.
policy-zero-working-days = Null arbeidsdager gir ingen mening; bruk kalenderdager.
policy-no-time-to-send = Det må være minst én time.
policy-after-its-anchor = En påminnelse etter det den teller fra, kan ikke sendes før det.
policy-condition-of-anchor = Vilkåret «{ $condition }» kan ikke stilles når regelen teller fra «{ $anchor }».
policy-letter-of-its-cause = Brevet «{ $letter }» sendes av det som utløser det, aldri av en regel.
policy-letter-of-anchor = Brevet «{ $letter }» hører til { $fitting }, ikke { $anchor }.
policy-letter-to = Brevet «{ $letter }» skrives til { $recipients }.
policy-letter-is-mandatory = Brevet «{ $letter }» { $mandatory ->
        [true] er obligatorisk
       *[other] er ikke obligatorisk
    }, og regelen må si det samme.
policy-mandatory-cannot-wait = En obligatorisk påminnelse kan ikke vente på den daglige samlemeldingen.

# Hva som ikke kan leses i en regel som er skrevet i TOML.
policy-not-toml = Linje { $line } kan ikke leses. Skriv én nøkkel på hver linje, nøkkel = verdi, med tekst i anførselstegn (TOML).
policy-key-missing = Nøkkelen «{ $key }» mangler. Skriv: { $form }
policy-key-unknown = En regel har ingen nøkkel «{ $key }». Stryk den, eller bruk en av disse: { $known }
policy-value-unfit = «{ $key }» skrives slik: { $form }
policy-other-rule = Dette er en annen regel enn den du nevner i kallet. Skriv: { $form }
