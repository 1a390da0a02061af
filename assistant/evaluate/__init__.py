"""Score the assistant on questions with known answers: ``facts`` → ``run`` → ``report``."""
