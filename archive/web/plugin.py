"""What Datasette loads (the entry point in pyproject.toml)."""

from archive.web.queries import canned_queries, get_metadata, prepare_connection

__all__ = ["canned_queries", "get_metadata", "prepare_connection"]
