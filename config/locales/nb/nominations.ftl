# Nominasjoner: hva som er avgjort og hvorfor, setning for setning.
nomination-reason-not-handed-in-yet = Nominasjonen er ikke sendt inn ennå.
nomination-reason-never-handed-in = Nominasjonen ble ikke sendt inn.
nomination-reason-taken-back = Nominasjonen er trukket.
nomination-reason-awaits-endorsement = Nærmeste leder har ikke svart ennå.
nomination-reason-no-endorsement-in-time = Programmet krever tilslutning fra nærmeste leder, og den kom ikke innen fristen.
nomination-reason-not-endorsed = Programmet krever tilslutning fra nærmeste leder, og lederen ga den ikke.
nomination-reason-endorsed = Nærmeste leder stiller seg bak nominasjonen.
nomination-reason-endorsed-late = Nærmeste leder stiller seg bak nominasjonen. Programkoordinatoren har tatt imot svaret etter fristen eller på lederens vegne.
nomination-reason-endorsed-in-conflict = Den som ga tilslutning, er inhabil, så tilslutningen gjelder ikke. Programmet krever tilslutning.
nomination-reason-view-in-conflict = Den som ga sitt syn, er inhabil, så svaret teller ikke.
nomination-reason-set-aside-yes = Nærmeste leder sa nei. Programkoordinatoren har satt svaret til side, med begrunnelse.
nomination-reason-set-aside-no = Nærmeste leder stilte seg bak nominasjonen. Programkoordinatoren har satt svaret til side, med begrunnelse.
nomination-reason-view-against = Nærmeste leder frarådet. Programmet ber om lederens syn, men krever det ikke.
nomination-reason-no-view = Nærmeste leder svarte ikke. Programmet ber om lederens syn, men krever det ikke.
nomination-reason-ranked = Panelet rangerte nominasjonen som nummer { $position } av { $of }, med { $mean } som gjennomsnittlig plass ({ $ballots ->
    [one] ett medlem
   *[other] { $ballots } medlemmer
} vurderte den).
nomination-reason-not-ranked = Ingen i panelet har rangert nominasjonen.
nomination-reason-ruled-out = { $members ->
    [one] Ett medlem av panelet var inhabilt og deltok ikke i vurderingen.
   *[other] { $members } medlemmer av panelet var inhabile og deltok ikke i vurderingen.
}
nomination-reason-tie-settled = { $others ->
    [one] En annen nominert sto likt. Rekkefølgen mellom dem er avgjort særskilt, med begrunnelse.
   *[other] { $others } andre nominerte sto likt. Rekkefølgen mellom dem er avgjort særskilt, med begrunnelse.
}
nomination-reason-tied = { $others ->
    [one] En annen nominert sto likt. Det hadde ikke noe å si for utfallet.
   *[other] { $others } andre nominerte sto likt. Det hadde ikke noe å si for utfallet.
}
nomination-reason-within-quota = { $quota ->
    [one] Sykehuset har én plass, og nominasjonen er innenfor.
   *[other] Sykehuset har { $quota } plasser, og nominasjonen er innenfor.
}
nomination-reason-in-reserve = { $quota ->
    [one] Sykehuset har én plass. Nominasjonen står som nummer { $number } i reserve.
   *[other] Sykehuset har { $quota } plasser. Nominasjonen står som nummer { $number } i reserve.
}
nomination-reason-behind-all = { $quota ->
    [one] Sykehuset har én plass
   *[other] Sykehuset har { $quota } plasser
} og { $reserves } i reserve. Nominasjonen kom etter disse.
nomination-reason-moved-up = En plass ble ledig. Den nominerte sto først i reserve og fikk tilbudet { $day }.
nomination-reason-no-places-given = Det ble for sent å fordele plasser i denne runden. Det sier ingenting om nominasjonen.
nomination-reason-placed-directly = Programkoordinatoren har gitt plass direkte.
nomination-reason-undecided = Det er ikke avgjort ennå.

# Det som står i veien.
refusal-nominations-closed = Runden tar ikke imot nominasjoner nå. Se når den åpner og lukker (opensAt, closesAt).
refusal-nomination-kind = Programmet tar ikke imot slike nominasjoner. Se hvem som kan nominere i programmets regler (nomination).
refusal-conflict-of-interest = Den det gjelder, er inhabil i denne saken. Spør en annen.
refusal-member-is-nominated = Den det gjelder, er selv nominert i runden og kan ikke sitte i panelet. Velg en annen.
refusal-endorsements-outstanding = { $count ->
    [one] Én nærmeste leder
   *[other] { $count } nærmeste ledere
} kan fortsatt svare. Vent til fristen er ute, eller ta imot svarene (recordEndorsement).
refusal-ranking-incomplete = Det mangler { $count ->
    [one] én nominasjon
   *[other] { $count } nominasjoner
}. Før opp alle, hver én gang.
refusal-tie-unsettled = { $count } nominerte står likt, og en plass avhenger av det. Avgjør rekkefølgen med en begrunnelse (settleTie).
refusal-outcomes-stale = Det som ble klargjort, gjelder ikke lenger: Noen har flyttet, eller noe er endret. Klargjør utfallet på nytt (prepareOutcomes).
refusal-quota-is-not-the-seats = Kvoten er { $count }, men kullet har { $max ->
    [one] én ledig plass
   *[other] { $max } ledige plasser
}. Sett dem likt, ellers rykker reserver opp med en gang, eller noen står uten plass.
refusal-ballots-missing = { $count ->
    [one] Ett medlem av panelet
   *[other] { $count } medlemmer av panelet
} har ikke rangert. Vent på dem, eller oppgi hvorfor det ikke skal ventes (overrideReason).
refusal-too-late-for-places = Det er for sent å tilby plasser i kullet. Send utfallet uten plasser (withoutPlaces), så får alle som er nominert, et svar.
refusal-places-can-be-offered = Plassene i kullet kan fortsatt tilbys. Klargjør og send utfallet på vanlig måte.

# Brevene.
letter-nomination-draft-reminder = påminnelse om nominasjon som ikke er sendt inn
letter-endorsement-request = spørsmål om tilslutning til en nominasjon
letter-endorsement-reminder = påminnelse om tilslutning til en nominasjon
letter-nomination-placed = tilbud om plass etter nominasjon
letter-nomination-reserve = reserveplass etter nominasjon
letter-nomination-not-placed = ikke plass etter nominasjon

# Verdier.
enum-nomination-round-state-draft = utkast
enum-nomination-round-state-open = åpen
enum-nomination-round-state-closed = lukket
enum-nomination-round-state-prepared = klargjort
enum-nomination-round-state-sent = sendt

enum-nomination-state-draft = utkast
enum-nomination-state-submitted = sendt inn
enum-nomination-state-endorsed = har tilslutning
enum-nomination-state-not-endorsed = uten tilslutning
enum-nomination-state-lapsed = falt bort
enum-nomination-state-withdrawn = trukket
enum-nomination-state-placed = tilbudt plass
enum-nomination-state-reserve = i reserve
enum-nomination-state-not-placed = ikke plass

enum-nomination-place-seat = plass
enum-nomination-place-reserve = reserve
enum-nomination-place-nothing = ikke plass

enum-endorsement-rule-obligatory = tilslutning kreves
enum-endorsement-rule-view = lederens syn
enum-endorsement-rule-none = ingen

enum-reminder-anchor-nomination-close = nominasjonsfrist
enum-reminder-anchor-endorsement-deadline = frist for tilslutning
enum-reminder-recipients-nominator = den som nominerer
enum-reminder-recipients-endorser = den som blir spurt om tilslutning
enum-reminder-condition-still-draft = ikke sendt inn
enum-reminder-condition-awaits-endorsement = venter på tilslutning

# Deler av et program.
programme-part-nomination = nominasjon
programme-part-oneself = en kan nominere seg selv
programme-part-by-line-manager = nærmeste leder kan nominere
programme-part-endorsement = tilslutning fra nærmeste leder
programme-part-development-project = utviklingsprosjekt

# Siden bak spørsmålet om tilslutning.
endorsement-title = { $nominee } er nominert til «{ $programme }»
endorsement-by = { $nominator } har nominert { $nominee } til «{ $programme }», { $cohort }.
endorsement-own = { $nominee } har nominert seg selv til «{ $programme }», { $cohort }.
endorsement-obligatory = Du er bedt om en uavhengig vurdering. Uten din tilslutning går ikke nominasjonen videre til panelet.
endorsement-view = Du er bedt om ditt syn på lederpotensialet. Nominasjonen går videre uansett hva du svarer, og panelet leser det du skriver.
endorsement-motivation = Begrunnelse for nominasjonen: { $text }
endorsement-project = Utviklingsprosjekt: { $text }
endorsement-answer-by = Svar innen { $until }.
endorsement-endorsed = Stiller du deg bak nominasjonen?
endorsement-yes = Ja
endorsement-no = Nei
endorsement-reason = Begrunnelse
endorsement-reason-hint = Høyst 2000 tegn. Den nominerte, panelet og programkoordinatoren kan lese det du skriver. Ta ikke med helseopplysninger.
endorsement-send = Send svaret
endorsement-given-yes = Du stiller deg bak nominasjonen.
endorsement-given-no = Du stiller deg ikke bak nominasjonen.
endorsement-given-reason = Begrunnelsen din: { $text }
endorsement-given-next = Takk for svaret. Du trenger ikke å gjøre mer.
endorsement-gone = Nominasjonen trenger ikke lenger svar fra deg
endorsement-gone-lead = Den er trukket, besvart på annen måte, eller en annen er spurt i stedet.
endorsement-over = Fristen for å svare er ute
endorsement-over-lead = Ta kontakt med programkoordinatoren hvis du likevel vil svare.

# Innboksen.
inbox-reason-endorsement-lapsed = { $endorser } svarte ikke i tide på nominasjonen av { $person } til { $cohort }.
inbox-reason-no-endorser = Ingen i linjen over { $person } kan gi en uavhengig tilslutning til nominasjonen til { $cohort }.
inbox-reason-outcomes-not-prepared = Fristen for tilslutning i nominasjonsrunden { $round } er ute, men utfallet er ikke klargjort. Plassene må tilbys innen { $moment }.
inbox-reason-outcomes-not-sent = Utfallet av nominasjonsrunden { $round } er klargjort, men ikke sendt. Plassene må tilbys innen { $moment }.
inbox-reason-outcomes-too-late = Det er for sent å tilby plasser etter nominasjonsrunden { $round }, og de nominerte har ikke fått svar.
inbox-act-prepare-the-outcomes = Klargjør utfallet, og se over det.
inbox-act-send-the-outcomes = Send utfallet til alle som er nominert.
inbox-act-reopen-endorsement = Spør om tilslutning en gang til, med en ny frist.
inbox-act-record-an-endorsement = Innhent en tilslutning, og skriv den inn.
