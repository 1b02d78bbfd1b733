import pytest

from chatbot.text import folding
from chatbot.text.folding import key, without_subtitle


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("無職転生", "無 職 転 生"),
        ("リゼロ", "りぜろ"),
        ("ＳＡＯ", "sao"),
        ("ｿｰﾄﾞｱｰﾄ･ｵﾝﾗｲﾝ", "ソードアート・オンライン"),
        ("노 게임 노 라이프", "노게임노라이프"),
        ("무직전생", "무직전생"),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_what_has_no_letters_has_no_key() -> None:
    assert key("!?★…") == key(None) == ""


def test_a_key_is_kept_of_what_may_be_a_title_and_of_nothing_longer() -> None:
    folding._kept_key.cache_clear()
    title, text = "Ａ Title" * 10, "a long text, " * 20
    assert key(title) == key(title) == "atitle" * 10
    assert key(text) == key(text) == ("alongtext" * 20)[: folding.MAX_KEY_LENGTH]
    kept = folding._kept_key.cache_info()
    assert (kept.hits, kept.currsize) == (1, 1)
    assert kept.maxsize is not None


def test_letters_of_the_alphabet_are_folded_as_any_others() -> None:
    every = "".join(map(chr, range(128)))
    assert folding.fold(every) == folding.fold(f"{every}가")[:-1]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("무직전생 ~이세계에 갔으면 최선을 다한다~", "무직전생"),
        ("無職転生 〜異世界行ったら本気だす〜", "無職転生"),
        ("Mushoku Tensei: Jobless Reincarnation", "Mushoku Tensei"),
        ("86―エイティシックス―", ""),
        ("86 -에이티식스-", "86"),
        ("Re:ゼロから始める異世界生活", ""),
        ("AB: The Long Story", ""),
        ("오버로드", ""),
    ],
)
def test_a_title_without_its_subtitle_is_a_name_when_enough_is_left(title: str, short: str) -> None:
    assert without_subtitle(title) == short
