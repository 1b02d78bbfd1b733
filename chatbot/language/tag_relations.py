"""What the catalogue's tags mean to each other: which are near, narrower, opposite, or refused together.

The one place that knows a tag by its slug; the words for tags are the catalogue's own (`catalogue/data/tags.jsonl`).
"""

from collections.abc import Iterable

COMEDY, DRAMA, FANTASY, FEMALE_LEAD = "comedy", "drama", "fantasy", "female-lead"

# --- What answers a wish ----------------------------------------------------------------------------------------------

# What else answers a wish for a tag where few works carry it, because readers use one word for both.
ALSO_ANSWERED_BY = {
    "time-loop": ("time-loop", "time-travel"),
}
# Moods and qualities: a matter of degree, so that neighbours answer them too. Beside a genre they decide which works
# come first; alone they decide which come at all.
MOODS = {
    "heartwarming": ("heartwarming", "cozy"),
    "cozy": ("cozy", "heartwarming", "slow-life"),
    "bright": ("bright", "heartwarming", "cozy", "comedy"),
    "dark": ("dark", "gritty"),
    "serious": ("serious", "dark", "gritty", "philosophical"),
    "bittersweet": ("bittersweet", "tearjerker"),
    "tearjerker": ("tearjerker", "bittersweet"),
    "absurd": ("absurd", "comedy"),
    "gritty": ("gritty", "dark"),
    "philosophical": ("philosophical",),
    "world-building": ("world-building",),
    "ensemble-cast": ("ensemble-cast",),
    "magic-system": ("magic-system",),
}
# What answers comedy asked for as a quality ("funny") rather than as a genre ("a comedy").
AMUSING = ("comedy", "absurd", "romcom")

# --- Brighter and darker ----------------------------------------------------------------------------------------------

# Tags that ask for the side itself, as a wish's `brightness` has it.
BRIGHTNESS = {"bright": 1, "dark": -1, "gritty": -1}
TONE_OF = {1: "bright", -1: "dark"}  # the tag that says a brightness in one word
# Moods that a brightness takes the place of: the opposite ones no longer hold, its own would only repeat it.
LIGHT_MOODS = frozenset(("bright", "cozy", "heartwarming", "absurd", "comedy", "slow-life"))
HEAVY_MOODS = frozenset(("dark", "gritty", "serious"))
# What a book is not praised for to a reader who asked for the opposite; here genres and stories count as well.
LIGHT_READS = frozenset(("bright", "comedy", "romcom", "absurd", "cozy", "slow-life"))
HEAVY_READS = frozenset(("dark", "gritty", "horror", "revenge", "war", "death-game", "serious"))
# Who asks for one of these wants no heavy read praised, though a sad one may still be warm.
WARM_READS = LIGHT_READS | {"heartwarming", "romance", "tearjerker", "bittersweet", "slice-of-life"}

# --- What is within what ----------------------------------------------------------------------------------------------

# What refusing a tag refuses with it: the narrower forms of the same thing.
NARROWER = {
    "fantasy": ("high-fantasy", "urban-fantasy", "isekai", "otome-game-world", "magic-system", "dragons"),
    "isekai": ("otome-game-world",),
    "romance": ("romcom", "love-triangle", "slow-burn", "harem", "reverse-harem"),
    "sexual-content": ("sexual-violence",),
    "abuse": ("sexual-violence",),
    "sf": ("mecha", "space"),
    "gaming": ("vrmmo",),
    "game-mechanics": ("vrmmo",),
    "comedy": ("romcom", "absurd"),
    "war": ("military",),
    "dark": ("gritty",),
    "time-travel": ("time-loop",),
    "action": ("supernatural-battle",),
}


def narrower(tags: Iterable[str]) -> list[str]:
    """The narrower forms of `tags`, in their order; one that belongs to two of them is there twice."""
    return [form for tag in tags for form in NARROWER.get(tag, ())]


# Said in one word by the other, when both were asked for. Unlike NARROWER this is of names: a summoned hero is in
# another world, though who refuses other worlds may well read of one who is summoned at home.
IMPLIED = {
    "romcom": ("romance", "comedy"),
    "high-fantasy": ("fantasy",),
    "urban-fantasy": ("fantasy",),
    "summoned": ("isekai",),
    "otome-game-world": ("isekai",),
}
# Genres that end the name of a kind of book: "school romantic comedy", not "romantic comedy school".
NAMED_LAST = ("fantasy", "romance", "drama", "comedy", "romcom", "mystery", "sf", "horror", "suspense")
# The genres offered as chips on the first visit, from the widest to the narrower.
FIRST_GENRES = (
    "isekai", "fantasy", "romcom", "romance", "mystery", "sf", "academy", "villainess",
    "slow-life", "action", "horror", "slice-of-life",
)  # fmt: skip

# --- What is refused --------------------------------------------------------------------------------------------------

# A comma joins these to what is refused: "하렘, 노예 없는" is two refusals, "판타지, 노예 없는" one.
OFTEN_REFUSED = frozenset(("harem", "reverse-harem", "love-triangle", "bl", "overpowered", "tearjerker", "monsters"))
# Of a compound ("奴隷ハーレム", "追放ざまぁ") these are refused with its last word; any other first word only describes it.
REFUSED_TOGETHER = frozenset(("exiled", "revenge", "villainess", "reincarnation", "summoned"))
# In "ホラー、グロは苦手" the first of the list is disliked too; in "恋愛もの、悲恋は苦手" it is what is asked for.
OFTEN_DISLIKED = REFUSED_TOGETHER | {"horror", "isekai", "dark", "gritty", "siblings", "death-game", "absurd", "yuri"}
# Liked by some, refused by many: nobody is led to these unasked.
DIVISIVE = frozenset(("harem", "reverse-harem", "bl", "siblings", "age-gap"))

# --- Love stories -----------------------------------------------------------------------------------------------------

LOVE_STORIES = ("romance", "romcom", "drama")
# Bonds that are genres of their own: "no harem romance" asks for a romance.
BONDS_OF_THEIR_OWN = ("harem", "reverse-harem", "yuri", "bl")
# Stories in which "the male lead" is whom the heroine loves, and not who the story is told of.
HEROINES_STORIES = frozenset(("romance", "reverse-harem", "villainess", "female-lead", "marriage"))
