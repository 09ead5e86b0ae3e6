# Når nokon ikkje slepp til, eller noko går gale.
access-unauthenticated = Logg inn først.
access-forbidden = Du har ikkje rett til dette.
access-fault = Noko gjekk gale hos oss. Oppgi { $id } når du ber om hjelp.
access-token-spent = Innlogginga gjeld ikkje, eller har gått ut. Logg inn på nytt, eller forny økta.
access-token-unchecked = Innlogginga kan ikkje kontrollerast akkurat no. Prøv igjen.
access-no-bearer = Send hovudet «Authorization: Bearer <token>».
access-page-too-large = `{ $argument }` er { $asked }; du får høgst { $most } rader om gongen. Hent resten med `{ $cursor }`.
access-page-negative = `{ $argument }` er { $asked }; talet kan ikkje vere negativt.
access-page-both-ways = Bruk `first` med `after`, eller `last` med `before`, ikkje begge delar.
access-page-unknown-cursor = `{ $argument }` peikar ikkje på nokon stad i denne lista i denne rekkjefølgja. Start på nytt utan.
