"""What is computed from a shelf and kept with it: the index, the vocabulary. It goes when the shelf goes."""

from functools import wraps


def once_a_shelf(make):
    """Let `make(shelf)` be called once a shelf. One thread makes it, others wait for what it makes."""

    @wraps(make)
    def kept(shelf):
        if kept not in shelf.kept:
            with shelf.making:
                if kept not in shelf.kept:
                    shelf.kept[kept] = make(shelf)
        return shelf.kept[kept]

    return kept


def make_ready(shelf, earlier):
    """Make for `shelf` all that was made for `earlier`, so that nobody waits for it when the one replaces the other."""
    for make in list(earlier.kept):
        make(shelf)
