"""Scrapy's settings: every one that is not Scrapy's default, with its reason.

`thidua crawl` lays its options over these (see `thidua/crawl.py`).
"""

from __future__ import annotations

from typing import Any

from crawler import message

BOT_NAME = "thidua"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"  # where `scrapy genspider` writes

# --- a good guest -----------------------------------------------------------------------------------------------------
CONTACT = "https://github.com/thidua/thidua"  # ours: whom a site's keepers can write to; `thidua crawl --contact`
USER_AGENT = f"thidua/0.1 (archive of public news; +{CONTACT})"  # they can see who asks, and why
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "thidua"  # the name that a robots.txt would address; a full agent string matches no rule
DOWNLOAD_DELAY = 1.0  # one request a second a host: small servers, and nothing is in a hurry
CONCURRENT_REQUESTS = 2  # with a delay, more would only wait in line, and make stopping slow
CONCURRENT_REQUESTS_PER_DOMAIN = 2
AUTOTHROTTLE_ENABLED = True  # slower still when the server labours
AUTOTHROTTLE_START_DELAY = 1.0  # the default of 5 s is for servers one knows nothing of; DOWNLOAD_DELAY covers that
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what `crawler.message` undoes
    "Accept-Language": "vi",  # some portals answer in English otherwise
}

# --- a hard target ----------------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 60  # s; the default of 180 lets one stalled server hold up a whole crawl
DOWNLOAD_MAXSIZE = message.LARGEST  # bytes; the default is 1 GB
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024  # bytes
TWISTED_DNS_RESOLVER = "crawler.guard.Resolver"  # lets no private address through; the default knows no IPv6 either
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default takes any certificate; an archive must know whom it copied
THIDUA_TRUST: list[str] = []  # ours: PEM files of certificates to believe besides; `thidua crawl --trust`
TELNETCONSOLE_ENABLED = False  # a door that nobody here uses
REMOTE_CONTROL_ENABLED = False  # the same

# --- the archive is the frontier --------------------------------------------------------------------------------------
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier knows what was asked for; Scrapy's set would grow
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # the spider counts depth itself, in menus
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # looks at requests from callbacks: none
    # drops long addresses without a word: the spider would wait for their answer for ever
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # an error page is an answer too: it is archived
}
DOWNLOAD_HANDLERS = {  # Scrapy's own with a tape running: WARC files want the bytes as they came
    "http": "crawler.wire.TapedHandler",
    "https": "crawler.wire.TapedHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # a site must not make us read local files
}
RETRY_ENABLED = False  # each try is an answer of its own, archived; `crawler.retries` says when there is another
COMPRESSION_ENABLED = False  # what came is kept as it came; `pipelines.read` unpacks it
DOWNLOADER_MIDDLEWARES = {
    # Scrapy asks for pages when a server's robots.txt is out of order; RFC 9309 says not to. At the same place (100).
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    # A meta refresh is the page's text to us; following it would hide that the page was there.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
}
EXTENSIONS: dict[str, Any] = {
    # Scrapy reads Crawl-delay but leaves acting on it to us; after AutoThrottle (0), which would shorten the pause.
    "crawler.crawl_delay.CrawlDelay": 10,
    "crawler.guard.Guard": 10,  # tells the resolver where the crawl was started; the order does not matter
}
CONCURRENT_ITEMS = 1  # a response makes one item; the default starts a hundred tasks for it
WARN_ON_GENERATOR_RETURN_VALUE = False  # a lint of callbacks' source, run anew for every response: 0.5 ms a page
ITEM_PIPELINES = {  # none of them waits: a visit passes all before the next one, so records and rows have one order
    "pipelines.capture.Capture": 10,
    "pipelines.read.Read": 20,
    "pipelines.clean.Clean": 100,
    "pipelines.date.Date": 200,
    "pipelines.check.Check": 300,
    "pipelines.store.Store": 900,
}

# --- the log ----------------------------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"  # at DEBUG each archived page is printed in full
LOG_FORMATTER = "crawler.log.QuietFormatter"  # an item is a whole page: name its URL, not its text

ARCHIVE_DIR = "data"  # ours: where `scrapy crawl thidua` keeps the archive
