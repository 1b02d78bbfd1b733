"""A work as one level of fields, named as in the operators' form, and what differs between two states of it."""

from ..models import LANGUAGES

TITLES = (*LANGUAGES, "romaji")
NESTED = ("titles", "synopsis", "ko_certain")


def flat(row):
    """A line of novels.jsonl, or a part of one, as {field of the form: value}, with "tags" and "names" among them."""
    fields = {name: value for name, value in row.items() if name not in NESTED}
    fields |= {f"title_{code}": row["titles"].get(code, "") for code in TITLES if "titles" in row}
    fields |= {f"synopsis_{code}": row["synopsis"].get(code, "") for code in LANGUAGES if "synopsis" in row}
    return fields | ({"title_ko_certain": row["ko_certain"]} if "ko_certain" in row else {})


def nested(fields):
    """The line that `flat` was made of, of a whole work."""
    apart = {f"title_{code}" for code in TITLES} | {f"synopsis_{code}" for code in LANGUAGES} | {"title_ko_certain"}
    return {
        **{name: value for name, value in fields.items() if name not in apart},
        "titles": {code: fields[f"title_{code}"] for code in TITLES},
        "synopsis": {code: fields[f"synopsis_{code}"] for code in LANGUAGES},
        "ko_certain": fields["title_ko_certain"],
    }


def differences(before, after):
    """{field: [before, after]} of two lines; a field that only one of them has is compared with None."""
    before, after = flat(before), flat(after)
    names = [*before, *(name for name in after if name not in before)]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}
