"""What stands beside a place in a text, cut at whole words."""


def left_of(text: str, start: int, width: int) -> str:
    """Return the last whole words before a place, on one line, `width` characters of them at most."""
    near = on_one_line(
        text[max(0, start - 2 * width - 2) : start]
    )  # an end of a paragraph, two characters, becomes one
    return near if len(near) <= width else near[len(near) - width - 1 :].partition(" ")[2]


def right_of(text: str, end: int, width: int) -> str:
    """Return the first whole words after a place, on one line, `width` characters of them at most."""
    near = on_one_line(text[end : end + 2 * width + 2])
    return near if len(near) <= width else near[: width + 1].rpartition(" ")[0]


def on_one_line(text: str) -> str:
    """Return the text on one line; spaces at its ends stay, for they part it from its neighbours."""
    return text.replace("\n\n", " ").replace("\n", " ")
