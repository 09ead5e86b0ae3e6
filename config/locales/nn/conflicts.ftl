# Kva to personar er for kvarandre når dei ikkje kan stå saman (inhabilitet).
conflict-oneself = { $one } kan ikkje ha denne rolla for seg sjølv.
conflict-nominated = { $one } er sjølv nominert i runden og kan ikkje rangere nokon.
conflict-nominator = { $one } har nominert { $other }.
conflict-line-manager = { $one } er næraste leiar for { $other }.
conflict-above = { $one } står over { $other } i leiarlinja.
conflict-below = { $one } står under { $other } i leiarlinja.
conflict-same-unit = { $one } og { $other } arbeider i eller leier same eining.

enum-conflict-constellation-mentor-pair = mentorpar
enum-conflict-constellation-course-team = kursteam
enum-conflict-constellation-mentor-group = mentorgruppe
enum-conflict-constellation-endorser = den som gir tilråding
enum-conflict-constellation-panel-member = panelmedlem
enum-conflict-constellation-reviewer = vurderar
enum-conflict-relation-oneself = same person
enum-conflict-relation-nominator = har nominert
enum-conflict-relation-line-manager = næraste leiar
enum-conflict-relation-above = over i leiarlinja
enum-conflict-relation-below = under i leiarlinja
enum-conflict-relation-same-unit = same eining
