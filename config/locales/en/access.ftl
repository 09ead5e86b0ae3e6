# When somebody is not let in, or something goes wrong.
access-unauthenticated = Sign in first.
access-forbidden = You do not have the right to do this.
access-fault = Something went wrong on our side. Ask for help with the id { $id }.
access-token-spent = The token does not hold, or has run out. Sign in again, or refresh the session.
access-token-unchecked = The token cannot be checked at the moment. Try again.
