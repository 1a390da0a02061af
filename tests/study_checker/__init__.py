"""Reads files of teaching material again, and checks them against the documents they were made from.

It shares no code with what makes them: own readers of each format, own reading of figures, dates and words,
and the documents as plain text. ``python -m tests.study_checker FILE… --documents FOLDER`` prints findings.
"""
