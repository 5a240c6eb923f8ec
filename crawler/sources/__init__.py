"""Where captured pages come from other than a live site."""
