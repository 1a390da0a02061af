"""A conversation as a file to keep or to send: Markdown, or Word with real footnotes."""
