"""Fetches and reads pages."""
