# Når nokon ikkje slepp til, eller noko går gale.
access-unauthenticated = Logg inn først.
access-forbidden = Du har ikkje rett til dette.
access-fault = Noko gjekk gale hos oss. Oppgje { $id } når du bed om hjelp.
access-token-spent = Innlogginga gjeld ikkje, eller har gått ut. Logg inn på nytt, eller forny økta.
access-token-unchecked = Innlogginga kan ikkje kontrollerast akkurat no. Prøv igjen.
