warning-in-the-past = { $day } is past already.
warning-short-notice = { $day } is { $ahead ->
        [0] today
        [one] one day ahead
       *[other] { $ahead } days ahead
    }. People otherwise have { $wanted } days to answer, so the message may not reach everyone in time.
warning-weekend = { $day } is a { $weekday ->
        [6] Saturday
       [7] Sunday
       *[other] day of the weekend
    }.
warning-public-holiday = { $day } is a public holiday ({ $holiday }).
warning-closed-day = The trust is closed on { $day }.
warning-same-day = Gathering { $position } of the cohort is on { $day } as well.
warning-blocks-cut = The programme’s blocks last longer than the gathering on { $day }. What came after its end was cut off.
warning-nobody-proposed = Nobody is proposed for the cohort, so nobody is invited. Add participants with enrolLeaders; they are invited at once.
warning-seats-taken = The cohort now has fewer seats than the { $taken } that are taken. Nobody loses a seat, but there are no new ones until somebody gives one back.
warning-outcomes-thrown-away = The outcomes were prepared, and do not hold any more. Prepare them again before they are sent (prepareOutcomes).
