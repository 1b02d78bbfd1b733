from django.utils.translation import gettext as _

# In this order: most browsers also give the names of those that came before them.
BROWSERS = [
    ("KAKAOTALK", "KakaoTalk"), ("NAVER", "Naver"), ("Whale/", "Whale"), ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"), ("OPR/", "Opera"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
]  # fmt: skip
SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
]  # fmt: skip


def device(user_agent):
    """What a reader would call the thing they used: “Chrome, Windows”."""
    named = [next((name for sign, name in table if sign in user_agent), None) for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or user_agent[:40] or _("Unknown device")
