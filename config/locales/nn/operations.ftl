operation-failed-interrupted = Arbeidet vart avbrote då tenesta stansa, og ingenting er lagra. Importer fila på nytt, med ein ny idempotensnøkkel.
operation-failed-fault = Noko gjekk gale i tenesta, og ingenting er lagra. Prøv igjen seinare, med ein ny idempotensnøkkel, og sei frå til drifta om det hender igjen.
