# Hvorfor et program er for noen, eller ikke.
eligibility-employed-yes = Er ansatt.
eligibility-employed-no = Siste arbeidsdag er { $day }, før kullets første dag.
eligibility-leads-yes = Er leder fra { $day }.
eligibility-leads-no = Leder ingen enhet på kullets første dag.
eligibility-leads-later = Blir leder { $day }, etter kullets første dag.
eligibility-leads-nothing-yes = Leder ingen enhet på kullets første dag.
eligibility-leads-nothing-no = Er leder fra { $day }. Programmet er for ansatte som ikke er ledere.
eligibility-level-yes = Er leder på nivå { $level }, som programmet er for.
eligibility-level-no = Er leder på nivå { $level }, som programmet ikke er for.
eligibility-newly-appointed-yes = Er ny som leder: begynte { $day }, for mindre enn { $months ->
    [one] én måned
   *[other] { $months } måneder
} siden på kullets første dag.
eligibility-newly-appointed-no = Er ikke ny som leder lenger: begynte { $day }, mer enn { $months ->
    [one] én måned
   *[other] { $months } måneder
} før kullets første dag.
eligibility-long-in-role-yes = Har vært leder siden { $day }, minst { $months ->
    [one] én måned
   *[other] { $months } måneder
} før kullets første dag.
eligibility-long-in-role-no = Har vært leder siden { $day }. Programmet krever { $months ->
    [one] én måned
   *[other] { $months } måneder
} i rollen, og de er fylt { $turns }.
eligibility-no-other-place-yes = Har ikke plass i et annet kull av programmet.
eligibility-no-other-place-no = Har plass i et annet kull av programmet ({ $state }).
eligibility-by-nomination-yes = Plassene gis etter nominasjon. Er nominert i runden { $round } ({ $state }).
eligibility-by-nomination-no = Plassene gis etter nominasjon. Er ikke nominert.
eligibility-own-interest-yes = Plassene gis etter egen interesse og lederens syn. Interessen er meldt i runden { $round } ({ $state }).
eligibility-own-interest-no = Plassene gis etter egen interesse og lederens syn. Interessen er ikke meldt ennå.
eligibility-leaders-view-yes = Nærmeste leder stiller seg bak.
eligibility-leaders-view-no = Nærmeste leder stiller seg ikke bak.
eligibility-leaders-view-open = Nærmeste leder har ikke svart ennå.
eligibility-with-group-yes = Ledergrupper deltar samlet. Er med i ledergruppen «{ $group }».
eligibility-with-group-no = Ledergrupper deltar samlet. Er ikke med i en påmeldt ledergruppe.
