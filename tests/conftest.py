"""What holds for all tests."""

import os

from hypothesis import settings

# A merge must not hang on chance: there the examples are the same each time. Elsewhere new ones are tried.
# Nothing is timed: machines are busy.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if "CI" in os.environ else "here")
