# Kva to personar er for kvarandre når dei ikkje kan stå saman (inhabilitet).
conflict-oneself = { $one } kan ikkje ha denne rolla for seg sjølv.
conflict-nominator = { $one } har nominert { $other }.
conflict-line-manager = { $one } er næraste leiar for { $other }.
conflict-above = { $one } står over { $other } i leiarlinja.
conflict-below = { $one } står under { $other } i leiarlinja.
conflict-same-unit = { $one } og { $other } arbeider i eller leier same eining.
