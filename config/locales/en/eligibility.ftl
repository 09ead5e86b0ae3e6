# Why a programme is for somebody, or not.
eligibility-employed-yes = Is employed.
eligibility-employed-no = Left on { $day }.
eligibility-leads-yes = Is a leader from { $day }.
eligibility-leads-no = Leads no unit on the cohort’s first day.
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
