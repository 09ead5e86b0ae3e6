warning-in-the-past = { $day } er alt passert.
warning-short-notice = Det er { $ahead ->
        [0] i dag
        [one] én dag til
       *[other] { $ahead } dager til
    }, { $day }. Folk har ellers { $wanted } dager på å svare, så beskjeden rekker kanskje ikke fram til alle i tide.
warning-weekend = { $day } er en { $weekday ->
        [6] lørdag
       [7] søndag
       *[other] dag i helgen
    }.
warning-public-holiday = { $day } er en offentlig fridag ({ $holiday }).
warning-closed-day = Virksomheten holder stengt { $day }.
warning-same-day = Samling { $position } i kullet er også { $day }.
warning-blocks-cut = Programmets bolker varer lenger enn samlingen { $day }. Det som kom etter slutten, er kuttet.
warning-nobody-proposed = Ingen er foreslått til kullet, så ingen blir invitert. Legg til deltakere med enrolLeaders; de blir invitert med det samme.
warning-seats-taken = Kullet har nå færre plasser enn de { $taken } som er opptatt. Ingen mister plassen sin, men det blir ingen nye plasser før noen melder avbud.
warning-outcomes-thrown-away = Utfallet var klargjort, men gjelder ikke lenger. Klargjør det på nytt før det sendes (prepareOutcomes).
