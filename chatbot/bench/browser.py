"""A reader before the page itself, in Chromium: what htmx, the morphing and the browser's timers add is in the figures.

One of them, as a browser takes the better part of a core.
"""

import asyncio
import os
import time

from .readers import PATIENCE, Sight, new_mark
from .stack import Missing

# Notes, by the clock of the machine, when the newest turn came, showed its first piece and was done.
OBSERVE = """() => {
    const now = () => (performance.timeOrigin + performance.now()) / 1000;
    window.sights = {};
    new MutationObserver(() => {
        const turn = document.getElementById("turns").lastElementChild;
        if (!turn || !turn.textContent.includes(window.sights.mark)) return;
        window.sights.returned ??= now();
        if (/\\bk\\d\\d\\b/.test(turn.querySelector("[data-reply]").textContent)) window.sights.first ??= now();
        if (turn.dataset.state !== "queued" && turn.dataset.state !== "running") window.sights.done ??= now();
    }).observe(document.getElementById("turns"), { childList: true, subtree: true, attributes: true, characterData: true });
}"""


class BrowserReader:
    """As `readers.Reader`."""

    def __init__(self, port, login, poll_every=None):
        root = f"http://127.0.0.1:{port}/"
        self.address = f"{root}conversations/{login['conversation']}/"
        self.cookies = [{"name": name, "value": value, "url": root} for name, value in login["cookies"].items()]
        self.playing = self.browser = self.page = None
        self.sent = 0

    async def open(self):
        try:
            from playwright.async_api import async_playwright
        except ImportError:
            raise Missing("no Playwright: `make bench` installs it") from None
        if not os.environ.get("CHROMIUM"):
            raise Missing("no Chromium: apt-get install chromium")
        self.playing = await async_playwright().start()
        self.browser = await self.playing.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        )
        context = await self.browser.new_context()
        await context.add_cookies(self.cookies)
        self.page = await context.new_page()
        await self.page.goto(self.address)
        await self.page.evaluate(OBSERVE)
        self.page.on("request", self._count)

    def _count(self, request):
        self.sent += "/turns/" in request.url or "/ask/" in request.url

    async def close(self):
        await self.browser.close()
        await self.playing.stop()

    async def read(self):
        """Ask once and watch the reply to its end."""
        mark = new_mark()
        sight, before = Sight(mark, 0.0), self.sent
        await self.page.evaluate("mark => { window.sights = { mark }; }", mark)
        await self.page.fill("#ask-text", f"조용한 판타지 추천해 주세요 {mark}")
        began = time.time()
        await self.page.press("#ask-text", "Enter")
        seen = await self._seen()
        # The page counts from 1970, the upstream from when the machine was started.
        offset = time.time() - time.monotonic()
        sight.sent = began - offset
        for name in ("returned", "first", "done"):
            setattr(sight, name, seen.get(name, offset) - offset)
        sight.requests = self.sent - before
        if await self.page.locator("[data-turn]").last.get_attribute("data-state") != "done":
            sight.trouble = "the reply failed"
        return sight

    async def _seen(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            seen = await self.page.evaluate("window.sights")
            if seen.get("done"):
                return seen
            # Seldom: each look takes the page's own thread.
            await asyncio.sleep(0.25)
        return {}
