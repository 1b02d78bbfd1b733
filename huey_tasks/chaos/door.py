"""Who comes to the door meanwhile: many who sign up at once, and some who have forgotten their password, while the mail
server accepts and says nothing."""

import contextlib
import socket
import threading
import time

from .readers import TOKEN, Away, Browser
from .stack import in_background

PASSWORD = "lamp-and-shelf-7"
AT_ONCE = 20  # sign-ups of a burst
ANSWERED_WITHIN = 5  # seconds for who asks for a new password, whatever the mail server does
RESET = "/accounts/password/reset/"


class SilentMailServer:
    """Accepts every connection and never says a word. `url` for EMAIL_URL; `lines` are those it was called on."""

    def __init__(self):
        self.lines = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"
        in_background(self._accept)

    def _accept(self):
        while True:
            self.lines.append(self._listener.accept()[0])


class Door:
    """`emails`: addresses that readers have. `newcomers`: {name: browser}. `resets`: seconds each was answered after."""

    def __init__(self, ports, emails, languages):
        self.ports, self.emails, self.languages = ports, emails, languages
        self.newcomers, self.resets, self.trouble = {}, [], []
        self.forgetful = [Browser(ports, language) for language in languages]

    # --- Signing up --------------------------------------------------------------------------

    def burst(self):
        """Let many sign up at once, and wait for the last."""
        first = len(self.newcomers)
        threads = []
        for number in range(first, first + AT_ONCE):
            name = f"newcomer{number}"
            self.newcomers[name] = Browser(self.ports, self.languages[number % len(self.languages)])
            threads.append(in_background(self._sign_up, name))
        for thread in threads:
            thread.join(120)

    def _sign_up(self, name):
        browser = self.newcomers[name]
        try:
            # What got no answer is sent again; the page then says that the name is taken, and it is.
            token = TOKEN.search(browser.patiently("/accounts/signup/")[2])[1]
            fields = {"csrfmiddlewaretoken": token, "username": name, "email": f"{name}@example.com"}
            browser.patiently("/accounts/signup/", fields | dict.fromkeys(("password1", "password2"), PASSWORD))
        except Exception as error:  # counted by the verdict
            self.trouble.append(f"{name}: {error!r}")

    # --- A new password ----------------------------------------------------------------------

    def forget_until(self, enough):
        """Ask for a new password again and again, for addresses somebody has and for others."""
        number = 0
        while not enough.wait(0.7):
            number += 1
            known = self.emails[number % len(self.emails)]
            self.reset(self.forgetful[0], known if number % 2 else f"nobody{number}@example.com")

    def resets_at_once(self):
        threads = [
            in_background(self.reset, Browser(self.ports, self.languages[0]), email)
            for email in [*self.emails, *(f"nobody{number}@example.com" for number in range(AT_ONCE))][:AT_ONCE]
        ]
        for thread in threads:
            thread.join(60)

    def reset(self, browser, email):
        if browser not in self.forgetful:
            self.forgetful.append(browser)
        try:
            token = TOKEN.search(browser.send(RESET)[2])[1]
            began = time.monotonic()
            status = browser.send(RESET, {"csrfmiddlewaretoken": token, "email": email})[0]
            self.resets.append(time.monotonic() - began)
            if status != 302:
                self.trouble.append(f"a new password for {email}: {status}")
        except Away:
            return  # the web process was killed, or what it said is kept by the browser
        except Exception as error:  # counted by the verdict
            self.trouble.append(f"a new password for {email}: {error!r}")

    # --- What must hold ----------------------------------------------------------------------

    def faults(self, known, *, may_be_away):
        """{name of what may not be: list of what is}. `known`: the names of all readers there are. `may_be_away`: the
        database was restarted, of which pages may tell."""
        browsers = [*self.newcomers.items(), *(("a new password", browser) for browser in self.forgetful)]
        broken = [f"{name}: {what}" for name, browser in browsers for what in browser.broken]
        if not may_be_away:
            broken += [f"{name}: 503" for name, browser in browsers if browser.outages]
        return {
            "door broken": broken + self.trouble,
            "sign-ups lost": [name for name in self.newcomers if name not in known],
            "resets slow": [f"{seconds:.1f} s" for seconds in self.resets if seconds > ANSWERED_WITHIN],
            "door untried": [
                what for what, seen in (("sign-ups", self.newcomers), ("resets", self.resets)) if not seen
            ],
        }


def replies_beside(door, mail, victims):
    """Seconds until each of the victims' asks is taken up while letters wait for a mail server that says nothing."""
    called = len(mail.lines)
    door.resets_at_once()
    end = time.monotonic() + 30
    while len(mail.lines) == called and time.monotonic() < end:
        time.sleep(0.1)
    threads, before = [], {victim: len(victim.asked) for victim in victims}
    for victim in victims:
        victim.enough = threading.Event()
        if not victim.browser.cookies.get("sessionid"):
            victim.log_in()
        threads.append(in_background(victim.ask_and_read))
    for thread in threads:
        thread.join(90)
    # The first of each: a second one of the same conversation waits for it.
    took = [taken_up_after(one) for victim in victims for one in victim.asked[before[victim] :][:1]]
    return took, len(mail.lines) > called


def taken_up_after(asked):
    """Seconds from the first sighting of a turn until it was seen to be written; endless where it never was."""
    with contextlib.suppress(StopIteration):
        return next(one.at for one in asked.sightings if one.state != "queued") - asked.sightings[0].at
    return float("inf")
