# Når noen ikke slipper til, eller noe går galt.
access-unauthenticated = Logg inn først.
access-forbidden = Du har ikke rettighet til dette.
access-fault = Noe gikk galt hos oss. Oppgi { $id } når du ber om hjelp.
access-token-spent = Innloggingen gjelder ikke, eller er utløpt. Logg inn på nytt, eller forny økten.
access-token-unchecked = Innloggingen kan ikke kontrolleres akkurat nå. Prøv igjen.
