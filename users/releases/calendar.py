"""Volumes as an iCalendar file (RFC 5545): an event a day long for each."""

from datetime import timedelta

MAX_OCTETS = 75  # of one line, before it is folded


def written(name, about, events):
    """The file's bytes. `about`: what it is, or empty. `events` are dicts of uid, day, stamp (a date), summary, description and url."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lightnovel//releases//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"]
    lines += ["X-PUBLISHED-TTL:PT12H"]
    lines += [f"X-WR-CALDESC:{escaped(about)}"] if about else []
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(event['uid'])}",
            f"DTSTAMP:{event['stamp']:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event['day']:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event['day'] + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(event['summary'])}",
            f"DESCRIPTION:{escaped(event['description'])}",
            f"URL:{event['url']}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def escaped(text):
    """`text` as a value: its commas, semicolons, backslashes and line breaks would end it."""
    text = "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)
    return text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def folded(line):
    """The octets of `line`, no more than 75 between two line breaks, none of them within a letter."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > MAX_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
