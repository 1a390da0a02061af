"""File → Document → Passages: reading, cleaning, describing and splitting documents.

Imports none of the other packages of the project.
"""
