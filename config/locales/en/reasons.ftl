reason-employment-ended = Left before a seat became free.
reason-appointment-ended = Is no longer a leader.
reason-moved = Moved to { $cohort }.
