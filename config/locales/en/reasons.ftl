reason-employment-ended = Left before a seat became free.
reason-appointment-ended = Is no longer a leader.
reason-left = Has left the trust.
reason-missing-from-file = Not invited: missing from the HR file.
reason-no-address = Not invited: has no e-mail address.
