reason-employment-ended = Sluttet før det ble en ledig plass.
reason-appointment-ended = Er ikke lenger leder.
reason-moved = Flyttet til { $cohort }.
