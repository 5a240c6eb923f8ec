"""What Datasette loads (the entry point in pyproject.toml)."""
