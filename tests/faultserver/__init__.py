"""A server that misbehaves on demand, down to single bytes, around a small site that is well.

```python
with faults(site_articles=12) as server:
    server.behave(server.article(3), "truncated")
    crawl(server.url)
```

The kinds of misbehaviour and their arguments are the functions of `tests.faultserver.kinds`.
"""

from tests.faultserver.certificates import Authority, Issued
from tests.faultserver.server import FaultServer, faults

__all__ = ["Authority", "FaultServer", "Issued", "faults"]
