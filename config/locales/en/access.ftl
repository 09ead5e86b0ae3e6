# When somebody is not let in, or something goes wrong.
access-unauthenticated = Sign in first.
access-forbidden = You do not have the right to do this.
access-fault = Something went wrong on our side. Ask for help with the id { $id }.
access-token-spent = The token does not hold, or has run out. Sign in again, or refresh the session.
access-token-unchecked = The token cannot be checked at the moment. Try again.
access-no-bearer = Send 'Authorization: Bearer <token>'.
access-page-too-large = `{ $argument }` is { $asked }; at most { $most } rows are answered at once. Fetch the rest with `{ $cursor }`.
access-page-negative = `{ $argument }` is { $asked }; it cannot be negative.
access-page-both-ways = Use `first` with `after`, or `last` with `before`, not both.
access-page-unknown-cursor = `{ $argument }` is not a cursor of this list in this order. Start again without it.
