"""CSV of any kind: the separator found out, columns read by name, and tables whose columns the reader chose."""

import csv
import io
import re

from chatbot.text.folding import key

from ...shelf.models import MAX_DROP_WORDS
from ..isbn import isbn13
from ..lines import (
    MAX_PERSON,
    Faulty,
    Line,
    day,
    half_stars,
    is_day_first,
    note,
    number,
    number_id,
    one_line,
    rated,
    title,
    volumes,
)  # fmt: skip

SEPARATORS = ",\t;|"
LARGEST_CELL = 200_000
MAX_COLUMNS = 120
MAX_ROW_LINES = 400  # of one row, whose cells may hold line breaks
PREVIEWED = 6

# What a column of a table may be chosen to be.
FIELDS = (
    "title", "other_title", "authors", "isbn", "state", "rating", "volume", "volumes_read", "started_on",
    "finished_on", "note", "drop_words", "series", "kind", "mal", "anilist",
)  # fmt: skip
# What columns are mostly called; folded by `key`. The reader sees the choice and may change it.
HEADERS = {
    "title": "title name book booktitle bookname novel 제목 도서명 책제목 책이름 작품 작품명 서명 타이틀 タイトル 書名 作品名 題名 書籍名 作品",
    "other_title": "originaltitle nativetitle japanesetitle romaji titleja titleromaji englishtitle titleen titleko 원제 영어제목 일본어제목 原題",
    "authors": "author authors authorname writer creators 저자 작가 지은이 글쓴이 저자명 작가명 著者 作者 作者名 著者名 作家",
    "isbn": "isbn isbn13 isbn10 isbnuid isbn13桁 13桁isbn",
    "state": "status state readstatus shelf exclusiveshelf 상태 독서상태 읽은상태 읽기상태 읽음여부 독서여부 読書状況 状態 ステータス 状況",
    "rating": "rating score myrating starrating stars userrating 별점 평점 점수 評価 点数 スコア ★",
    "volume": "volume vol volumenumber number no 권 권수 권차 몇권 巻 巻数 何巻",
    "volumes_read": "volumesread progressvolumes progress readvolumes myreadvolumes 읽은권수 읽은권 既読巻数 読んだ巻数",
    "started_on": "startdate datestarted started startedat startedon 시작일 읽기시작 시작 開始日 読始日 読み始め",
    "finished_on": "finishdate datefinished dateread enddate finished finishedon completed lastdateread 완독일 다읽은날 읽은날 읽은날짜 완료일 読了日 読み終わり 終了日",
    "note": "note notes comment comments memo privatenotes review 메모 감상 한줄평 리뷰 メモ 感想 コメント レビュー",
    "drop_words": "whydropped dropreason dropwords reasonfordropping 하차이유 하차사유 포기이유 중단이유 하차한이유 포기한이유 中断理由 断念理由 挫折理由 やめた理由",
    "series": "series seriesname seriestitle 시리즈 시리즈명 シリーズ シリーズ名",
    "kind": "type format mediatype category 종류 분류 형식 種類 種別 形式",
    "mal": "malid idmal myanimelistid mangamangadbid",
    "anilist": "anilistid mediaid",
}  # fmt: skip
NAMED = {key(name): field for field, names in HEADERS.items() for name in names.split()}
# And what people call them in words of their own ("내 점수", "書いた人", "When done"): what is in the name, folded by
# `key`. The first that fits holds, where what stands in the column can be such a thing.
HEARD = [
    (field, re.compile(words))
    for field, words in (
        ("drop_words", "이유|까닭|사유|理由|わけ$|^why|reason"),
        ("started_on", "시작|처음읽|펼친|読み始|開始|^start|began|begun|whenstarted"),
        ("finished_on", "끝|완독|다읽은|읽은날|완료|마친|덮은|언제|読み終|読了|終わ|終了|読んだ日|いつ|finish|dateread|readon|whendone|whenread|^ended"),
        ("volumes_read", "읽은권|까지|몇권|진도|どこまで|何巻|読んだ巻|既読|howfar|upto|volumesread|volsread|lastread|progress"),
        ("rating", "점수|별점|평점|평가|별|점|評価|点|星|★|score|rating|stars|points|grade"),
        ("state", "상태|여부|읽었|진행|状|ステータス|status|^state|shelf|whereami"),
        ("note", "한마디|한줄|감상|메모|후기|느낌|코멘트|소감|비고|생각|ひとこと|ひと言|一言|感想|メモ|備考|レビュー|コメント|note|comment|thought|review|memo|impression|remark|opinion"),
        ("authors", "글쓴|지은|쓴사람|쓴이|저자|작가|書いた|著|作者|作家|author|writer|wrote|writtenby"),
        ("kind", "종류|분류|형식|매체|種別|種類|kind|type|^format|medium"),
        ("series", "시리즈|シリーズ|series"),
        ("volume", "권$|巻$|^vol"),
        ("title", "제목|작품|책|도서|이름|タイトル|題|作品|書名|本|title|book|name|novel|work"),
    )
]  # fmt: skip
LONGEST_HEADER = 20
SAMPLED = 40  # rows that are looked at for what a column may be
STATES = {
    "reading": "reading current currentlyreading inprogress watching repeating rereading 읽는중 읽는중이다 읽고있음 읽고있어요 보는중 이용중 감상중 いま読んでる 読んでる 読書中 読中 読んでいる本 読んでる本 読んでいる 読みかけ",
    "read": "read finished completed complete done 읽음 다읽음 완독 완독함 완료 읽었음 읽었어요 다읽었어요 읽은책 봤음 감상완료 読み終わった 読了 既読 読んだ 読んだ本 完読 読破",
    "want": "want toread wanttoread planned planning plantoread backlog wishlist wish tbr unread owned 읽고싶음 읽고싶어요 읽고싶은책 읽을예정 읽을책 보고싶음 보고싶어요 찜 위시 위시리스트 예정 안읽음 쌓아둠 読みたい 読みたい本 積読 積読本 積ん読 未読",
    "hold": "hold onhold paused pause stalled 보류 잠시멈춤 멈춤 쉬는중 중단중 保留 中断 一時停止 休止",
    "dropped": "dropped drop dnf didnotfinish abandoned stopped stoppedreading 하차 중도하차 하차함 포기 중도포기 중단 그만둠 그만읽음 탈락 途中でやめた 挫折 断念 読むのをやめた",
    "not": "notforme notinterested ignored 관심없음 안맞음 취향아님 興味なし 合わない",
}  # fmt: skip
STATE_NAMES = {key(word): state for state, words in STATES.items() for word in words.split()}
KINDS = {
    "manga": "manga comic comics oneshot manhwa manhua webtoon graphicnovel 만화 만화책 코믹 웹툰 漫画 コミック マンガ",
    "novel": "novel novels lightnovel ln webnovel 소설 라이트노벨 라노벨 웹소설 小説 ライトノベル ラノベ ノベル",
    "anime": "anime tv movie ova ona show game 애니 애니메이션 영화 드라마 게임 アニメ 映画",
}
DAYS = ("started_on", "finished_on")
SCALE_NAMED = re.compile(r"(?<!\d)(?:/\s*(5|10|100)(?!\d)|(5|10|100)\s*[점点])")
KIND_NAMES = {key(word): kind for kind, words in KINDS.items() for word in words.split()}


class Table:
    """Rows of cells. `header` holds the first row's cells, folded to lower case."""

    def __init__(self, text):
        self.text = text
        self.delimiter = _delimiter(text)
        first = next(self._cells(), (0, None))[1] or []
        self.width = len(first)
        self.header = [cell.strip().casefold() for cell in first]

    def _cells(self):
        """(number of the line it begins in, cells) of each row that is not empty; None for cells that cannot be cut.

        A quote that is opened and never closed costs its own line alone: those behind it are read for themselves.
        """
        csv.field_size_limit(LARGEST_CELL)
        lines = list(io.StringIO(self.text, newline=""))
        at = 0
        while at < len(lines):
            ends = self._end_of_row(lines, at)
            parsed = self._parsed(lines[at:ends]) if ends else []
            is_empty = not lines[at].strip()
            if not is_empty and (not parsed or any(cell.strip() for cell in parsed[0])):
                yield at + 1, parsed[0] if len(parsed) == 1 else None
            at = ends or at + 1

    def _end_of_row(self, lines, at):
        """Behind which line the row ends that begins at `at`; None where its quote is not closed."""
        quotes = 0
        for ends in range(at + 1, min(at + MAX_ROW_LINES, len(lines)) + 1):
            quotes += lines[ends - 1].count('"')
            # The quotes of a whole row are even in number, but for those within words: 5" nails.
            if quotes % 2 == 0 or (ends == at + 1 and len(self._parsed([lines[at], "\n\1"])) > 1):
                return ends
        return None

    def _parsed(self, lines):
        try:
            return [cells for cells in csv.reader(lines, delimiter=self.delimiter) if cells]
        except csv.Error:
            return []

    def whole_rows(self):
        """The rows that can be read, without the first."""
        return (row for row in self.rows() if not isinstance(row, Faulty))

    def rows(self, skip_header=True):
        """(line, cells) or Faulty of each row."""
        for place, (line, cells) in enumerate(self._cells()):
            if place == 0 and skip_header:
                continue
            if cells is None:
                yield Faulty(line, "quote")
            elif len(cells) > MAX_COLUMNS:
                yield Faulty(line, "columns", said(cells))
            else:
                yield line, cells

    def first_rows(self, most=PREVIEWED):
        """The first rows, for the reader to look at."""
        shown = []
        for _line, cells in self._cells():
            shown.append([one_line(cell, 80) for cell in (cells or [])[:MAX_COLUMNS]])
            if len(shown) == most:
                break
        width = max(map(len, shown), default=0)
        return [cells + [""] * (width - len(cells)) for cells in shown]


def _delimiter(text):
    """What cuts the first lines into the same number of cells, more than one."""
    sample = "\n".join(text[:20_000].splitlines()[:12])
    best, most = ",", 1
    for delimiter in SEPARATORS:
        widths = [len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter) if cells]
        if len(widths) > 1:
            widths = widths[:-1] or widths  # the last may be cut
        is_even = len(set(widths)) <= max(1, len(widths) // 4)
        if widths and is_even and min(widths) > most:
            best, most = delimiter, min(widths)
    return best


def said(cells):
    return one_line(" | ".join(cell for cell in cells if cell.strip()), 200)


def read_named(table, line_of):
    """Lines of a table whose columns are known by name: `line_of(number, {name: cell})`."""
    for row in table.rows():
        if isinstance(row, Faulty):
            yield row
            continue
        number_of_line, cells = row
        if len(cells) < table.width // 2 or len(cells) > table.width + 2:
            yield Faulty(number_of_line, "columns", said(cells))
            continue
        made = line_of(number_of_line, dict(zip(table.header, cells, strict=False)))
        yield made if made.title or made.ids or made.isbn else Faulty(number_of_line, "no_title", said(cells))


def guess(table):
    """What the columns may be: (has a header, {place: field})."""
    chosen = {}
    for place, name in enumerate(table.header):
        field = NAMED.get(key(name))
        if field == "other_title" or (field and field not in chosen.values()):
            chosen[place] = field
    columns = _columns(table)
    heard = _heard(table, columns, chosen)
    has_header = bool(chosen) or len(heard) > 1
    if has_header:
        chosen |= heard
    chosen |= _by_contents(columns, chosen)
    series = next((place for place, name in chosen.items() if name == "series"), None)
    if "title" not in chosen.values():
        chosen[series if series is not None else _wordiest(columns, chosen)] = "title"
    return has_header, chosen


def _columns(table):
    """[the cells of each column that are not empty], of the first rows below a header."""
    rows = table.first_rows(SAMPLED)[1:]
    return [[row[place] for row in rows if place < len(row) and row[place]] for place in range(table.width)]


def _heard(table, columns, chosen):
    """Columns whose names have a word in them for what they hold."""
    found = {}
    for place, name in enumerate(table.header):
        folded = key(name)
        if place in chosen or not folded or len(folded) > LONGEST_HEADER:
            continue
        for field, words in HEARD:
            free = field not in (*chosen.values(), *found.values())
            if free and words.search(folded) and _can_be(field, columns[place]):
                found[place] = field
                break
    return found


def _can_be(field, cells):
    """Whether at least half of `cells` can be such a thing."""
    reads = CHECKS.get(field, lambda cell: not day(cell))
    return 2 * sum(bool(reads(cell)) for cell in cells) >= len(cells)


def _by_contents(columns, chosen):
    """Columns that are told by what stands in them, whatever they are called."""
    found = {}
    for place, cells in enumerate(columns):
        for name, reads in (("state", state_of), ("isbn", isbn13)):
            free = name not in (*chosen.values(), *found.values()) and place not in chosen
            if free and cells and all(map(reads, cells)):
                found[place] = name
    return found


def _wordiest(columns, chosen):
    """The column with the longest words, which titles mostly are; no number and no date is one."""
    free = [place for place in range(len(columns)) if place not in chosen] or [0]
    words = [[cell for cell in cells if not day(cell) and number(cell) is None] for cells in columns] or [[]]
    return max(free, key=lambda place: sum(len(cell) for cell in words[place] if not cell.isascii() or " " in cell))


def state_of(value):
    """A state of the shelf for what a site or a reader calls it."""
    return STATE_NAMES.get(key(value), "")


def kind_of(value):
    return KIND_NAMES.get(key(value), "")


def read(table, options):
    """`options`: `columns` {place: field}, `header` (whether the first row is one), `scale` (the most of a rating)."""
    columns = {int(place): name for place, name in options.get("columns", {}).items()}
    rows = list(table.rows(skip_header=options.get("header", True)))
    told = [row[1] for row in rows if not isinstance(row, Faulty)]
    cells_of = {place: [cells[place] for cells in told if place < len(cells)] for place in columns}
    scale = options.get("scale") or _scale(
        table, {place: cells_of[place] for place, name in columns.items() if name == "rating"}
    )
    day_first = {place: is_day_first(cells_of[place]) for place, name in columns.items() if name in DAYS}
    for row in rows:
        if isinstance(row, Faulty):
            yield row
            continue
        number_of_line, cells = row
        line = _chosen_line(number_of_line, cells, columns, scale, day_first)
        yield line if line.title or line.ids or line.isbn else Faulty(number_of_line, "no_title", said(cells))


def scale_of(table, place):
    """The most that a rating in that column can be, as its name says or its numbers show."""
    return _scale(table, {place: [cells[place] for _line, cells in table.whole_rows() if place < len(cells)]})


def _scale(table, ratings):
    """`ratings`: {place: cells}."""
    for place in ratings:
        if found := SCALE_NAMED.search(table.header[place] if place < table.width else ""):
            return int(found[1] or found[2])
    told = [rated(cell) for cells in ratings.values() for cell in cells]
    most = max((said for said, full in told if said and not full), default=0)
    return next((scale for scale in (5, 10, 100) if most <= scale), 100)


def _chosen_line(number_of_line, cells, columns, scale, day_first):
    made = Line(number_of_line)
    for place, name in sorted(columns.items()):
        value = cells[place] if place < len(cells) else ""
        if name in READERS:
            setattr(made, name, READERS[name](value))
        elif name in DAYS:
            setattr(made, name, day(value, day_first[place]))
            made.unread_day |= getattr(made, name) is None and bool(re.search("[1-9]", value))
        elif name == "rating":
            made.rating = half_stars(value, scale)
        elif name == "other_title":
            made.other_titles += tuple(filter(None, [title(value)]))
        elif number_id(value):
            made.ids[name] = number_id(value)
    if not made.title and made.other_titles:
        made.title, made.other_titles = made.other_titles[0], made.other_titles[1:]
    return made


def _last_number(value):
    found = re.findall(r"\d{1,3}(?:\.\d)?", str(value))
    return float(found[-1]) if found else None


READERS = {
    "title": title,
    "authors": lambda value: one_line(value, MAX_PERSON),
    "isbn": isbn13,
    "state": state_of,
    "volume": _last_number,
    "volumes_read": volumes,
    "note": note,
    "drop_words": lambda value: one_line(value, MAX_DROP_WORDS),
    "series": one_line,
    "kind": kind_of,
}
# What the cells of a column have to be, for it to be taken for such a thing.
CHECKS = {
    **dict.fromkeys(DAYS, re.compile(r"\d").search),
    "volumes_read": lambda cell: volumes(cell) or cell.strip() == "0" or cell.strip().endswith(" 0"),
    "volume": _last_number,
    "rating": lambda cell: rated(cell)[0] is not None and not day(cell),
    "state": state_of,
    "kind": kind_of,
}
