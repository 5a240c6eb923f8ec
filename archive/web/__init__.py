"""The reading room: the archive in the browser, as a plugin of Datasette."""
