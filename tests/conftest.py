"""What holds for all tests."""

import os

from hypothesis import settings

# A merge must not hang on chance: there the examples are the same each time. Elsewhere new ones are tried.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")
