operation-failed-interrupted = Arbeidet ble avbrutt da tjenesten stanset, og ingenting er lagret. Importer filen på nytt, med en ny idempotensnøkkel.
operation-failed-fault = Noe gikk galt i tjenesten, og ingenting er lagret. Prøv igjen senere, med en ny idempotensnøkkel, og si fra til driften hvis det skjer igjen.
