"""The templates (``*.vi.md``, ``*.en.md``) and their loader."""
