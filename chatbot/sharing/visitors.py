"""Who opens a link: people are counted, programs that only look ahead are not."""

import re

ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|scrap|preview|facebookexternalhit|whatsapp|telegram|curl|wget|python|go-http|java/"
    r"|okhttp|libwww|httpclient|axios|node-fetch|yeti|daum|embedly|monitor|uptime|lighthouse",
    re.IGNORECASE,
)


def is_person(request) -> bool:
    agent = request.headers.get("User-Agent", "")
    looks_ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or "Purpose" in request.headers
    return bool(agent) and not looks_ahead and not ROBOT.search(agent)
