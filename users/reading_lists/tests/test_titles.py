"""A title in a list is cut down to the names a work may be known by, with its volume and what it is."""

import pytest

from chatbot.text.folding import key
from users.reading_lists import titles


@pytest.mark.parametrize(
    ("title", "name", "volume", "kind"),
    [
        (
            "Mushoku Tensei: Jobless Reincarnation (Light Novel) Vol. 3",
            "Mushoku Tensei: Jobless Reincarnation",
            3,
            "novel",
        ),
        ("Overlord, Vol. 1: The Undead King (Overlord Light Novels, #1)", "Overlord", 1, "novel"),
        ("86--EIGHTY-SIX, Vol. 11 (light novel)", "86 EIGHTY SIX", 11, "novel"),
        ("Re:ZERO -Starting Life in Another World-, Vol. 5", "Re:ZERO -Starting Life in Another World-", 5, ""),
        ("Classroom of the Elite: Year 2 (Light Novel) Vol. 4.5", "Classroom of the Elite: Year 2", 4.5, "novel"),
        ("Spice and Wolf, Vol. 4 (manga)", "Spice and Wolf", 4, "manga"),
        ("無職転生 ～異世界行ったら本気だす～ 5 (MFブックス)", "無職転生 ～異世界行ったら本気だす～", 5, ""),
        (
            "ダンジョンに出会いを求めるのは間違っているだろうか１８ (GA文庫)",
            "ダンジョンに出会いを求めるのは間違っているだろうか",
            18,
            "novel",
        ),
        ("盾の勇者の成り上がり 3 (MFコミックス フラッパーシリーズ)", "盾の勇者の成り上がり", 3, "manga"),
        ("ようこそ実力至上主義の教室へ 2年生編 3", "ようこそ実力至上主義の教室へ 2年生編", 3, ""),
        ("オーバーロード 第14巻", "オーバーロード", 14, ""),
        ("오버로드 제3권", "오버로드", 3, ""),
        ("무직전생 1~12권", "무직전생", 12, ""),
        ("『전생했더니 슬라임이었던 건에 대하여 01』", "전생했더니 슬라임이었던 건에 대하여", 1, ""),
        ("[라이트노벨] 책벌레의 하극상 (4)", "책벌레의 하극상", 4, "novel"),
        ("영애의 우아한 하루 만화판", "영애의 우아한 하루", None, "manga"),
        ("재와 환상의 그림갈 코믹스", "재와 환상의 그림갈", None, "manga"),
        ("고블린 슬레이어 4권까지", "고블린 슬레이어", 4, ""),
        ("액셀 월드 1권~9권", "액셀 월드", 9, ""),
        ("무직전생 1~9", "무직전생", 9, ""),
        ("무직전생 1-9", "무직전생", 9, ""),
        ("이 멋진 세계에 축복을! 〈3〉", "이 멋진 세계에 축복을!", 3, ""),
        ("후궁의 까마귀 《2》", "후궁의 까마귀", 2, ""),
        ("무직전생 전26권", "무직전생", None, ""),
        ("무직전생 (총 26권)", "무직전생", None, ""),
        ("데스마치 32권 완결", "데스마치", None, ""),
        ("무직전생 1~26권 완결", "무직전생", 26, ""),
        ("後宮の烏〈1〉", "後宮の烏", 1, ""),
        ("さくら荘のペットな彼女1-4巻", "さくら荘のペットな彼女", 4, ""),
        ("Fate/Zero 2巻まで", "Fate/Zero", 2, ""),
        ("灼眼のシャナ（全22巻）", "灼眼のシャナ", None, ""),
        ("ノーゲーム・ノーライフ2 (カドカワBOOKS)", "ノーゲーム・ノーライフ", 2, ""),
        ("Overlord up to volume 12", "Overlord", 12, ""),
        ("Overlord v14", "Overlord", 14, ""),
        ("Overlord, vols. 1–3", "Overlord", 3, ""),
        ("Youjo Senki (14 volumes)", "Youjo Senki", None, ""),
        ("Bungaku Shoujo Series", "Bungaku Shoujo", None, ""),
        ("86", "86", None, ""),
    ],
)
def test_what_hangs_on_a_title_is_cut_off(title, name, volume, kind):
    read = titles.read(title)
    whole = {key(one.text): one.volume for one in read.names if one.is_whole}
    assert whole.get(key(name), "no such name") == volume
    assert read.kind == kind
    assert read.base == key(name)


@pytest.mark.parametrize(
    ("title", "name", "volume"),
    [
        ("Sword Art Online 1: Aincrad (light novel)", "Sword Art Online", 1),
        ("ソードアート・オンライン 27 ユナイタル・リングVI (電撃文庫)", "ソードアート・オンライン", 27),
        ("この素晴らしい世界に祝福を！3 よんでますよ、ダクネスさん", "この素晴らしい世界に祝福を", 3),
        ("무직전생 5 - 이세계에 갔으면 최선을 다한다", "무직전생", 5),
        ("Mushoku Tensei: Jobless Reincarnation", "Mushoku Tensei", None),
    ],
)
def test_what_stands_before_a_bare_number_or_a_subtitle_is_only_a_part(title, name, volume):
    parts = {key(one.text): one.volume for one in titles.read(title).names if not one.is_whole}
    assert parts.get(key(name), "no such name") == volume


def test_a_series_in_a_column_of_its_own_gives_a_name_and_a_volume():
    read = titles.read("The Undead King", "Overlord (#1.0)")
    assert [(one.text, one.is_whole, one.volume) for one in read.names] == [
        ("The Undead King", True, 1.0),
        ("Overlord", False, 1.0),
    ]
    assert read.base == "overlord"


@pytest.mark.parametrize(
    ("title", "name", "volume", "author"),
    [
        ("Overlord by Kugane Maruyama", "Overlord", None, "Kugane Maruyama"),
        ("오버로드 3권 - 마루야마 쿠가네", "오버로드 3권", None, "마루야마 쿠가네"),
        ("오버로드, 마루야마 쿠가네 지음", "오버로드", None, "마루야마 쿠가네"),
        ("オーバーロード／丸山くがね著", "オーバーロード", None, "丸山くがね"),
        ("Overlord (Kugane Maruyama)", "Overlord", None, "Kugane Maruyama"),
        ("Kumo Desu ga, Nani ka? by Okina Baba", "Kumo Desu ga, Nani ka?", None, "Okina Baba"),
    ],
)
def test_behind_a_title_may_stand_who_wrote_it(title, name, volume, author):
    cut = {key(one.text): (one.volume, one.authors, one.is_whole) for one in titles.read(title).names if one.authors}
    assert cut[key(name)] == (volume, author, False)


@pytest.mark.parametrize(
    "title", ["86―エイティシックス―", "No.6", "8남이라니, 그건 아니잖아요!", "All You Need Is Kill"]
)
def test_numbers_that_belong_to_a_title_stay_in_it(title):
    assert titles.read(title).base == key(title)
