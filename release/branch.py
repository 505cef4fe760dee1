"""`python -m release.branch NAME`: the name of the site on which a branch is previewed.

Only the standard library, so that a pipeline can ask without installing anything.
"""

import re
import sys
from hashlib import sha256

MAIN = "main"
"""The site that is the shop itself; no branch gets it."""
_LONGEST, _MARK = 40, 6
_OTHERS = re.compile(r"[^a-z0-9]+", re.ASCII)
_MARKED = re.compile(r"(^|-)[0-9a-f]{6}$", re.ASCII)


def site_of(branch: str) -> str:
    """A branch's site: up to 40 of `a-z0-9-`, another one for each branch, and never `main`.

    A name that is no site's name as it stands gets a few digits of its hash, so that `a/b` and `a-b` do not meet; so
    does one that ends like that already.
    """
    plain = _OTHERS.sub("-", branch.lower()).strip("-")
    if plain == branch != MAIN and 0 < len(plain) <= _LONGEST and not _MARKED.search(plain):
        return plain
    mark = sha256(branch.encode()).hexdigest()[:_MARK]
    return f"{plain[: _LONGEST - _MARK - 1].rstrip('-')}-{mark}".lstrip("-")


if __name__ == "__main__":
    sys.stdout.write(f"{site_of(sys.argv[1])}\n")
