# What two people are to each other when they may not stand side by side.
conflict-oneself = { $one } cannot have this role for herself or himself.
conflict-nominated = { $one } is nominated in the round and cannot rank anybody.
conflict-nominator = { $one } nominated { $other }.
conflict-line-manager = { $one } is the line manager of { $other }.
conflict-above = { $one } stands above { $other } in the line of command.
conflict-below = { $one } stands below { $other } in the line of command.
conflict-same-unit = { $one } and { $other } work in or lead the same unit.

enum-conflict-constellation-mentor-pair = mentor and mentee
enum-conflict-constellation-course-team = course team
enum-conflict-constellation-mentor-group = mentor group
enum-conflict-constellation-endorser = endorser
enum-conflict-constellation-panel-member = member of the panel
enum-conflict-constellation-reviewer = reviewer
enum-conflict-relation-oneself = the same person
enum-conflict-relation-nominator = nominated her or him
enum-conflict-relation-line-manager = line manager
enum-conflict-relation-above = above in the line of command
enum-conflict-relation-below = below in the line of command
enum-conflict-relation-same-unit = same unit
