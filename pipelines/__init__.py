"""What a visit passes on its way into the archive: one class a file, wired in `crawler.settings`."""
