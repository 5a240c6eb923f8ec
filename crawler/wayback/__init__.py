"""Other people's web archives: what they offer of a site (CDX), and the captures as they were (`id_`).

`addresses` says where things are, `cdx` reads what is offered, `raw` turns an archive's answer into the exchange that
it once archived, and `client` is the one part that uses the network.
"""
