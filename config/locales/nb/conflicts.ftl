# Hva to personer er for hverandre når de ikke kan stå sammen (inhabilitet).
conflict-oneself = { $one } kan ikke ha denne rollen for seg selv.
conflict-nominator = { $one } har nominert { $other }.
conflict-line-manager = { $one } er nærmeste leder for { $other }.
conflict-above = { $one } står over { $other } i lederlinjen.
conflict-below = { $one } står under { $other } i lederlinjen.
conflict-same-unit = { $one } og { $other } arbeider i eller leder samme enhet.
