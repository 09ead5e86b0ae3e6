# Kva som ikkje går saman i ein påminningsregel. Namn på verdiar står som i definisjonen av regelen.
policy-not-a-key = «{ $key }» er ingen nøkkel; bruk små bokstavar frå a til z, tal og _.
policy-blank-text = Teksten på { $language } er tom.
policy-out-of-reach = { $days } dagar er for langt unna; høgst { $most } dagar før eller etter.
policy-zero-working-days = Null arbeidsdagar gir inga meining; bruk kalenderdagar.
policy-no-time-to-send = Det må vere minst éin time.
policy-after-its-anchor = Ei påminning etter det ho tel frå, kan ikkje sendast før det.
policy-condition-of-anchor = Vilkåret «{ $condition }» kan ikkje stillast når regelen tel frå «{ $anchor }».
policy-letter-of-its-cause = Brevet «{ $letter }» blir sendt av det som utløyser det, aldri av ein regel.
policy-letter-of-anchor = Brevet «{ $letter }» høyrer til { $fitting }, ikkje { $anchor }.
policy-letter-to = Brevet «{ $letter }» blir skrive til { $recipients }.
policy-letter-is-mandatory = Brevet «{ $letter }» { $mandatory ->
        [true] er obligatorisk
       *[other] er ikkje obligatorisk
    }, og regelen må seie det same.
policy-mandatory-cannot-wait = Ei obligatorisk påminning kan ikkje vente på den daglege samlemeldinga.

# Kva som ikkje kan lesast i ein regel som er skriven i TOML.
policy-not-toml = Linje { $line } kan ikkje lesast. Skriv éin nøkkel på kvar linje, nøkkel = verdi, med tekst i hermeteikn (TOML).
policy-key-missing = Nøkkelen «{ $key }» manglar. Skriv: { $form }
policy-key-unknown = Ein regel har ingen nøkkel «{ $key }». Stryk han, eller bruk ein av desse: { $known }
policy-value-unfit = «{ $key }» blir skrive slik: { $form }
policy-other-rule = Dette er ein annan regel enn den du nemner i kallet. Skriv: { $form }
