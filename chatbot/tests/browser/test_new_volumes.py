"""From a work on the shelf to its coming volumes, in the page and in the calendar, and a year in books."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from .conftest import sign_up

pytestmark = pytest.mark.browser
WORK = "classroom-of-the-elite"


def test_what_is_put_on_the_shelf_is_looked_for_and_the_address_can_be_changed(open_page, plain_library):
    page, url = open_page(), plain_library.url
    sign_up(page, url)
    page.goto(f"{url}/users/releases/")
    expect(page.locator(".news li")).to_have_count(0)
    page.goto(f"{url}/novels/{WORK}/")
    page.locator("details.volumes summary").click()
    expect(page.locator("details.volumes td").first).to_be_visible()
    page.locator(f"#mark-{WORK}-want").click()
    expect(page.locator(f"#mark-{WORK}-want")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{url}/users/releases/")
    for kind in ("print", "audio"):
        page.locator(f"input[name=formats][value={kind}]").uncheck()
    page.locator(".news-form button").click()
    expect(page.locator("input[name=formats][value=print]")).not_to_be_checked()
    page.locator(".news-address button[value=renew]").click()
    first = page.locator("#address-ics").input_value()
    with urllib.request.urlopen(first) as answer:
        assert answer.read().startswith(b"BEGIN:VCALENDAR\r\n")
    page.locator(".news-address button[value=renew]").click()
    expect(page.locator("#address-ics")).not_to_have_value(first)
    assert page.request.get(first).status == 404
    assert page.request.get(page.locator("#address-rss").input_value()).ok


def test_a_year_without_books_says_so(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/year/")
    expect(page).to_have_url(re.compile(r"/users/year/\d{4}/$"))
    expect(page.locator(".state")).to_be_visible()
