"""What can be wrong with a profile."""

from archive.errors import ArchiveError


class SiteError(ArchiveError):
    """A profile is asked for that does not exist, or its file does not say what it must.

    The message is one line: the file, the key in it, what is wrong, and what to write instead. An archive whose folder
    holds such a file cannot be used as asked either, wherever that comes to light.
    """
