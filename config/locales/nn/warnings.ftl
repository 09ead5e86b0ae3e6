warning-in-the-past = { $day } er alt passert.
warning-short-notice = Det er { $ahead ->
        [0] i dag
        [one] éin dag til
       *[other] { $ahead } dagar til
    }, { $day }. Folk har elles { $wanted } dagar på å svare, så beskjeden når kanskje ikkje fram til alle i tide.
warning-weekend = { $day } er ein { $weekday ->
        [6] laurdag
       [7] søndag
       *[other] dag i helga
    }.
warning-public-holiday = { $day } er ein offentleg fridag ({ $holiday }).
warning-closed-day = Verksemda held stengt { $day }.
warning-same-day = Samling { $position } i kullet er også { $day }.
warning-blocks-cut = Bolkane i programmet varer lenger enn samlinga { $day }. Det som kom etter slutten, er kutta.
warning-nobody-proposed = Ingen er føreslegne til kullet, så ingen blir inviterte. Legg til deltakarar med enrolLeaders; dei blir inviterte med det same.
warning-seats-taken = Kullet har no færre plassar enn dei { $taken } som er opptekne. Ingen mistar plassen sin, men det blir ingen nye plassar før nokon melder avbod.
warning-outcomes-thrown-away = Utfallet var klargjort, men gjeld ikkje lenger. Klargjer det på nytt før det blir sendt (prepareOutcomes).
