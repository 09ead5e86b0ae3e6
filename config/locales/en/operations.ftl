operation-failed-interrupted = It was broken off when the service stopped, and nothing was kept. Import the file again, with a new idempotency key.
operation-failed-fault = Something went wrong in the service, and nothing was kept. Try again later, with a new idempotency key; tell the operator if it happens again.
