"""What the README says of the code is true."""

import re

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

README = (settings.BASE_DIR / "README.md").read_text()
OURS = ("users", "catalogue", "chatbot", "huey_tasks")


def routes(resolver, prefix="/", namespace=""):
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield re.sub(r"<\w+:", "<", address), f"{namespace}{entry.name}"
        elif not address.startswith(("/accounts/", "/admin/")):
            yield from routes(entry, address, f"{entry.namespace}:" if entry.namespace else namespace)


def test_the_route_table_lists_every_route():
    told = set(re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", README, re.MULTILINE))
    told = {(address, name) for address, name in told if address.startswith("/")}
    assert told == set(routes(get_resolver()))


def test_the_diagram_shows_every_model():
    diagram = re.search(r"erDiagram\n(.*?)```", README, re.DOTALL)[1]
    shown = set(re.findall(r"\b[A-Z][A-Za-z]+\b", re.sub(r'"[^"]*"', "", diagram)))
    assert shown == {model.__name__ for label in OURS for model in apps.get_app_config(label).get_models()}


def test_the_diagram_shows_every_relation():
    shown = set(re.findall(r"^\s+(\w+) \|\|--o\{ (\w+)", README, re.MULTILINE))
    real = {
        (field.related_model.__name__, model.__name__)
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if field.many_to_one and field.related_model._meta.app_label in OURS
    }
    assert shown == real


def test_every_setting_is_in_the_example():
    named = set(re.findall(r"^#([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    code = (settings.BASE_DIR / "lightnovel" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|positive|switch|one_of)\(\s*"([A-Z_]+)"', code))
    served = (settings.BASE_DIR / "lightnovel" / "gunicorn.py").read_text()
    read |= set(re.findall(r'environ\.get\(["\']([A-Z_]+)["\']', served))
    read |= {f"{name}_{part}" for name in ("GOOGLE", "KAKAO", "NAVER") for part in ("CLIENT_ID", "SECRET")}
    assert named == read


def test_every_make_command_is_told():
    targets = set(re.findall(r"^([a-z-]+):", (settings.BASE_DIR / "Makefile").read_text(), re.MULTILINE)) - {"clean"}
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", README, re.MULTILINE)) == targets


def test_packages_are_told():
    base = (settings.BASE_DIR / "requirements" / "base.in").read_text()
    for package in re.findall(r"^([a-z0-9-]+)", base, re.MULTILINE):
        assert package in README, package


def test_the_number_of_works_is_told():
    works = (settings.BASE_DIR / "chatbot" / "catalogue" / "data" / "novels.jsonl").read_text().count("\n")
    assert f"holds {works} works" in README
    assert f"{works}편" in README
