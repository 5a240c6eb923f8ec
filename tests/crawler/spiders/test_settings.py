from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import scrapy.settings.default_settings as scrapys

from crawler import settings

OURS = {"ARCHIVE_DIR", "CONTACT", "THIDUA_TRUST"}


def names() -> list[str]:
    return [name for name in vars(settings) if name.isupper()]


def test_every_setting_is_one_that_scrapy_knows() -> None:
    assert {name for name in names() if not hasattr(scrapys, name)} == OURS


def test_no_setting_repeats_scrapys_default() -> None:
    repeated = [
        name for name in names() if hasattr(scrapys, name) and getattr(settings, name) == getattr(scrapys, name)
    ]
    assert repeated == []


def test_the_defaults_are_polite_and_closed() -> None:
    assert settings.ROBOTSTXT_OBEY
    assert settings.AUTOTHROTTLE_ENABLED
    assert settings.DOWNLOAD_DELAY >= 1
    assert "+https://" in settings.USER_AGENT
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES
    assert not settings.TELNETCONSOLE_ENABLED
    assert not settings.REMOTE_CONTROL_ENABLED


def test_every_setting_stands_with_its_reason() -> None:
    lines = Path(settings.__file__).read_text("utf-8").splitlines()
    bare = [
        line.partition(" ")[0]
        for above, line in pairwise(lines)
        if line[:1].isupper() and "#" not in line and not above.startswith("#")
    ]
    assert set(bare) <= {
        "BOT_NAME",  # a name needs none
        "SPIDER_MODULES",
        "ROBOTSTXT_OBEY",
        "CONCURRENT_REQUESTS_PER_DOMAIN",  # the line above speaks for both
        "DEFAULT_REQUEST_HEADERS",  # reasons stand inside these
        "DOWNLOADER_MIDDLEWARES",
        "SPIDER_MIDDLEWARES",
        "EXTENSIONS:",
        "ITEM_PIPELINES",
    }
