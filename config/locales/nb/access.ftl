# Når noen ikke slipper til, eller noe går galt.
access-unauthenticated = Logg inn først.
access-forbidden = Du har ikke rettighet til dette.
access-fault = Noe gikk galt hos oss. Oppgi { $id } når du ber om hjelp.
access-token-spent = Innloggingen gjelder ikke, eller er utløpt. Logg inn på nytt, eller forny økten.
access-token-unchecked = Innloggingen kan ikke kontrolleres akkurat nå. Prøv igjen.
access-no-bearer = Send hodet «Authorization: Bearer <token>».
access-page-too-large = `{ $argument }` er { $asked }; høyst { $most } rader gis om gangen. Hent resten med `{ $cursor }`.
access-page-negative = `{ $argument }` er { $asked }; tallet kan ikke være negativt.
access-page-both-ways = Bruk `first` med `after`, eller `last` med `before`, ikke begge deler.
access-page-unknown-cursor = `{ $argument }` peker ikke på noe sted i denne listen i denne rekkefølgen. Begynn på nytt uten.
