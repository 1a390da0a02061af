"""Test questions drafted from a library, for a person to accept, change or reject."""
