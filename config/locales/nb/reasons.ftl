reason-employment-ended = Sluttet før det ble en ledig plass.
reason-appointment-ended = Er ikke lenger leder.
reason-left = Har sluttet.
reason-missing-from-file = Ikke invitert: mangler i HR-filen.
reason-no-address = Ikke invitert: har ingen e-postadresse.
