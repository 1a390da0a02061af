"""Language models behind an OpenAI-compatible endpoint: how they are asked, and what can fail."""
