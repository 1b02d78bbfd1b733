"""Lists as the sites write them, made after public exports; nobody's data is in them."""

import gzip
import json

MAL_ENTRY = """
\t\t\t\t<manga>
\t\t\t\t\t<manga_mangadb_id>{id}</manga_mangadb_id>
\t\t\t\t\t<manga_title><![CDATA[{title}]]></manga_title>
\t\t\t\t\t<manga_volumes>{volumes}</manga_volumes>
\t\t\t\t\t<manga_chapters>0</manga_chapters>
\t\t\t\t\t<my_id>7</my_id>
\t\t\t\t\t<my_read_volumes>{read}</my_read_volumes>
\t\t\t\t\t<my_read_chapters>0</my_read_chapters>
\t\t\t\t\t<my_start_date>{start}</my_start_date>
\t\t\t\t\t<my_finish_date>{finish}</my_finish_date>
\t\t\t\t\t<my_scanalation_group><![CDATA[]]></my_scanalation_group>
\t\t\t\t\t<my_score>{score}</my_score>
\t\t\t\t\t<my_storage></my_storage>
\t\t\t\t\t<my_retail_volumes>0</my_retail_volumes>
\t\t\t\t\t<my_status>{status}</my_status>
\t\t\t\t\t<my_comments><![CDATA[{comments}]]></my_comments>
\t\t\t\t\t<my_times_read>0</my_times_read>
\t\t\t\t\t<my_tags><![CDATA[]]></my_tags>
\t\t\t\t\t<my_priority>Low</my_priority>
\t\t\t\t\t<my_reread_value></my_reread_value>
\t\t\t\t\t<my_rereading>NO</my_rereading>
\t\t\t\t\t<my_discuss>YES</my_discuss>
\t\t\t\t\t<my_sns>default</my_sns>
\t\t\t\t\t<update_on_import>0</update_on_import>
\t\t\t\t</manga>
\t\t\t"""
MAL_DEFAULTS = {
    "id": 1, "title": "Lamplight", "volumes": 0, "read": 0, "start": "0000-00-00", "finish": "0000-00-00",
    "score": 0, "status": "Reading", "comments": "",
}  # fmt: skip


def mal(*entries, root="myanimelist"):
    body = "".join(MAL_ENTRY.format(**MAL_DEFAULTS | entry) for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
\t
\t<!--
\t Created by XML Export feature at MyAnimeList.net
\t Version 1.1.0
\t-->
\t<{root}>
\t\t<myinfo><user_id>1</user_id><user_name>x</user_name><user_export_type>2</user_export_type></myinfo>
{body}
\t</{root}>
""".encode()


def mal_gz(*entries):
    return gzip.compress(mal(*entries))


def anilist_account(*entries):
    """The download of an account: anime and manga by number."""
    defaults = {
        "id": 1, "series_type": 1, "user_id": 1, "series_id": 1, "status": 2, "score": 0, "progress": 0,
        "progress_volume": 0, "priority": 0, "repeat": 0, "private": 0, "notes": None, "custom_lists": "[]",
        "advanced_scores": "[]", "hidden_default": 0, "started_on": 0, "finished_on": 0,
        "created_at": "2018-08-20 03:18:48", "updated_at": "2019-01-30 02:22:26",
    }  # fmt: skip
    user = {"id": 1, "display_name": "x", "score_type": 4, "custom_lists": {"anime": [], "manga": ["ToReadNext"]}}
    lists = [defaults | one if isinstance(one, dict) else one for one in entries]
    return json.dumps({"user": user, "lists": lists, "reviews": [], "favourites": []}).encode()


def anilist_entry(id, romaji, *, format="NOVEL", english=None, native=None, mal=None, **fields):
    media = {
        "id": id,
        "idMal": mal,
        "format": format,
        "title": {"romaji": romaji, "english": english, "native": native},
    }
    entry = {
        "id": id, "mediaId": id, "status": "CURRENT", "score": 0, "progress": 0, "progressVolumes": 0, "repeat": 0,
        "notes": None, "startedAt": {"year": None, "month": None, "day": None},
        "completedAt": {"year": None, "month": None, "day": None}, "media": media,
    }  # fmt: skip
    return entry | fields


def anilist_answer(*lists):
    """The answer of the GraphQL interface. `lists`: (name, whether it is the reader's own, entries)."""
    groups = [
        {"__typename": "MediaListGroup", "name": name, "isCustomList": own, "isSplitCompletedList": False,
         "status": None if own else "CURRENT", "entries": entries}
        for name, own, entries in lists
    ]  # fmt: skip
    collection = {"__typename": "MediaListCollection", "hasNextChunk": False, "lists": groups}
    return json.dumps({"data": {"MediaListCollection": collection}}, ensure_ascii=False).encode()


def quoted(cells):
    return ",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells)


def table(header, *rows):
    """CSV with a header; a row is a mapping by column."""
    columns = header.split(",")
    lines = [header, *(quoted(row.get(name, "") for name in columns) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode()


GOODREADS = "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies"
STORYGRAPH = "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,Flawed Characters?,Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?"
HARDCOVER = "Title,Author,Series,Status,Privacy,Hardcover Book ID,Hardcover Edition ID,ISBN 10,ISBN 13,ASIN,Media,Country Code,Language Code,Binding,Pages,Duration in Seconds,Publish Date,Publisher,Genres,Moods,Tags,Content Warnings,Lists,Date Added,Date Started,Date Finished,Rating,Review,Review Contains Spoilers,Sponsored Review,Review Date,Review URL,Review Media URL,Private Notes,Owned,Compilation,Review Slate"
BOOKWYRM = "title,author_text,remote_id,openlibrary_key,inventaire_id,librarything_key,goodreads_key,bnf_id,viaf,wikidata,asin,aasin,isfdb,isbn_10,isbn_13,oclc_number,start_date,finish_date,stopped_date,rating,review_name,review_cw,review_content,review_published,shelf,shelf_name,shelf_date"


def booklog(*rows, columns=17):
    """ブクログ: cp932, every cell quoted, no header."""
    defaults = ["1", "", "", "-", "0", "", "", "", "", "2024-03-06 17:40:08", "0000-00-00 00:00:00"]
    defaults += ["", "", "", "", "本", "300"]
    lines = []
    for row in rows:
        cells = list(defaults)
        for place, value in row.items():
            cells[place] = value
        lines.append(quoted(cells[:columns]))
    return "\r\n".join(lines).encode("cp932")
