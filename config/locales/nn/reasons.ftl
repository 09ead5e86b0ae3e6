reason-employment-ended = Slutta før det vart ein ledig plass.
reason-appointment-ended = Er ikkje leiar lenger.
reason-left = Har slutta.
reason-missing-from-file = Ikkje invitert: manglar i HR-fila.
reason-no-address = Ikkje invitert: har inga e-postadresse.
