"""What tells who a reader is, is hidden; titles, volumes, years and numbers of books are not."""

import re
from pathlib import Path

import pytest

from chatbot.text.personal_data import mask

HIDDEN = [
    ("메일은 mina.kim@example.com 이에요", "email"),
    ("mina@naver.com으로 보내 주세요", "email"),
    ("mina 골뱅이 naver 닷 com", "email"),
    ("write me at j.doe+books@mail.example.org please", "email"),
    ("jane(at)example(dot)com", "email"),
    ("JANE_DOE@EXAMPLE.CO.UK", "email"),
    ("hanako@example.co.jpまでお願いします", "email"),
    ("メールはtaro-y@docomo.ne.jpです", "email"),
    ("連絡先＝hanako＠example.jp", "email"),
    ("연락처 010-1234-5678", "phone"),
    ("01012345678로 전화 주세요", "phone"),
    ("010 1234 5678", "phone"),
    ("016.234.5678 번이에요", "phone"),
    ("집은 02-345-6789", "phone"),
    ("부산이라 051-234-5678", "phone"),
    ("인터넷 전화 070-1234-5678", "phone"),
    ("+82 10-1234-5678", "phone"),
    ("+821012345678", "phone"),
    ("call me (415) 555-2671", "phone"),
    ("my cell is 415-555-2671", "phone"),
    ("+1 415 555 2671", "phone"),
    ("ring +44 20 7946 0958", "phone"),
    ("携帯は090-1234-5678です", "phone"),
    ("08012345678", "phone"),
    ("会社 03-1234-5678 まで", "phone"),
    ("+81 90-1234-5678", "phone"),
    ("0120-444-4444", "phone"),
    ("주민번호 900101-1234567", "resident"),
    ("제 주민등록번호는 0503043123456 이에요", "resident"),
    ("881231-2******", "resident"),
    ("외국인등록번호 950615-5123456", "resident"),
    ("my SSN is 078-05-1120", "resident"),
    ("マイナンバーは123456789018です", "resident"),
    ("個人番号 1234-5678-9018", "resident"),
    ("카드번호 4111 1111 1111 1111", "card"),
    ("4111-1111-1111-1111 유효기간 12/28", "card"),
    ("my card 5500000000000004", "card"),
    ("amex 378282246310005", "card"),
    ("カードは3528000700000000です", "card"),
    ("국민은행 계좌 123456-04-123456 으로", "account"),
    ("계좌번호는 110-234-567890 입니다", "account"),
    ("account number: 12345678", "account"),
    ("IBAN DE89 3704 0044 0532 0130 00", "account"),
    ("口座番号 1234567 に振り込みます", "account"),
    ("みずほ銀行 普通 7654321", "account"),
    ("서울특별시 강남구 테헤란로 152", "address"),
    ("서울 마포구 월드컵북로 396, 101동 1203호", "address"),
    ("경기도 성남시 분당구 판교역로 235", "address"),
    ("부산광역시 해운대구 우동 1408", "address"),
    ("제주특별자치도 제주시 첨단로 242", "address"),
    ("〒100-0001 東京都千代田区千代田1-1", "address"),
    ("東京都新宿区西新宿2丁目8-1に住んでいます", "address"),
    ("大阪府大阪市北区梅田3-1-3", "address"),
    ("神奈川県横浜市西区みなとみらい2-2-1", "address"),
    ("I live at 221 Baker Street, London", "address"),
    ("1600 Pennsylvania Ave, Washington, DC 20500", "address"),
    ("ship to 42 Elm St, Apt 5, Springfield, IL 62704", "address"),
    ("번호는 010-9876-5432이고 이름은 비밀", "phone"),
    ("tel: 212-555-0199, evenings", "phone"),
    ("電話番号は06-6123-4567", "phone"),
]
LEFT = [
    "86 -에이티식스- 12권까지 읽었어요",
    "2019-2021년 사이에 나온 작품",
    "ISBN 978-4-04-865950-2 있나요?",
    "9784048659502",
    "979-11-278-1234-5",
    "소드 아트 온라인 1-28권",
    "10권 이하, 2020년 이후",
    "Re:Zero vol. 1-35, 2014 to 2026",
    "100万の命の上に俺は立っている",
    "1999年7月の作品",
    "No. 6 is 9 volumes",
    "제로의 사역마 22권 완결",
    "전생슬라임 1~23권, 외전 2권",
    "is 2.5 Dimensional Seduction a novel?",
    "魔法科高校の劣等生 32巻、2011年",
    "2024-01-05에 나온 책",
    "평점 8.5/10, 리뷰 1,234개",
    "2,000엔 이하로 300쪽",
    "I read 12 books in 2023-2024",
    "君の膵臓をたべたい @home で読んだ",
    "20세기 전기 목록, 3.14",
    "서울을 무대로 한 소설",
    "東京が舞台の話を3つ",
    "the Baker Street series, book 221",
    "던전 300층, 레벨 99999999",
    "0권부터 7.5권까지",
    "16bit センセーション 4巻 1192年",
    "777 7777 777",
]


@pytest.mark.parametrize(("text", "kind"), HIDDEN)
def test_it_is_hidden(text: str, kind: str) -> None:
    hidden = mask(text)
    assert f"[{kind}]" in hidden
    if kind != "address":
        assert len(re.findall(r"\d", hidden)) <= 4, hidden


@pytest.mark.parametrize("text", LEFT)
def test_it_is_left(text: str) -> None:
    assert mask(text) == text


def test_several_in_one_text() -> None:
    text = "mina@example.com, 010-1234-5678, 86 12권"
    assert mask(text, name="<{}>".format) == "<email>, <phone>, 86 12권"


@pytest.mark.parametrize("torn", ["mina.kim@exam", "mina@", "010-1234", "010 1234 56", "900101-12", "4111 1111 11"])
def test_what_a_cut_title_begins_with_is_hidden(torn: str) -> None:
    assert torn not in mask(f"목록은 여기로 {torn}…")


@pytest.mark.parametrize("title", ["전생슬 20권, 2012-2015…", "86 12권…", "2013 2014…", "1000 2000…", "lv 99…"])
def test_a_cut_title_without_any_is_left(title: str) -> None:
    assert mask(title) == title


@pytest.mark.parametrize("language", ["ko", "en", "ja"])
def test_samples_of_each_kind_without_a_miss_and_without_a_false_mask(language: str) -> None:
    lines = (Path(__file__).parent / "personal_data" / f"{language}.txt").read_text(encoding="utf-8").splitlines()[1:]
    samples = [line.partition("\t")[::2] for line in lines]
    assert len(samples) >= 120
    for text, pieces in samples:
        shown = mask(text)
        assert not pieces or not [one for one in pieces.split("|") if one in shown], shown
        assert pieces or shown == text


@pytest.mark.parametrize(
    "piece", ["0", "1-", "a@", "서울 ", "010-", "〒100", "계좌 ", "1 Aa ", "가 ", "가시 ", "1-1", "+1 ", "区1-", "A1a "]
)
def test_long_texts_cost_little(piece: str) -> None:
    assert mask((piece * 4000)[:4000])
