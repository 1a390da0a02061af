"""The parts of a draft that are read on paper: lesson plan, handout, quiz and its key."""
