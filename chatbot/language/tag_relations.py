"""What the catalogue's tags mean to each other: which are near, narrower, opposite, or refused together.

The one place that knows a tag by its slug; the words for tags are the catalogue's own (`catalogue/data/tags.jsonl`).
"""

from collections.abc import Iterable

ADULT_LEAD = "adult-lead"
COMEDY, DRAMA, FANTASY, FEMALE_LEAD = "comedy", "drama", "fantasy", "female-lead"
ANTIHERO, ISEKAI, NON_HUMAN = "antihero", "isekai", "non-human-lead"
HAREM, ROMANCE = "harem", "romance"
YURI, BL = "yuri", "bl"
LOVE = frozenset((YURI, BL))  # whose love it is
OF_LOVE = ("romance", "romcom", "slow-burn")  # stories of love
TEARFUL, RESTFUL = "tearjerker", frozenset(("cozy", "slow-life", "bright"))  # who asks for rest is spared tears
OF_VIOLENCE = ("action", "war", "monsters", "death-game")  # stories with fights in them
OF_TONE = {"dark": -1, "bright": 1}  # what the tone of a work tells too, and to which side
UNSAID = frozenset(("genius",))  # noted of few: of those it is not noted of, it may be so

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
# What a work that was dropped as too dark, or for its romance, may have been dropped for.
TOO_DARK = {"dark", "gritty"}
TOO_MUCH_LOVE = {"harem", "reverse-harem", "love-triangle"}
# Tags by whose words readers also tell of their own days.
OF_A_LIFE = {
    "workplace", "child-rearing", "siblings", "marriage", "romance", "love-triangle", "medical", "academy",
    "found-family", "tearjerker", "bittersweet", "drama", "modern-japan", "adult-lead",
}  # fmt: skip
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
# Who asks for one couple ("순애", "one girl only") refuses this, and what is refused with it.
MANY_PARTNERS = "harem"
# What stories of the web are mostly about: who has had enough of them (「なろう系以外」) wants none of it.
WEB_NOVEL = ("isekai", "reincarnation")
# What frightens those who are easily frightened.
FRIGHTENING = ("horror", "gore")
# Where everybody is of an age: who has had enough of teenage love refuses them, and no love.
OF_AN_AGE = frozenset(("academy",))
# Liked by some, refused by many: nobody is led to these unasked.
DIVISIVE = frozenset(("harem", "reverse-harem", "bl", "siblings", "age-gap"))

# --- What is not for everybody ----------------------------------------------------------------------------------------

# What a reader is warned of, the gravest first.
WARNINGS = ("sexual-violence", "suicide", "abuse", "slavery", "gore", "sexual-content")
ANY_WARNING = dict.fromkeys(WARNINGS, 1)
# Tables: a tag to the strength from which it leaves a work out, where it was not asked for.
UNFIT_FOR_CHILDREN = ANY_WARNING | {
    "harem": 1, "reverse-harem": 1, "dark": 1, "gritty": 1, "death-game": 1, "horror": 1, "siblings": 2, "age-gap": 2,
    "revenge": 2, "tearjerker": 3, "antihero": 3, "war": 2, "bl": 1, "marriage": 2, "suspense": 3,
}  # fmt: skip
UNFIT_FOR_TEENS = {
    "sexual-content": 1, "sexual-violence": 1, "gore": 2, "abuse": 2, "suicide": 2, "slavery": 2, "harem": 2,
    "dark": 3, "death-game": 3, "age-gap": 3,
}  # fmt: skip
UNFIT_FOR_ELDERS = ANY_WARNING | {
    "harem": 2, "reverse-harem": 2, "dark": 2, "gritty": 1, "death-game": 1, "siblings": 2,
}  # fmt: skip
GIFT_UNFIT = UNFIT_FOR_ELDERS | {"age-gap": 2, "horror": 3}
HARD_TO_BEAR = ANY_WARNING | {
    "harem": 3, "dark": 1, "gritty": 1, "horror": 1, "death-game": 1, "tearjerker": 1, "bittersweet": 3, "revenge": 2,
    "war": 3, "post-apocalyptic": 3,
}  # fmt: skip
HARD_FOR_GRIEVING = HARD_TO_BEAR | {"bittersweet": 2, "war": 2}
# Who was left by somebody reads of no lovers.
HARD_AFTER_PARTING = HARD_TO_BEAR | {
    "romance": 2, "romcom": 1, "slow-burn": 1, "love-triangle": 1, "marriage": 1, "harem": 1, "reverse-harem": 1,
    "bittersweet": 2,
}  # fmt: skip
# What speaks for a book, or against it, beside what leaves it out: how much a tag at full strength weighs.
FIT_FOR_CHILDREN = {
    "heartwarming": 1.0, "adventure": 1.0, "cozy": 0.6, "bright": 0.6, "comedy": 0.6, "found-family": 0.6,
    "cooking": 0.2, "dragons": 0.6, "academy": 0.5, "fantasy": 0.5, "slice-of-life": 0.4, "youkai": 0.4,
    "crafting": 0.4, "sports": 0.4, "music": 0.4, "magic-system": 0.3, "female-lead": 0.2,
    "romance": -1.0, "romcom": -0.8, "marriage": -1.5, "age-gap": -1.0, "adult-lead": -0.6, "villainess": -0.6,
    "otome-game-world": -0.6, "war": -1.0, "military": -0.6, "politics": -0.6, "philosophical": -0.6, "serious": -0.6,
    "revenge": -1.0, "yuri": -0.8, "bl": -2.0, "harem": -1.5, "reverse-harem": -1.5, "siblings": -0.6,
    "love-triangle": -0.8, "workplace": -0.8, "antihero": -1.0, "suspense": -0.5, "slow-burn": -0.6,
    "bittersweet": -0.4, "demon-lord": -0.2, "overpowered": -1.0,
    "reincarnation": -0.5, "exiled": -0.6, "idol": -0.3, "mind-games": -0.4,
    "gore": -2.0, "abuse": -1.5, "suicide": -3.0, "slavery": -2.0, "dark": -1.5, "gritty": -2.0, "horror": -1.0,
}  # fmt: skip
FIT_FOR_ELDERS = {
    "heartwarming": 1.0, "mystery": 0.6, "historical": 0.8, "cooking": 0.7, "slice-of-life": 0.6, "found-family": 0.6,
    "japanese-style": 0.5, "chinese-style": 0.5, "modern-japan": 0.4, "drama": 0.5, "adult-lead": 0.4, "youkai": 0.3,
    "isekai": -0.6, "gaming": -1.0, "vrmmo": -1.2, "game-mechanics": -0.8, "otome-game-world": -1.0, "romcom": -0.5,
    "overpowered": -0.6, "absurd": -0.5, "demon-lord": -0.4, "idol": -0.4, "siblings": -0.5,
}  # fmt: skip
COMFORTING = {
    "heartwarming": 1.0, "cozy": 1.0, "slow-life": 0.8, "slice-of-life": 0.6, "bright": 0.5, "comedy": 0.4,
    "cooking": 0.5, "found-family": 0.5, "crafting": 0.3,
    "serious": -0.6, "war": -1.0, "military": -0.5, "suspense": -0.6, "revenge": -0.8, "politics": -0.4,
    "supernatural-battle": -0.4, "bittersweet": -0.4, "exiled": -0.3, "mind-games": -0.4, "abuse": -1.0, "age-gap": -1.0,
}  # fmt: skip
# Who mourns is not to be made laugh at any price, nor to be shaken up.
QUIETING = {
    "comedy": -0.3, "absurd": -0.6, "romcom": -0.4, "demon-lord": -0.6, "overpowered": -0.5, "action": -0.5,
    "villainess": -0.5, "gaming": -0.4,
}  # fmt: skip
# What a first book is better without, however faint.
TROUBLING = (*WARNINGS, "dark", "gritty", "horror", "war")
# Who asks for one of these is not surprised by what a reader is warned of.
HEAVY_WISHES = frozenset(("dark", "gritty", "horror", "death-game", "revenge", "war", "antihero", *WARNINGS))
NEVER_FOR_MINORS = frozenset(("sexual-content", "sexual-violence"))
# Who refuses the one means one partner to each, and refuses the other with it.
REFUSED_WITH = {"harem": ("reverse-harem",)}


def implied_by(refused: Iterable[str]) -> list[str]:
    """What is refused with `refused` and not said: the narrower forms, and the same thing told of the other side."""
    refused = list(refused)
    return [*narrower(refused), *(other for tag in refused for other in REFUSED_WITH.get(tag, ()))]


# --- Love stories -----------------------------------------------------------------------------------------------------

LOVE_STORIES = ("romance", "romcom", "drama")
# Bonds that are genres of their own: "no harem romance" asks for a romance.
BONDS_OF_THEIR_OWN = ("harem", "reverse-harem", "yuri", "bl")
# Stories in which "the male lead" is whom the heroine loves, and not who the story is told of.
HEROINES_STORIES = frozenset(("romance", "reverse-harem", "villainess", "female-lead", "marriage"))

# What somebody can be, and can be likened to.
BEINGS = frozenset((NON_HUMAN, "mecha", "monsters", "vampires", "dragons", "gods", "youkai", "demon-lord"))
# What is fought: who refuses "fantasy battles" refuses these, and no fantasy.
FIGHTS = frozenset(("action", "war", "supernatural-battle"))
# Who a story is told of.
LEADS = frozenset(("female-lead", "adult-lead"))
# Who asks for the one of these and refuses the other says one thing twice.
OPPOSITE_HEROES = frozenset(("adult-lead", "academy"))

# --- How works are told apart -----------------------------------------------------------------------------------------

# What tells how much of a mood or a genre there is where works are compared by it: the strongest of these.
MEASURED_BY = {
    "dark": ("dark", "gritty", "horror"),
    "serious": ("serious", "philosophical", "gritty"),
    "romance": ("romance", "romcom", "slow-burn"),
    "action": ("action", "supernatural-battle", "adventure"),
    "cozy": ("cozy", "heartwarming", "slow-life"),
}
# The same for what is no tag by itself: being light, being sad, a world of its own.
LIGHTER = ("bright", "cozy", "heartwarming", "comedy")
SADDER = ("tearjerker", "bittersweet")
SCARIER = ("horror", "suspense")
CRUELLER = ("gore", "sexual-violence", "abuse", "gritty")
WORLDLY = ("world-building", "magic-system")
# What makes the Japanese of a book harder or plainer as a rule: words of its own, or everyday talk.
HARD_TO_READ = frozenset(
    ("high-fantasy", "sf", "war", "historical", "politics", "economics", "military", "space", "chinese-style", "mecha")
)
PLAIN_TO_READ = frozenset(("modern-japan", "slice-of-life", "romcom", "academy", "slow-life", "cozy"))

# Grave, but of no death; and what no teenager is given even where it is only touched on.
OF_NO_DEATH = frozenset(("slavery", "abuse"))
NEVER_FOR_TEENS = frozenset(("sexual-violence",))
# What tells about how old a lead is.
GROWN_UP, AT_SCHOOL = "adult-lead", "academy"
# What tells a little of what no column says, by the topic of a question (`language/data/*/asked.txt`).
TELLS_OF = {
    "power": ("overpowered", "weak-to-strong", "genius", "mind-games", "supernatural-battle"),
    "couple": ("slow-burn", "marriage", "love-triangle", "harem", "reverse-harem", "romance", "romcom"),
    "pace": (
        "slow-life", "slice-of-life", "slow-burn", "suspense", "action", "death-game", "absurd", "cozy", "adventure",
        "philosophical",
    ),
    "secret": ("mystery", "suspense", "mind-games"),
}  # fmt: skip

# What people do in a story. Who wants "a cook, not a doctor" prefers one to the other, and bans neither for good.
TRADES = frozenset(
    ("medical", "cooking", "crafting", "economics", "politics", "military", "music", "idol", "gaming", "sports")
)

# What whoever is tired of a kind of story is seldom in the mood for either, unless they ask for it.
AKIN_TO_REFUSED = {"isekai": ("hero-party", "demon-lord", "high-fantasy")}
