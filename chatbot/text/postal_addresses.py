"""Where somebody lives, as it is written in Korea, Japan and English-speaking countries.

Takes text with plain digits, spaces and dashes. A name of a place alone is none: what tells a home is its number.
"""

import re
from collections.abc import Iterator

# --- Korea ------------------------------------------------------------------------------------------------------------

NO_COUNT = (  # 3번, 12권: what is counted is no house
    r"(?![\d%~]|번(?!지|길)|명|년|권|화|회|시간|분|개|살|편|장|월|박|배|위|기|세|원|점|쪽|대|급|레벨|종|가지|차|부작|학년)"
    r"(?!\s?(?:이상|이하|정도|넘|퍼센트)|\s(?:번(?!지|길)|명|년|권|화|회|개|살|편)(?![가-힣]))"
)
FORMAL = r"[가-힣]{2,6}(?:특별자치시|특별자치도|특별시|광역시)"
REGION = (
    rf"(?<![가-힣])(?:{FORMAL}|(?:서울|부산|대구|인천|광주|대전|울산|세종)시?|"
    r"(?:경기|강원|충청[남북]|전라[남북]|경상[남북]|충[남북]|전[남북]|경[남북]|제주)도?)\s+"
)
NO_PLACE = (
    r"(?!(?:다시|혹시|역시|친구|누구|야구|축구|농구|지구|연구|도시|잠시|즉시|반드시|동시|당시|임시|장군|아군|적군|군|시|구|"
    r"하시|주시|계시|가시|오시|보시|읽으시)\s)"
)
DISTRICTS = rf"(?:(?<![가-힣]){NO_PLACE}[가-힣]{{1,8}}(?:시|군|구)\s+){{1,3}}(?:[가-힣]{{1,8}}(?:읍|면|동)\s+)?"
STREET = r"[가-힣0-9·]{1,16}(?<!으)(?:로|길)(?:\s?\d{1,4}번?[가-하]?길)?\s?\d{1,4}+(?:-\d{1,4}+)?+"
LOT = r"[가-힣0-9]{1,10}(?:동|리|가)\s?(?:산\s?)?\d{1,5}+(?:-\d{1,4}+)?+(?:번지)?"
NUMBERED_LOT = r"[가-힣0-9]{1,10}(?:동|리|가)\s?(?:산\s?)?\d{1,5}+(?:-\d{1,4}(?:번지)?|번지)"
ENDS = r"(?=\s*(?:$|[,.)!?\n])|\s?(?:에|예요|이에요|입니다|으로|이고|인데|번지|이야|야|이요)|\s(?:살아|사는|집))"
HOUSE = r"(?:아파트|빌라|오피스텔|맨션|빌딩|타워|자이|푸르지오|힐스테이트|래미안|롯데캐슬|더샵|아이파크|이편한세상|주공)(?:\s?\d{1,2}차)?"
ROOM = rf"(?:,?\s?(?:[가-힣A-Za-z0-9]{{1,20}}{HOUSE}\s?)?(?:[0-9A-Za-z가-힣]{{1,6}}동\s?)?\d{{1,5}}(?:호|층))*"
KOREAN = re.compile(
    rf"(?:{REGION})?{DISTRICTS}(?:{STREET}|{LOT}){NO_COUNT}{ROOM}"
    rf"|{REGION}(?:{NUMBERED_LOT}{NO_COUNT}|{STREET}{NO_COUNT}{ENDS}){ROOM}"
    rf"|(?:[가-힣A-Za-z0-9]{{1,15}}{HOUSE}\s?)?(?<!\d)\d{{2,4}}동\s?\d{{2,4}}호"
    r"|(?<=우편번호)[^\d\n]{0,6}(?:\d{5}|\d{3}-\d{3})(?!\d)",
)

# --- Japan ------------------------------------------------------------------------------------------------------------

PREFECTURE = r"(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)"
NAMED = r"[一-龥ぁ-んァ-ヶー々]"
CITIES = (
    r"(?:(?:札幌|仙台|さいたま|千葉|横浜|川崎|相模原|新潟|静岡|浜松|名古屋|京都|大阪|堺|神戸|岡山|広島|北九州|福岡|熊本)市|"
    r"(?:千代田|新宿|文京|台東|墨田|江東|品川|目黒|大田|世田谷|渋谷|中野|杉並|豊島|荒川|板橋|練馬|足立|葛飾|江戸川)区)"
)
NUMBER = r"(?:\d{1,4}+|[一二三四五六七八九十]{1,4}+)"
BLOCK = rf"{NUMBER}\s?(?:丁目|番地?|条|-(?=\d))[\d一二三四五六七八九十丁目番地号条東西南北の-]{{0,20}}+"
THREE = rf"{NUMBER}(?:丁目|-){NUMBER}(?:番地?|-)(?:{NUMBER}号?)?+"
FLAT = r"(?:\s?[^\s\d、。]{0,15}?\d{1,5}号室)?"
NO_PART = r"(?!\s?(?:巻|章|話|期|年|月|日|人|回|冊|部|歳|時|番目|クール|位|点|円))"
JAPANESE = re.compile(
    rf"(?:(?:〒\s?)?\d{{3}}-?\d{{4}}\s*)?{PREFECTURE}{NAMED}{{1,12}}[市区町村郡]{NAMED}{{0,20}}{BLOCK}{NO_PART}{FLAT}"
    rf"|(?:(?:〒\s?)?\d{{3}}-?\d{{4}}\s*)?{CITIES}{NAMED}{{1,16}}{BLOCK}{NO_PART}{FLAT}"
    rf"|{NAMED}{{1,8}}[市区町村]{NAMED}{{1,14}}{THREE}{NO_PART}{FLAT}"
    rf"|(?:{PREFECTURE}|{CITIES}){NAMED}{{1,16}}[町村字]{NAMED}{{0,6}}\d{{1,5}}+(?=$|[、。\s]|番|に住|です|まで|へ送)"
    rf"|〒\s?\d{{3}}-?\d{{4}}(?:\s?{NAMED}{{2,24}}{BLOCK}{FLAT})?"
    r"|(?<=郵便番号)[^\d\n]{0,6}\d{3}-?\d{4}(?!\d)"
)

# --- English-speaking countries ---------------------------------------------------------------------------------------

# Words that are hardly anything but streets, and those that titles are made of, too.
ROADS = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd)"
WAYS = (
    r"(?:Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Close|Square|Sq|Crescent|Parkway|Pkwy|Highway|Hwy|Circle|Cir|"
    r"Gardens|Grove|Mews|Row|Walk)"
)
BEFORE = r"\b\d{1,5}(?:-\d{1,4}|[A-Za-z])?\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][a-z'.]+|\d{1,3}(?:st|nd|rd|th))\s){1,4}"
APARTMENT = r",?\s(?:Apt|Apartment|Unit|Suite|Ste|Flat|\#)\.?\s?\#?\w{1,6}"
BRITISH_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
CODE = rf"(?:,?\s[A-Z]{{2}},?\s\d{{5}}(?:-\d{{4}})?|,\s[A-Z]{{2}}\b|,?\s{BRITISH_CODE})"
CITY = r",\s[A-Z][A-Za-z. ]{1,24}?(?![A-Za-z])(?:\s[A-Z][a-z]{1,20}){0,2}"
TAIL = rf"(?:{APARTMENT})?(?:{CITY})?(?:{CODE})?"
ENGLISH = re.compile(
    rf"{BEFORE}{ROADS}\b\.?{TAIL}"
    rf"|{BEFORE}{WAYS}\b\.?(?:{APARTMENT}|{CITY}|{CODE}){TAIL}"
    rf"|\bP\.?\s?O\.?\sBox\s\d{{1,6}}{TAIL}"
    rf"|(?i:(?<=zip\scode)|(?<=postcode)|(?<=post\scode)|(?<=\bzip))(?:\sis|:)?\s(?:\d{{5}}(?:-\d{{4}})?|{BRITISH_CODE})"
)
SAID = re.compile(
    r"\b(?:address(?:\sis)?|liv(?:e|es|ing)\sat|(?:ship|send|deliver|mail)\s(?:(?:it|them|this)\s)?to|moved\sto|home\sis)"
    rf"[:\s]{{1,3}}(?P<where>\d{{1,5}}[a-z]?\s(?:[\w'.]{{1,20}}\s){{1,4}}(?:{ROADS}|{WAYS})\b{TAIL})",
    re.IGNORECASE,
)


def found(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand in `text`."""
    for pattern in (KOREAN, JAPANESE, ENGLISH):
        yield from (one.span() for one in pattern.finditer(text))
    yield from (one.span("where") for one in SAID.finditer(text))
