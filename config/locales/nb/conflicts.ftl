# Hva to personer er for hverandre når de ikke kan stå sammen (inhabilitet).
conflict-oneself = { $one } kan ikke ha denne rollen for seg selv.
conflict-nominated = { $one } er selv nominert i runden og kan ikke rangere noen.
conflict-nominator = { $one } har nominert { $other }.
conflict-line-manager = { $one } er nærmeste leder for { $other }.
conflict-above = { $one } står over { $other } i lederlinjen.
conflict-below = { $one } står under { $other } i lederlinjen.
conflict-same-unit = { $one } og { $other } arbeider i eller leder samme enhet.

enum-conflict-constellation-mentor-pair = mentorpar
enum-conflict-constellation-course-team = kursteam
enum-conflict-constellation-mentor-group = mentorgruppe
enum-conflict-constellation-endorser = anbefaler
enum-conflict-constellation-panel-member = panelmedlem
enum-conflict-constellation-reviewer = vurderer
enum-conflict-relation-oneself = samme person
enum-conflict-relation-nominator = har nominert
enum-conflict-relation-line-manager = nærmeste leder
enum-conflict-relation-above = over i lederlinjen
enum-conflict-relation-below = under i lederlinjen
enum-conflict-relation-same-unit = samme enhet
