"""Quizzes whose every item is proved: made from the lines of a material, checked again after every edit."""

from assistant.study.quiz.making import make_quiz, replacement
from assistant.study.quiz.proof import faults_of

__all__ = ["faults_of", "make_quiz", "replacement"]
