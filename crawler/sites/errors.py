"""What can be wrong with a profile."""


class SiteError(Exception):
    """A profile is asked for that does not exist, or its file does not say what it must.

    The message is one line: the file, the key in it, what is wrong, and what to write instead.
    """
