"""How many works are chosen and offered. Prompts, the built-in librarian and the choice itself are built from these.

How many a reader is believed to ask for is bounded where numbers are read, by `language.words.numbers.MAX_COUNT`.
"""

PICKS = 3  # offered where the reader names no number; below so many, works that only lack a mood are offered too
MAX_PICKS = 5  # offered at once
MAX_PICKS_WHEN_VAGUE = 2  # offered beside the questions she asks back when little was said
PICKS_WITH_SERENDIPITY = 4  # from which one of them steps aside, the last
CANDIDATES = 12  # works that a voice may choose from
