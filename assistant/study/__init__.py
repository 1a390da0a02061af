"""Teaching material from the library: lessons, handouts, quizzes, flashcards and slides, every line cited."""
