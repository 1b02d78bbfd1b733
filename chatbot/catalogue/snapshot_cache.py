"""What is computed from a shelf and kept with it: the index, the vocabulary. It goes when the shelf goes."""

from functools import wraps


def cached_per_snapshot(make):
    """Let `make(shelf)` be called once a shelf. One thread makes it, others wait for what it makes."""

    @wraps(make)
    def kept(catalogue):
        if kept not in catalogue.kept:
            with catalogue.making:
                if kept not in catalogue.kept:
                    catalogue.kept[kept] = make(catalogue)
        return catalogue.kept[kept]

    return kept


def make_ready(catalogue, earlier):
    """Make for `shelf` all that was made for `earlier`, so that nobody waits for it when the one replaces the other."""
    for make in list(earlier.kept):
        make(catalogue)
