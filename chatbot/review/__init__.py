"""Reviewing replies: which are worth looking at, and what operators find of them."""
