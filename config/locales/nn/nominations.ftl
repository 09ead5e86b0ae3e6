# Nominasjonar: kva som er avgjort og kvifor, setning for setning.
nomination-reason-not-handed-in-yet = Nominasjonen er ikkje send inn enno.
nomination-reason-never-handed-in = Nominasjonen vart ikkje send inn.
nomination-reason-taken-back = Nominasjonen er trekt.
nomination-reason-awaits-endorsement = Nærmaste leiar har ikkje svart enno.
nomination-reason-no-endorsement-in-time = Programmet krev tilslutning frå nærmaste leiar, og ho kom ikkje innan fristen.
nomination-reason-not-endorsed = Programmet krev tilslutning frå nærmaste leiar, og leiaren gav henne ikkje.
nomination-reason-endorsed = Nærmaste leiar stiller seg bak nominasjonen.
nomination-reason-endorsed-late = Nærmaste leiar stiller seg bak nominasjonen. Programkoordinatoren har teke imot svaret etter fristen eller på vegner av leiaren.
nomination-reason-endorsed-in-conflict = Den som gav tilslutning, er inhabil, så tilslutninga gjeld ikkje. Programmet krev tilslutning.
nomination-reason-view-in-conflict = Den som gav sitt syn, er inhabil, så svaret tel ikkje.
nomination-reason-set-aside-yes = Næraste leiar sa nei. Programkoordinatoren har sett svaret til side, med grunngjeving.
nomination-reason-set-aside-no = Næraste leiar stilte seg bak nominasjonen. Programkoordinatoren har sett svaret til side, med grunngjeving.
nomination-reason-view-against = Nærmaste leiar rådde ifrå. Programmet bed om leiaren sitt syn, men krev det ikkje.
nomination-reason-no-view = Nærmaste leiar svarte ikkje. Programmet bed om leiaren sitt syn, men krev det ikkje.
nomination-reason-ranked = Panelet rangerte nominasjonen som nummer { $position } av { $of }, med { $mean } som gjennomsnittleg plass ({ $ballots ->
    [one] éin medlem
   *[other] { $ballots } medlemmer
} vurderte han).
nomination-reason-not-ranked = Ingen i panelet har rangert nominasjonen.
nomination-reason-ruled-out = { $members ->
    [one] Éin medlem av panelet var inhabil og var ikkje med i vurderinga.
   *[other] { $members } medlemmer av panelet var inhabile og var ikkje med i vurderinga.
}
nomination-reason-tie-settled = { $others ->
    [one] Ein annan nominert stod likt. Rekkjefølgja mellom dei er avgjord særskilt, med grunngjeving.
   *[other] { $others } andre nominerte stod likt. Rekkjefølgja mellom dei er avgjord særskilt, med grunngjeving.
}
nomination-reason-tied = { $others ->
    [one] Ein annan nominert stod likt. Det hadde ikkje noko å seie for utfallet.
   *[other] { $others } andre nominerte stod likt. Det hadde ikkje noko å seie for utfallet.
}
nomination-reason-within-quota = { $quota ->
    [one] Sjukehuset har éin plass, og nominasjonen er innanfor.
   *[other] Sjukehuset har { $quota } plassar, og nominasjonen er innanfor.
}
nomination-reason-in-reserve = { $quota ->
    [one] Sjukehuset har éin plass. Nominasjonen står som nummer { $number } i reserve.
   *[other] Sjukehuset har { $quota } plassar. Nominasjonen står som nummer { $number } i reserve.
}
nomination-reason-behind-all = { $quota ->
    [one] Sjukehuset har éin plass
   *[other] Sjukehuset har { $quota } plassar
} og { $reserves } i reserve. Nominasjonen kom etter desse.
nomination-reason-moved-up = Ein plass vart ledig. Den nominerte stod først i reserve og fekk tilbodet { $day }.
nomination-reason-no-places-given = Det vart for seint å fordele plassar i denne runden. Det seier ingenting om nominasjonen.
nomination-reason-placed-directly = Programkoordinatoren har gitt plass direkte.
nomination-reason-undecided = Det er ikkje avgjort enno.

# Det som står i vegen.
refusal-nominations-closed = Runden tek ikkje imot nominasjonar no. Sjå når han opnar og lukkar (opensAt, closesAt).
refusal-nomination-kind = Programmet tek ikkje imot slike nominasjonar. Sjå kven som kan nominere i reglane til programmet (nomination).
refusal-conflict-of-interest = Den det gjeld, er inhabil i denne saka. Spør ein annan.
refusal-member-is-nominated = Den det gjeld, er sjølv nominert i runden og kan ikkje sitje i panelet. Vel ein annan.
refusal-endorsements-outstanding = { $count ->
    [one] Éin nærmaste leiar
   *[other] { $count } nærmaste leiarar
} kan framleis svare. Vent til fristen er ute, eller ta imot svara (recordEndorsement).
refusal-ranking-incomplete = Det manglar { $count ->
    [one] éin nominasjon
   *[other] { $count } nominasjonar
}. Før opp alle, kvar éin gong.
refusal-tie-unsettled = { $count } nominerte står likt, og ein plass avheng av det. Avgjer rekkjefølgja med ei grunngjeving (settleTie).
refusal-outcomes-stale = Det som vart klargjort, gjeld ikkje lenger: Nokon har flytta, eller noko er endra. Klargjer utfallet på nytt (prepareOutcomes).
refusal-quota-is-not-the-seats = Kvoten er { $count }, men kullet har { $max ->
    [one] éin ledig plass
   *[other] { $max } ledige plassar
}. Set dei likt, elles rykkjer reservar opp med ein gong, eller nokon står utan plass.
refusal-ballots-missing = { $count ->
    [one] Éin medlem av panelet
   *[other] { $count } medlemmer av panelet
} har ikkje rangert. Vent på dei, eller oppgi kvifor det ikkje skal ventast (overrideReason).
refusal-too-late-for-places = Det er for seint å tilby plassar i kullet. Send utfallet utan plassar (withoutPlaces), så får alle som er nominerte, eit svar.
refusal-places-can-be-offered = Plassane i kullet kan framleis tilbydast. Klargjer og send utfallet på vanleg måte.

# Breva.
letter-nomination-draft-reminder = påminning om nominasjon som ikkje er send inn
letter-endorsement-request = spørsmål om tilslutning til ein nominasjon
letter-endorsement-reminder = påminning om tilslutning til ein nominasjon
letter-nomination-placed = tilbod om plass etter nominasjon
letter-nomination-reserve = reserveplass etter nominasjon
letter-nomination-not-placed = ikkje plass etter nominasjon

# Verdiar.
enum-nomination-round-state-draft = utkast
enum-nomination-round-state-open = open
enum-nomination-round-state-closed = lukka
enum-nomination-round-state-prepared = klargjord
enum-nomination-round-state-sent = send

enum-nomination-state-draft = utkast
enum-nomination-state-submitted = send inn
enum-nomination-state-endorsed = har tilslutning
enum-nomination-state-not-endorsed = utan tilslutning
enum-nomination-state-lapsed = falle bort
enum-nomination-state-withdrawn = trekt
enum-nomination-state-placed = tilbydd plass
enum-nomination-state-reserve = i reserve
enum-nomination-state-not-placed = ikkje plass

enum-nomination-place-seat = plass
enum-nomination-place-reserve = reserve
enum-nomination-place-nothing = ikkje plass

enum-endorsement-rule-obligatory = tilslutning er kravd
enum-endorsement-rule-view = leiaren sitt syn
enum-endorsement-rule-none = ingen

enum-reminder-anchor-nomination-close = nominasjonsfrist
enum-reminder-anchor-endorsement-deadline = frist for tilslutning
enum-reminder-recipients-nominator = den som nominerer
enum-reminder-recipients-endorser = den som blir spurd om tilslutning
enum-reminder-condition-still-draft = ikkje send inn
enum-reminder-condition-awaits-endorsement = ventar på tilslutning

# Delar av eit program.
programme-part-nomination = nominasjon
programme-part-oneself = ein kan nominere seg sjølv
programme-part-by-line-manager = nærmaste leiar kan nominere
programme-part-endorsement = tilslutning frå nærmaste leiar
programme-part-development-project = utviklingsprosjekt

# Sida bak spørsmålet om tilslutning.
endorsement-title = { $nominee } er nominert til «{ $programme }»
endorsement-by = { $nominator } har nominert { $nominee } til «{ $programme }», { $cohort }.
endorsement-own = { $nominee } har nominert seg sjølv til «{ $programme }», { $cohort }.
endorsement-obligatory = Du er beden om ei uavhengig vurdering. Utan di tilslutning går ikkje nominasjonen vidare til panelet.
endorsement-view = Du er beden om ditt syn på leiarpotensialet. Nominasjonen går vidare same kva du svarer, og panelet les det du skriv.
endorsement-motivation = Grunngjeving for nominasjonen: { $text }
endorsement-project = Utviklingsprosjekt: { $text }
endorsement-answer-by = Svar innan { $until }.
endorsement-endorsed = Stiller du deg bak nominasjonen?
endorsement-yes = Ja
endorsement-no = Nei
endorsement-reason = Grunngjeving
endorsement-reason-hint = Høgst 2000 teikn. Den nominerte, panelet og programkoordinatoren kan lese det du skriv. Ta ikkje med helseopplysningar.
endorsement-send = Send svaret
endorsement-given-yes = Du stiller deg bak nominasjonen.
endorsement-given-no = Du stiller deg ikkje bak nominasjonen.
endorsement-given-reason = Grunngjevinga di: { $text }
endorsement-given-next = Takk for svaret. Du treng ikkje gjere meir.
endorsement-gone = Nominasjonen treng ikkje lenger svar frå deg
endorsement-gone-lead = Han er trekt, svart på på annan måte, eller ein annan er spurd i staden.
endorsement-over = Fristen for å svare er ute
endorsement-over-lead = Ta kontakt med programkoordinatoren om du likevel vil svare.

# Innboksen.
inbox-reason-endorsement-lapsed = { $endorser } svarte ikkje i tide på nominasjonen av { $person } til { $cohort }.
inbox-reason-no-endorser = Ingen i linja over { $person } kan gi ei uavhengig tilslutning til nominasjonen til { $cohort }.
inbox-reason-outcomes-not-prepared = Fristen for tilslutning i nominasjonsrunden { $round } er ute, men utfallet er ikkje klargjort. Plassane må tilbydast innan { $moment }.
inbox-reason-outcomes-not-sent = Utfallet av nominasjonsrunden { $round } er klargjort, men ikkje sendt. Plassane må tilbydast innan { $moment }.
inbox-reason-outcomes-too-late = Det er for seint å tilby plassar etter nominasjonsrunden { $round }, og dei nominerte har ikkje fått svar.
inbox-act-prepare-the-outcomes = Klargjer utfallet, og sjå over det.
inbox-act-send-the-outcomes = Send utfallet til alle som er nominerte.
inbox-act-reopen-endorsement = Spør om tilslutning ein gong til, med ein ny frist.
inbox-act-record-an-endorsement = Hent inn ei tilslutning, og skriv henne inn.
