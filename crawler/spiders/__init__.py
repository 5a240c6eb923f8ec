"""Where Scrapy looks for spiders: traversal only, which page next."""
