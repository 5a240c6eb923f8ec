"""Brings in what a web archive holds of a site: what it offers is listed, chosen from, and fetched into the log.

`listing` reads the CDX server's list, `choice` says which captures to ask for, `fetching` asks for them. All three go
on where a killed run left off: what there is to do stands in `archive.cdx`.
"""
