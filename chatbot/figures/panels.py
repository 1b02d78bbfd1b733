"""A report in words, charts and tables. Each number leads to the rows it counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..assistant import failures
from ..catalogue.models import Gap, Novel, Tag
from ..models import Criterion, Turn
from ..review.models import Why
from .charts import Chart, Series, draw
from .counts import ERROR, RATIO, Counts
from .report import BY_WEEK, Report, Slot

TOP = 12  # of tags, works and titles
MAX_TITLE = 48  # characters of a work's title
LOOKED_THROUGH = 60  # titles, of which some may be on the shelf by now
WAITS = {  # name of the count: (title, what it says)
    "wait": (gettext_lazy("Wait in line"), gettext_lazy("From the ask to the beginning of the work on it.")),
    "first": (gettext_lazy("First text"), gettext_lazy("From the ask to the first text on the page.")),
    "whole": (gettext_lazy("Whole reply"), gettext_lazy("From the ask to the end, of replies that came whole.")),
}


@dataclass(frozen=True)
class Cell:
    text: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """`bar`: its length in per cent as an attribute takes it, where the table is drawn."""

    head: Cell
    cells: list[Cell]
    bar: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    head: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Panel:
    """`empty`: what is said where nothing was counted."""

    id: str
    title: str
    table: Table
    chart: Chart | None = None
    note: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure of the period, with what it is made of."""

    name: str
    value: str
    href: str
    detail: str = ""


@dataclass
class Panels:
    """What a page shows of `report`. `sees`: whether the operator may open rows of a model, by its label."""

    report: Report
    sees: Callable[[str], bool] = field(default=lambda label: True)

    def __post_init__(self) -> None:
        # Asked for once, as a page has thousands of ways.
        self.turns_list = reverse("admin:chatbot_turn_changelist")
        self.items_list = reverse("admin:chatbot_reviewitem_changelist")
        self.whole = self.report.whole
        self.turns = self.whole.total("turns")
        self.done = self.whole["turns"][Turn.State.DONE]
        self.thumbs_up, self.thumbs = self.whole["thumbs"][Turn.Thumb.UP], self.whole.total("thumbs")
        self.failed = self.whole["turns"][Turn.State.FAILED]

    # --- The figures of the period -------------------------------------------------------------------------------

    def tiles(self) -> list[Tile]:
        report, cost = self.report, self.whole.total("cost")
        p50, p95 = self.whole.p50("first"), self.whole.p95("first")
        guests = number(self.whole.total("guests") / report.days)
        return [
            Tile(_("Turns"), number(self.turns), self.to_turns()),
            Tile(
                _("Readers a day"),
                number(report.readers_a_day),
                self.to_turns(),
                _("%(n)s of them guests") % {"n": guests},
            ),
            Tile(
                _("Failed"), percent(self.failed, self.turns), self.to_turns(failure="any"), of(self.failed, self.turns)
            ),
            Tile(_("First text, p50"), seconds(p50), self.to_slow("first", self.whole), f"p95 {seconds(p95)}"),
            Tile(
                _("Thumbs up"),
                percent(self.thumbs_up, self.thumbs),
                self.to_turns(thumb=Turn.Thumb.UP),
                of(self.thumbs_up, self.thumbs),
            ),
            Tile(_("Cost"), money(cost), self.to_turns(), _("%(n)s a turn") % {"n": money(cost / (self.turns or 1))}),
        ]

    def panels(self) -> list[Panel]:
        return [
            self.turns_and_readers(),
            self.failures(),
            *(self.times(name) for name in WAITS),
            self.thumbs_given(),
            self.doubtful(),
            self.verdicts(),
            self.cost(),
            self.tokens(),
            self.tags(),
            self.works(),
            self.titles(),
        ]

    # --- Over time -----------------------------------------------------------------------------------------------

    def turns_and_readers(self) -> Panel:
        states = [
            (Turn.State.DONE, _("Done"), "plain"),
            (Turn.State.STOPPED, _("Stopped"), "quiet"),
            (Turn.State.FAILED, _("Failed"), "bad"),
        ]
        columns = [self.series(name, style, lambda c, state=state: c["turns"][state]) for state, name, style in states]
        by_week = self.report.period in BY_WEEK
        name = _("Readers a day") if by_week else _("Readers")
        readers = Series(name, "good", [slot.readers for slot in self.report.slots])

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            told = [Cell(number(counts.total("turns")), self.to_turns(slot))]
            told += [self.led(counts["turns"][state], slot, state=state) for state, _name, _style in states]
            return [*told, Cell(number(slot.readers) if slot else "–")]

        return self.over_time(
            "turns",
            _("Turns and readers"),
            [_("Turns"), *(name for _state, name, _style in states), name],
            cells,
            told=number,
            columns=columns,
            lines=[readers],
        )

    def times(self, name: str) -> Panel:
        title, what = WAITS[name]
        lines = [
            self.series("p50", "plain", lambda counts: counts.p50(name)),
            self.series("p95", "dashed", lambda counts: counts.p95(name)),
        ]

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            return [
                Cell(number(counts.total(name)), self.to_turns(slot)),
                Cell(seconds(counts.p50(name))),
                Cell(seconds(counts.p95(name)), self.to_slow(name, counts, slot)),
            ]

        error = _("Percentiles are within %(error)s.") % {"error": f"±{100 * ERROR:.0f}%"}
        return self.over_time(
            name, str(title), [_("Turns"), "p50", "p95"], cells, told=seconds, lines=lines, note=f"{what} {error}"
        )

    def thumbs_given(self) -> Panel:
        up, down = Turn.Thumb.UP, Turn.Thumb.DOWN
        columns = [
            self.series(_("Helpful"), "good", lambda counts: counts["thumbs"][up]),
            self.series(_("Not helpful"), "bad", lambda counts: counts["thumbs"][down]),
        ]

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            given = counts["thumbs"]
            return [
                self.led(given[up], slot, thumb=up),
                self.led(given[down], slot, thumb=down),
                Cell(percent(given[up], given.total())),
            ]

        head = [_("Helpful"), _("Not helpful"), _("Share helpful")]
        note = _("On the day the reply ended, whenever the thumb came.")
        return self.over_time("thumbs", _("Readers' thumbs"), head, cells, told=number, columns=columns, note=note)

    def doubtful(self) -> Panel:
        def share(name: str) -> Callable[[Counts], float | None]:
            return lambda counts: ratio(counts.total(name), counts["turns"][Turn.State.DONE])

        lines = [
            self.series(_("Unknown title"), "plain", share("unverified")),
            self.series(_("Wrong fact"), "bad", share("wrong")),
        ]

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            done, unverified = counts["turns"][Turn.State.DONE], counts.total("unverified")
            wrong = counts.total("wrong")
            return [
                self.led(unverified, slot, unknown_title="yes"),
                Cell(percent(unverified, done)),
                self.led(wrong, slot, wrong_fact="yes"),
                Cell(percent(wrong, done)),
            ]

        head = [_("Unknown title"), _("share"), _("Wrong fact"), _("share")]
        note = _("Of the replies that came whole. Unknown titles are found within a minute or two of a reply's end.")
        return self.over_time(
            "doubtful", _("Unknown titles and wrong facts"), head, cells, told=rate, lines=lines, note=note
        )

    def cost(self) -> Panel:
        columns = [self.series(_("Cost"), "plain", lambda counts: counts.total("cost"))]

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            cost, turns = counts.total("cost"), counts.total("turns")
            return [Cell(money(cost), self.to_turns(slot) if cost else ""), Cell(money(cost / turns) if turns else "–")]

        head = [_("Cost"), _("a turn")]
        note = _("Of turns that are still kept; what a day has cost in all stands in the spending.")
        return self.over_time("cost", _("Cost"), head, cells, told=money, columns=columns, note=note)

    def tokens(self) -> Panel:
        columns = [
            self.series(_("Input"), "quiet", lambda counts: counts.total("tokens_in")),
            self.series(_("Output"), "plain", lambda counts: counts.total("tokens_out")),
        ]

        def cells(counts: Counts, slot: Slot | None) -> list[Cell]:
            read, written = counts.total("tokens_in"), counts.total("tokens_out")
            return [Cell(number(read), self.to_turns(slot) if read else ""), Cell(number(written))]

        return self.over_time("tokens", _("Tokens"), [_("Input"), _("Output")], cells, told=number, columns=columns)

    def series(self, name: Any, style: str, value: Callable[[Counts], float | None]) -> Series:
        return Series(str(name), style, [value(slot.counts) for slot in self.report.slots])

    def over_time(
        self,
        id: str,
        title: str,
        head: list[str],
        cells: Callable[[Counts, Slot | None], list[Cell]],
        *,
        told: Callable[[float], str],
        columns: Sequence[Series] = (),
        lines: Sequence[Series] = (),
        note: str = "",
    ) -> Panel:
        slots = self.report.slots
        is_drawn = any(value for one in (*columns, *lines) for value in one.values)
        chart = draw(
            [short(slot) for slot in slots],
            [self.to_turns(slot) for slot in slots],
            told=told,
            columns=columns,
            lines=lines,
        )
        rows = [Row(Cell(long(slot), self.to_turns(slot)), cells(slot.counts, slot)) for slot in reversed(slots)]
        rows.insert(0, Row(Cell(_("Together")), cells(self.whole, None), is_total=True))
        when = _("Hour") if self.report.period == "today" else _("Week") if self.report.period in BY_WEEK else _("Day")
        return Panel(id, title, Table([when, *head], rows), chart if is_drawn else None, note)

    # --- By what it was ------------------------------------------------------------------------------------------

    def failures(self) -> Panel:
        found = self.whole["failures"].most_common()
        rows = self.bars(
            (Cell(failures.cause(code)), n, [self.led(n, failure=code), Cell(percent(n, self.turns))])
            for code, n in found
        )
        head = [_("Cause"), _("Turns"), _("of all turns")]
        return Panel("failures", _("Failures by cause"), Table(head, rows), empty=_("Nothing failed in this time."))

    def tags(self) -> Panel:
        found = self.whole["tags"].most_common(TOP)
        tags = Tag.objects.in_bulk([slug for slug, _n in found], field_name="slug")
        rows = self.bars(
            (Cell(tags[slug].label if slug in tags else slug), n, [self.led(n, tag=slug), Cell(percent(n, self.turns))])
            for slug, n in found
        )
        head = [_("Tag"), _("Turns"), _("of all turns")]
        note = _("Turns whose wish, as understood by then, asks for it.")
        return Panel("tags", _("Tags asked for"), Table(head, rows), note=note, empty=_("No tag was asked for."))

    def works(self) -> Panel:
        found = self.whole["offered"].most_common(TOP)
        titles = Novel.objects.only("title_ko", "title_en", "title_ja", "title_romaji")
        novels = titles.in_bulk([int(pk) for pk, _n in found])
        outcomes = [self.whole[name] for name in ("begun", "dropped", "loved")]
        rows = self.bars(
            (
                self.cut(novels[int(pk)].title, self.to("catalogue.novel", "change", int(pk))),
                n,
                [self.led(n, work=pk), *(Cell(number(outcome[pk])) for outcome in outcomes)],
            )
            for pk, n in found
            if int(pk) in novels
        )
        head = [_("Work"), _("times offered"), _("begun reading"), _("dropped"), _("loved")]
        note = _(
            "Begun, dropped and loved (four stars and more) by those it was offered to, on their shelf since then. The"
            " shelves are looked at again within six hours."
        )
        return Panel("works", _("Works offered"), Table(head, rows), note=note, empty=_("No work was offered."))

    def titles(self) -> Panel:
        """Titles that were asked for and are still not on the shelf."""
        found = self.whole["titles"].most_common(LOOKED_THROUGH)
        gaps = Gap.objects.filter(key__in=[key for key, _n in found], state=Gap.State.OPEN).in_bulk(field_name="key")
        named = [(gaps[key], n) for key, n in found if key in gaps][:TOP]
        rows = self.bars(
            (
                self.cut(gap.title, self.to("catalogue.gap", "change", gap.pk)),
                n,
                [Cell(number(n)), Cell(number(gap.readers))],
            )
            for gap, n in named
        )
        head = [_("Title"), _("Readers"), _("ever")]
        note = _("Readers by day who asked for it, and readers who ever named it.")
        empty = _("Nothing was asked for that is not there.")
        return Panel("titles", _("Asked for and not on the shelf"), Table(head, rows), note=note, empty=empty)

    def verdicts(self) -> Panel:
        """Rates by criterion. Only what was drawn at random says something of the replies that nobody complained of."""
        given, scores, rows = self.whole["verdicts"], self.whole["scores"], []
        for one in Criterion.objects.filter(pk__in=[int(pk) for pk in given]):
            n, total = given[str(one.pk)], scores[str(one.pk)]
            is_scale = one.kind == Criterion.Kind.SCALE
            share = (total / n - 1) / 4 if is_scale else total / n
            told = _("%(mean)s of 5") % {"mean": decimal(total / n, 1)} if is_scale else percent(total, n)
            reviewed = self.to_items(why=Why.RANDOM, state="reviewed")
            rows.append(Row(Cell(_(one.name)), [Cell(told), Cell(number(n), reviewed)], f"{100 * share:.1f}"))
        head = [_("Criterion"), _("passed"), _("Verdicts")]
        note = _("Of replies drawn at random, one verdict a reply: what settled a difference, else the first.")
        empty = _("No reply that was drawn at random has been judged.")
        return Panel("verdicts", _("Verdicts on the random share"), Table(head, rows), note=note, empty=empty)

    def bars(self, found: Iterable[tuple[Cell, int, list[Cell]]]) -> list[Row]:
        rows = list(found)
        most = max((n for _head, n, _cells in rows), default=1)
        return [Row(head, cells, f"{100 * n / most:.1f}") for head, n, cells in rows]

    def cut(self, text: str, href: str) -> Cell:
        return Cell(Truncator(text).chars(MAX_TITLE), href)

    # --- Ways to the rows ----------------------------------------------------------------------------------------

    def led(self, n: int, slot: Slot | None = None, **filters: str) -> Cell:
        return Cell(number(n), self.to_turns(slot, **filters) if n else "")

    def to_turns(self, slot: Slot | None = None, **filters: str) -> str:
        return self._list(self.turns_list, slot, filters)

    def to_items(self, slot: Slot | None = None, **filters: str) -> str:
        return self._list(self.items_list, slot, {"state": "all", **filters})

    def to_slow(self, name: str, counts: Counts, slot: Slot | None = None) -> str:
        """Turns that took as long as the p95 or longer, down to where its bucket begins."""
        p95 = counts.p95(name)
        return self.to_turns(slot, took=f"{name}-{int(p95 / RATIO**0.5) / 1000:g}") if p95 else ""

    def to(self, model: str, page: str, pk: int) -> str:
        return reverse(f"admin:{model.replace('.', '_')}_{page}", args=[pk]) if self.sees(model) else ""

    def _list(self, address: str, slot: Slot | None, filters: dict[str, str]) -> str:
        when = self.report.period
        if slot or when == "today":
            shown = slot or self.report.slots[-1]
            when = shown.first.isoformat()
            if shown.last > shown.first:
                when += f"..{shown.last.isoformat()}"
        # What is joined here are words of ours, slugs and numbers.
        return "&".join([f"{address}?day={when}", *(f"{name}={value}" for name, value in filters.items())])


# --- In words ----------------------------------------------------------------------------------------------------


def short(slot: Slot) -> str:
    return f"{slot.first.month}/{slot.first.day}" if slot.hour is None else f"{slot.hour}:00"


def long(slot: Slot) -> str:
    if slot.hour is not None:
        return f"{slot.hour:02}:00"
    days = dict.fromkeys((slot.first, slot.last))
    return " – ".join(date_format(day, "MONTH_DAY_FORMAT") for day in days)


def decimal(value: float, places: int) -> str:
    # Rounded here: Django cuts off.
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True)


def number(value: float) -> str:
    """Whole, or with one decimal where it is small and broken."""
    return decimal(value, 0 if value == int(value) or value >= 100 else 1)


def seconds(ms: float | None) -> str:
    if ms is None:
        return "–"
    took = ms / 1000
    return _("%(n)s s") % {"n": decimal(took, 2 if took < 1 else 1 if took < 10 else 0)}


def money(millionths: float) -> str:
    amount = millionths / 1_000_000
    return decimal(amount, 4 if 0 < amount < 0.1 else 2)


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def rate(share: float) -> str:
    return f"{decimal(100 * share, 1 if 0 < share < 0.1 else 0)}%"


def percent(part: int, whole: int) -> str:
    return rate(part / whole) if whole else "–"


def of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}
