reason-employment-ended = Slutta før det vart ein ledig plass.
reason-appointment-ended = Er ikkje leiar lenger.
reason-moved = Flytta til { $cohort }.
