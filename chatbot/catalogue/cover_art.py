"""Covers for pictures that are drawn of them elsewhere."""

from base64 import b64encode
from collections.abc import Iterable

from .. import covers
from .models import Novel


def cover_images(slugs: Iterable[str], language: str) -> list[str]:
    """The covers of these works, in their order, each as an address that holds its own drawing."""
    novels = {novel.slug: novel for novel in Novel.objects.filter(slug__in=list(slugs)).with_tags()}
    drawn = (covers.draw(novels[slug], language) for slug in slugs if slug in novels)
    return [f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" for svg in drawn]
