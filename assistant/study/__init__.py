"""The trainer's desk: lessons, handouts, quizzes, flashcards and slides, every line with its source."""
