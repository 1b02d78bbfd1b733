"""What a reader wants, read out of their words in Korean, English or Japanese. Pure: no database, no clock."""

from dataclasses import asdict, dataclass, field


@dataclass
class Wish:
    """One structured wish. Works are slugs, tags are slugs; empty means nothing was said about it."""

    liked: list = field(default_factory=list)  # works the reader liked and wants the like of
    read: list = field(default_factory=list)  # works named as already read (the liked ones are read too)
    refused: list = field(default_factory=list)  # works named as not wanted
    required: list = field(default_factory=list)  # tags every pick must carry
    wanted: dict = field(default_factory=dict)  # tags that speak for a pick: slug to weight, 0 to 1
    unwanted: list = field(default_factory=list)  # tags no pick may carry
    status: str = ""  # ongoing, completed
    min_volumes: int | None = None
    max_volumes: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    edition: str = ""  # language in which an edition must be known to exist: ko, en
    anime: bool | None = None
    brightness: int = 0  # -1 darker, 1 brighter
    less_known: bool = False
    count: int | None = None  # how many picks were asked for
    unknown_titles: list = field(default_factory=list)  # titles the reader named that are not on the shelf

    @property
    def names_works(self):
        """Slugs that must never come back: liked, read or refused."""
        return {*self.liked, *self.read, *self.refused}

    def as_json(self):
        """Only what was said, for keeping with the turn."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", 0, False, [], {})}

    @classmethod
    def from_json(cls, values):
        return cls(**values)
