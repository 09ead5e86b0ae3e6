# What two people are to each other when they may not stand side by side.
conflict-oneself = { $one } cannot have this role for herself or himself.
conflict-nominator = { $one } nominated { $other }.
conflict-line-manager = { $one } is the line manager of { $other }.
conflict-above = { $one } stands above { $other } in the line of command.
conflict-below = { $one } stands below { $other } in the line of command.
conflict-same-unit = { $one } and { $other } work in or lead the same unit.
