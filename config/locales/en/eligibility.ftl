# Why a programme is for somebody, or not.
eligibility-employed-yes = Is employed.
eligibility-employed-no = The last working day is { $day }, before the first day of the cohort.
eligibility-leads-yes = Is a leader from { $day }.
eligibility-leads-no = Leads no unit on the cohort’s first day.
eligibility-leads-later = Becomes a leader on { $day }, after the first day of the cohort.
eligibility-leads-nothing-yes = Leads no unit on the first day of the cohort.
eligibility-leads-nothing-no = Is a leader from { $day }. The programme is for staff who are not leaders.
eligibility-level-yes = Is a leader at level { $level }, which the programme is for.
eligibility-level-no = Is a leader at level { $level }, which the programme is not for.
eligibility-newly-appointed-yes = Is new as a leader: began on { $day }, less than { $months ->
    [one] one month
   *[other] { $months } months
} before the cohort’s first day.
eligibility-newly-appointed-no = Is not new as a leader any more: began on { $day }, more than { $months ->
    [one] one month
   *[other] { $months } months
} before the cohort’s first day.
eligibility-long-in-role-yes = Has been a leader since { $day }, at least { $months ->
    [one] one month
   *[other] { $months } months
} before the cohort’s first day.
eligibility-long-in-role-no = Has been a leader since { $day }. The programme asks for { $months ->
    [one] one month
   *[other] { $months } months
} in the role, which are full on { $turns }.
eligibility-no-other-place-yes = Has no place in another cohort of the programme.
eligibility-no-other-place-no = Has a place in another cohort of the programme ({ $state }).
eligibility-by-nomination-yes = Places are given by nomination. Is nominated in the round { $round } ({ $state }).
eligibility-by-nomination-no = Places are given by nomination. Is not nominated.
eligibility-own-interest-yes = Places are given by own interest and the line manager’s view. Interest is registered in the round { $round } ({ $state }).
eligibility-own-interest-no = Places are given by own interest and the line manager’s view. No interest is registered yet.
eligibility-leaders-view-yes = The line manager stands behind it.
eligibility-leaders-view-no = The line manager does not stand behind it.
eligibility-leaders-view-open = The line manager has not answered yet.
eligibility-with-group-yes = Leader groups take part as one. Belongs to the leader group “{ $group }”.
eligibility-with-group-no = Leader groups take part as one. Belongs to no leader group that is enrolled.
