"""What readers ask a story to be about and no tag says: elves, cats, maids. Found in the titles and synopses of works."""

import re

from ..catalogue.snapshot_cache import cached_per_snapshot
from ..text.folding import fold

# Slug: words in Korean, English and Japanese. The first of each is the label.
WORDS = {
    "elf": ("엘프", "elf|elves|elven", "エルフ"),
    "dwarf": ("드워프", "dwarf|dwarves|dwarven", "ドワーフ"),
    "beastfolk": (
        "수인|케모미미|동물 귀|고양이 귀|묘인|견인족",
        "beastfolk|beastman|beastmen|beast girl|beast people|demihuman|demi-human|kemonomimi|cat girl|catgirl|fox girl|animal ears",
        "獣人|ケモ耳|けもみみ|亜人|猫耳|ネコミミ|半獣|狐耳",
    ),
    "cat": ("고양이|냥이|길냥이", "cat|kitten|kitty", "猫|ネコ|ねこ|にゃんこ"),
    "dog": ("강아지|멍멍이|개 키우는|반려견", "dog|puppy|hound", "犬|わんこ|子犬"),
    "wolf": ("늑대", "wolf|wolves|werewolf|werewolves", "狼|オオカミ"),
    "fox": ("여우", "fox|foxes", "狐|キツネ"),
    "bird": ("새가 나오는|앵무새|까마귀|부엉이", "bird|crow|raven|owl", "鳥|カラス|フクロウ"),
    "horse": ("말이 나오는|경주마|승마", "horse|horseback", "馬"),
    "slime": ("슬라임", "slime", "スライム"),
    "skeleton": ("해골|스켈레톤|언데드", "skeleton|undead", "骸骨|スケルトン|アンデッド"),
    "goblin": ("고블린|오크", "goblin|orc", "ゴブリン|オーク"),
    "spider": ("거미", "spider", "蜘蛛"),
    "fairy": ("요정", "fairy|fairies|pixie", "妖精|フェアリー"),
    "angel": ("천사", "angel", "天使"),
    "devil": ("악마", "devil", "悪魔"),
    "ghost": ("유령|귀신", "ghost", "幽霊|お化け"),
    "maid": ("메이드|하녀|시녀", "maid|maidservant", "メイド|侍女"),
    "butler": ("집사", "butler", "執事"),
    "knight": ("기사|기사단|여기사", "knight|knighthood", "騎士|騎士団|女騎士"),
    "princess": ("공주|공주님|황녀|왕녀", "princess|princesses", "王女|姫|お姫様|皇女"),
    "prince": ("왕자|황태자|왕세자", "prince", "王子|皇太子"),
    "noble": ("귀족|공작|백작", "noble|nobility|duke|aristocrat|aristocracy", "貴族|公爵|伯爵"),
    "saint": ("성녀", "saint|saintess|holy maiden", "聖女"),
    "priest": ("신관|사제|수녀|교회", "priest|priestess|nun|church", "神官|司祭|シスター|教会"),
    "witch": ("마녀", "witch|witches", "魔女"),
    "assassin": ("암살자|암살", "assassin|assassination|hitman", "暗殺者|暗殺|殺し屋"),
    "thief": ("도둑|괴도", "thief|thieves|phantom thief", "泥棒|怪盗|盗賊"),
    "pirate": ("해적", "pirate", "海賊"),
    "spy": ("스파이|첩보", "spy|spies|espionage", "スパイ|諜報"),
    "police": ("경찰|형사", "police|cop|detective squad", "警察|刑事"),
    "lawyer": ("변호사|재판|법정", "lawyer|attorney|courtroom", "弁護士|裁判|法廷"),
    "prison": ("감옥|교도소", "prison|jail", "牢獄|監獄|刑務所"),
    "teacher": ("선생님|교사|교수", "teacher|professor|tutor", "先生|教師|教授|家庭教師"),
    "writer": ("작가 지망|소설가|작가가 주인공|글 쓰는", "writer|novelist|author protagonist", "小説家|作家"),
    "mangaka": ("만화가|만화 그리는|동인지", "manga artist|mangaka|doujin", "漫画家|マンガ家|同人"),
    "painter": ("화가|그림 그리는|미술", "painter|painting|art club", "画家|絵描き|美術|絵を描"),
    "film": ("영화부|영화 찍는|영화를 찍|영화 만드는", "filmmaking|filmmaker|film club|movie star", "映画部|映画を撮|映画監督"),
    "theatre": ("연극|배우", "theatre|theater|stage play|actor|actress", "演劇|舞台俳優|役者"),
    "photography": ("사진 찍는|카메라", "photograph|photographer|photography|camera", "写真|カメラ"),
    "book": ("책 좋아하는|도서관|서점|책방", "library|bookstore|bookshop|bookworm", "図書館|本屋|書店|司書|図書委員|本好き"),
    "school-festival": ("문화제|학교 축제", "school festival|culture festival", "文化祭|学園祭"),
    "gyaru": ("갸루", "gyaru|gal", "ギャル"),
    "otaku": ("오타쿠|덕후", "otaku|nerd|geek", "オタク|ヲタク"),
    "loner": ("아싸|외톨이|히키코모리|은둔형", "loner|shut-in|hikikomori|recluse|neet", "ぼっち|陰キャ|引きこもり|ひきこもり|ニート"),
    "crossdressing": ("남장|여장", "crossdress|crossdressing|cross-dressing|disguised as a boy|disguised as a man", "男装|女装"),
    "gender-swap": ("성전환|TS물|TS", "gender swap|genderswap|gender bender|genderbend|body swap", "TS|性転換|女体化|入れ替わり"),
    "memory": ("기억상실|기억 상실|기억을 잃은", "amnesia|amnesiac|lost memories|memory loss|lost her memory|lost his memory", "記憶喪失|記憶を失"),
    "illness": ("시한부|불치병", "terminal illness|terminally ill|dying girl|incurable", "余命|不治の病|難病"),
    "immortal": ("불로불사|불사|영생", "immortal|immortality", "不老不死|不死"),
    "dream": ("꿈속|악몽", "dream world|dreamworld|lucid dream|nightmare", "夢の中|悪夢"),
    "sea": ("바다가|바다를|바다로|바다에서|바닷가|항해", "sea|ocean|sailing", "海の|海を|海へ|海辺|航海"),
    "island": ("무인도|외딴섬|외딴 섬", "island|deserted island", "無人島|孤島|離島"),
    "mountain": ("등산|캠핑|산속", "mountain|hiking|camping", "登山|キャンプ|山奥|雪山"),
    "fishing": ("낚시", "fishing", "釣り"),
    "hot-spring": ("온천", "hot spring|onsen", "温泉"),
    "train": ("기차|전철|열차|철도", "railway|railroad|steam train|trains", "電車|列車|鉄道"),
    "ship": ("비행선|비공정|잠수함", "airship|submarine", "飛空艇|飛行船|潜水艦"),
    "pilot": ("파일럿|조종사|비행기|전투기", "pilot|airplane|plane|fighter jet", "パイロット|飛行機|戦闘機|飛空士"),
    "motorcycle": ("오토바이|바이크", "motorcycle|motorbike", "バイク"),
    "sword": ("검사|검객|마검|성검", "swordsman|swordswoman|sword", "剣士|魔剣|聖剣"),
    "gun": ("총잡이|총이|저격", "gun|gunslinger|sniper", "銃|狙撃"),
    "guild": ("길드|접수원", "guild|receptionist", "ギルド|受付嬢"),
    "shop": ("가게|상점|잡화점", "shop", "店|雑貨店"),
    "cafe": ("카페|찻집|커피", "cafe|café|coffee|tea shop", "喫茶|カフェ|コーヒー"),
    "alcohol": ("맥주|와인|주점|술집|술 마시", "alcohol|beer|wine|tavern|pub", "酒|ビール|ワイン|居酒屋"),
    "sweets": ("과자|디저트|케이크|제과", "sweets|dessert|cake|pastry|confection", "お菓子|スイーツ|ケーキ|パティシエ"),
    "bread": ("빵집|제빵", "bread|bakery|baker", "パン屋|パン"),
    "flower": ("꽃집|꽃을|정원사|정원이", "flower|florist|gardener", "花屋|花畑|庭園|庭師"),
    "clothes": ("패션|옷 만드는|코스프레", "fashion|sewing|cosplay|tailor|dressmaker", "ファッション|裁縫|コスプレ|仕立て"),
    "jewel": ("보석", "jewel|gem|gemstone", "宝石"),
    "stars": ("별자리|천문|천체", "stargazing|astronomy|constellation", "天文|星座|星空"),
    "letter": ("편지", "letter", "手紙"),
    "fortune": ("점쟁이|타로|점술", "fortune teller|fortune-telling|tarot", "占い|占い師"),
    "robot-girl": ("안드로이드|인형", "android|doll|automaton|automata", "人形|アンドロイド|自動人形"),
    "clone": ("클론|복제인간", "clone", "クローン"),
    "invisible": ("투명인간", "invisible", "透明人間|透明"),
    "blind": ("시각장애|맹인|휠체어|장애", "blind|wheelchair|disability|disabled|deaf", "盲目|車椅子|障害|耳が聞こえ"),
    "old-lady": ("할머니|할아버지", "grandmother|grandfather|grandma|grandpa|old lady", "おばあちゃん|おばあさん|祖母|祖父|おじいさん"),
    "gap-year": ("대학생", "college student|university student", "大学生"),
    "yakuza": ("야쿠자|조폭|마피아", "yakuza|mafia|gangster|gang", "ヤクザ|マフィア|極道|不良"),
    "bodyguard": ("경호원|호위", "bodyguard|escort", "護衛|ボディーガード"),
    "superhero": ("히어로물|슈퍼히어로", "superhero|superheroes", "スーパーヒーロー|正義の味方|ヒーロー"),
    "tea": ("홍차|다도", "tea|tea ceremony", "紅茶|茶道"),
}  # fmt: skip
LANGUAGES = ("ko", "en", "ja")


def words_of(slug):
    """Language to the words for a subject."""
    return {language: words.split("|") for language, words in zip(LANGUAGES, WORDS[slug], strict=True)}


def label(slug, language):
    """The subject as a reader of `language` calls it, or the slug where it is none."""
    return words_of(slug).get(language, [slug])[0] if slug in WORDS else slug


@cached_per_snapshot
def works_about(catalogue):
    """Subject to the slugs of the works whose titles or synopses name it; subjects of no work are left out."""
    patterns = {language: _pattern(language) for language in LANGUAGES}
    found = {}
    for work in catalogue.works:
        for language, (pattern, subject_of) in patterns.items():
            text = fold(f"{work.titles.get(language, '')}\n{work.synopses.get(language, '')}")
            for match in pattern.finditer(text):
                for slug in subject_of[match["word"]]:
                    found.setdefault(slug, set()).add(work.slug)
    return {slug: frozenset(slugs) for slug, slugs in found.items()}


def _pattern(language):
    """(what finds every word of a language at once, word to its subjects)."""
    subject_of = {}
    for slug in WORDS:
        for word in words_of(slug)[language]:
            subject_of.setdefault(fold(word), []).append(slug)
    words = "|".join(re.escape(word) for word in sorted(subject_of, key=len, reverse=True))
    if language == "en":
        return re.compile(rf"\b(?P<word>{words})(?=(?:e?s)?\b)"), subject_of
    return re.compile(rf"(?P<word>{words})"), subject_of
