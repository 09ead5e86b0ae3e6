# Kvifor eit program er for nokon, eller ikkje.
eligibility-employed-yes = Er tilsett.
eligibility-employed-no = Siste arbeidsdag er { $day }, før den første dagen til kullet.
eligibility-leads-yes = Er leiar frå { $day }.
eligibility-leads-no = Leier inga eining på den første dagen til kullet.
eligibility-leads-later = Blir leiar { $day }, etter den første dagen til kullet.
eligibility-leads-nothing-yes = Leier inga eining på den første dagen til kullet.
eligibility-leads-nothing-no = Er leiar frå { $day }. Programmet er for tilsette som ikkje er leiarar.
eligibility-level-yes = Er leiar på nivå { $level }, som programmet er for.
eligibility-level-no = Er leiar på nivå { $level }, som programmet ikkje er for.
eligibility-newly-appointed-yes = Er ny som leiar: byrja { $day }, for mindre enn { $months ->
    [one] éin månad
   *[other] { $months } månader
} sidan på den første dagen til kullet.
eligibility-newly-appointed-no = Er ikkje ny som leiar lenger: byrja { $day }, meir enn { $months ->
    [one] éin månad
   *[other] { $months } månader
} før den første dagen til kullet.
eligibility-long-in-role-yes = Har vore leiar sidan { $day }, minst { $months ->
    [one] éin månad
   *[other] { $months } månader
} før den første dagen til kullet.
eligibility-long-in-role-no = Har vore leiar sidan { $day }. Programmet krev { $months ->
    [one] éin månad
   *[other] { $months } månader
} i rolla, og dei er fylte { $turns }.
eligibility-no-other-place-yes = Har ikkje plass i eit anna kull av programmet.
eligibility-no-other-place-no = Har plass i eit anna kull av programmet ({ $state }).
eligibility-by-nomination-yes = Plassane blir gitt etter nominasjon. Er nominert i runden { $round } ({ $state }).
eligibility-by-nomination-no = Plassane blir gitt etter nominasjon. Er ikkje nominert.
eligibility-own-interest-yes = Plassane blir gitt etter eiga interesse og synet til leiaren. Interessa er meld i runden { $round } ({ $state }).
eligibility-own-interest-no = Plassane blir gitt etter eiga interesse og synet til leiaren. Interessa er ikkje meld enno.
eligibility-leaders-view-yes = Næraste leiar stiller seg bak.
eligibility-leaders-view-no = Næraste leiar stiller seg ikkje bak.
eligibility-leaders-view-open = Næraste leiar har ikkje svart enno.
eligibility-with-group-yes = Leiargrupper deltek samla. Er med i leiargruppa «{ $group }».
eligibility-with-group-no = Leiargrupper deltek samla. Er ikkje med i ei påmeld leiargruppe.
