"""Lets the tests of this folder import ``handmade``, which the killed process of the crash test runs too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
