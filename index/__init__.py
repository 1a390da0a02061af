"""Store and search passages: catalogue, vectors, lexical index, fusion.

Imports ``ingest`` and nothing else of the project.
"""
