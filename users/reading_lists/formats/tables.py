"""CSV of any kind: the separator found out, columns read by name, and tables whose columns the reader chose."""

import csv
import io
import re

from chatbot.text.folding import key

from ..isbn import isbn13
from ..lines import MAX_PERSON, Faulty, Line, day, half_stars, note, number, number_id, one_line, title, volumes

SEPARATORS = ",\t;|"
LARGEST_CELL = 200_000
MAX_COLUMNS = 120
MAX_ROW_LINES = 400  # of one row, whose cells may hold line breaks
PREVIEWED = 6

# What a column of a table may be chosen to be.
FIELDS = (
    "title", "other_title", "authors", "isbn", "state", "rating", "volume", "volumes_read", "started_on",
    "finished_on", "note", "series", "kind", "mal", "anilist",
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
    "series": "series seriesname seriestitle 시리즈 시리즈명 シリーズ シリーズ名",
    "kind": "type format mediatype category 종류 분류 형식 種類 種別 形式",
    "mal": "malid idmal myanimelistid mangamangadbid",
    "anilist": "anilistid mediaid",
}  # fmt: skip
NAMED = {key(name): field for field, names in HEADERS.items() for name in names.split()}
STATES = {
    "reading": "reading current currentlyreading inprogress watching repeating rereading 읽는중 읽는중이다 읽고있음 읽고있어요 보는중 이용중 감상중 いま読んでる 読んでる 読書中 読中 読んでいる本 読んでる本 読んでいる",
    "read": "read finished completed complete done 읽음 다읽음 완독 완료 읽었음 읽었어요 다읽었어요 읽은책 봤음 감상완료 読み終わった 読了 既読 読んだ 読んだ本 完読",
    "want": "want toread wanttoread planned planning plantoread backlog wishlist wish tbr unread owned 읽고싶음 읽고싶어요 읽고싶은책 읽을예정 읽을책 보고싶음 보고싶어요 찜 위시 위시리스트 예정 안읽음 쌓아둠 読みたい 読みたい本 積読 積読本 積ん読 未読",
    "hold": "hold onhold paused pause stalled 보류 잠시멈춤 멈춤 쉬는중 중단중 保留 中断 一時停止 休止",
    "dropped": "dropped drop dnf didnotfinish abandoned stopped stoppedreading 하차 포기 중도포기 중단 그만둠 그만읽음 탈락 途中でやめた 挫折 断念 読むのをやめた",
    "not": "notforme notinterested ignored 관심없음 안맞음 취향아님 興味なし 合わない",
}  # fmt: skip
STATE_NAMES = {key(word): state for state, words in STATES.items() for word in words.split()}
KINDS = {
    "manga": "manga comic comics oneshot manhwa manhua webtoon graphicnovel 만화 만화책 코믹 웹툰 漫画 コミック マンガ",
    "novel": "novel novels lightnovel ln webnovel 소설 라이트노벨 라노벨 웹소설 小説 ライトノベル ラノベ ノベル",
    "anime": "anime tv movie ova ona show game 애니 애니메이션 영화 드라마 게임 アニメ 映画",
}
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

    def first_rows(self):
        """The first rows, for the reader to look at."""
        shown = []
        for _line, cells in self._cells():
            shown.append([one_line(cell, 80) for cell in (cells or [])[:MAX_COLUMNS]])
            if len(shown) == PREVIEWED:
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
    named = {place: NAMED[key(name)] for place, name in enumerate(table.header) if key(name) in NAMED}
    chosen = {}
    for place, name in named.items():
        if name == "other_title" or name not in chosen.values():
            chosen[place] = name
    chosen |= _by_contents(table, chosen)
    series = next((place for place, name in chosen.items() if name == "series"), None)
    if "title" not in chosen.values():
        chosen[series if series is not None else _wordiest(table, chosen)] = "title"
    return bool(named), chosen


def _by_contents(table, chosen):
    """Columns that are told by what stands in them, whatever they are called."""
    rows, found = table.first_rows()[1:], {}
    for place in range(table.width):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        for name, reads in (("state", state_of), ("isbn", isbn13)):
            free = name not in (*chosen.values(), *found.values()) and place not in chosen
            if free and cells and all(map(reads, cells)):
                found[place] = name
    return found


def _wordiest(table, chosen):
    """The column with the longest words, which titles mostly are."""
    rows = table.first_rows()
    free = [place for place in range(len(rows[0]) if rows else 1) if place not in chosen] or [0]
    return max(
        free, key=lambda place: sum(len(row[place]) for row in rows if not row[place].isascii() or " " in row[place])
    )


def state_of(value):
    """A state of the shelf for what a site or a reader calls it."""
    return STATE_NAMES.get(key(value), "")


def kind_of(value):
    return KIND_NAMES.get(key(value), "")


def read(table, options):
    """`options`: `columns` {place: field}, `header` (whether the first row is one), `scale` (the most of a rating)."""
    columns = {int(place): name for place, name in options.get("columns", {}).items()}
    scale = options.get("scale") or 0
    rows = list(table.rows(skip_header=options.get("header", True)))
    if not scale:
        scale = _scale(cells[place] for place, name in columns.items() if name == "rating"
                       for _line, cells in (row for row in rows if not isinstance(row, Faulty)) if place < len(cells))  # fmt: skip
    for row in rows:
        if isinstance(row, Faulty):
            yield row
            continue
        number_of_line, cells = row
        line = _chosen_line(number_of_line, cells, columns, scale)
        yield line if line.title or line.ids or line.isbn else Faulty(number_of_line, "no_title", said(cells))


def _scale(values):
    most = max((number(value) or 0 for value in values), default=0)
    return next((scale for scale in (5, 10, 100) if most <= scale), 100)


def _chosen_line(number_of_line, cells, columns, scale):
    made = Line(number_of_line)
    for place, name in sorted(columns.items()):
        value = cells[place] if place < len(cells) else ""
        if name in READERS:
            setattr(made, name, READERS[name](value))
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
    "started_on": day,
    "finished_on": day,
    "note": note,
    "series": one_line,
    "kind": kind_of,
}
