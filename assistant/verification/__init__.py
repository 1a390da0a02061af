"""Checking what a language model wrote against the passages it cites: nothing unchecked is verified."""
