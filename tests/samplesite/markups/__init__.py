"""The markups, one file each: what they share is the text, not the way it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.samplesite.markups import (
    definition_list,
    divs,
    flat_br,
    html5,
    liferay,
    lists,
    mojoportal,
    nested_spans,
    nukeviet3,
    nukeviet4,
    nukeviet_egov,
    sharepoint,
    tables,
)

if TYPE_CHECKING:
    from tests.samplesite.views import Markup

_ALL = (
    tables,
    lists,
    sharepoint,
    flat_br,
    definition_list,
    nested_spans,
    nukeviet3,
    nukeviet4,
    nukeviet_egov,
    liferay,
    divs,
    html5,
    mojoportal,
)
BY_NAME: dict[str, Markup] = {module.MARKUP.name: module.MARKUP for module in _ALL}
MARKUPS = tuple(name for name, markup in BY_NAME.items() if not markup.scripted_lists)  # every article can be reached
CHAINED = tuple(name for name in MARKUPS if not BY_NAME[name].undirected)  # with lists of newer and older articles
