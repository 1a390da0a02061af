"""The slides of a draft as files that are shown: a presentation, a PDF."""
