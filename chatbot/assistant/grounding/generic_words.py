"""Words that speak of books in general: a name made of nothing else is a label or a heading, and no title."""

import re
from functools import lru_cache

from ...text.folding import key

# Of books and of recommending them: where one of these stands among generic words, it is a label for certain.
KOREAN = """
추천 추천작 추천하는 추천해요 추천할 추천드리는 추천드릴 추천합니다 추천드려요 작품 작품들 작품명 책 책들 도서 소설 라노벨 라이트노벨 노벨 웹소설 시리즈 이야기 이야기들 스토리
목록 리스트 후보 후보작 선정 선택 선별 엄선 결과 모음 비교 정리 요약 결론 소개 설명 안내 답변 질문 대답 제안 추가 기타
제목 제목명 원제 부제 작가 저자 글 그림 일러스트 일러스트레이터 삽화 출판사 레이블 연도 출간 출간일 발매일 연재 완결 완결작 연재중 미완 미완결 권수 권 전권 화 분량 길이 상태 평점 별점 순위 번호 링크 표지 언어 판본 한국어판 일본어판 영어판
줄거리 내용 개요 배경 세계관 설정 주제 소재 분위기 장르 특징 특성 태그 키워드 핵심 포인트 요소 매력 장점 단점 강점 약점 좋은 좋아하는 좋아할 아쉬운 점 재미 감상 감상평 평 한줄평 한줄 총평 느낌
이유 까닭 근거 추천사 왜 조건 조건들 요청 취향 기준 의도 독자 분 분들 대상 난이도 참고 참고사항 주의 주의사항 주의점 유의 경고 스포일러 스포 팁 메모 비고 보충 덧붙임 다음 단계 마무리 끝 시작 들어가며 인사
주인공 여주인공 남주인공 여주 남주 등장인물 인물 캐릭터 인물들 조연 히로인 악역 관계 성장 전개 결말 문체 문장 읽는 읽기 읽을 읽어볼 만한 만 할 순서 방법 때 시간 나이 시점 속도 볼 보는 볼만한 나오는 있는 없는 주는 되는 하는 위한 맞는 어울리는
"""
KOREAN_KINDS = """
첫 첫째 둘째 셋째 넷째 첫번째 두번째 세번째 네번째 다섯번째 번째 째 번 위 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 한 두 세 네 한가지 두가지 세가지 가지 편 개 종 선 베스트 톱
오늘 이번 최종 최고 최신 대표 대표작 인기 인기작 신작 숨은 명작 입문 입문작 입문용 초보 초보자 추천도서 우선 먼저 마지막 또는 그리고 및 더 또 다른 비슷한 이런 그런 어떤 이 그 저 제 저의 당신 여러분 모든 각 전체 새로운 같은 꼭 함께 가장
판타지 환타지 로맨스 로맨틱 코미디 러브코미디 러브 럽코 개그 일상 일상물 힐링 힐링물 치유 치유물 이세계 이세계물 전생 전생물 환생 환생물 회귀 회귀물 빙의 빙의물 학원 학원물 학교 청춘 청춘물 연애 연애물 순애 추리 추리물 미스터리 스릴러 서스펜스 호러 공포 액션 모험 모험물 배틀 전투 전쟁 역사 역사물 시대물 무협 마법 현대 현대물 도시 정통 다크 하드 로우 하이 먼치킨 사이다 슬로우 슬로 라이프 느린 빠른 하렘 역하렘 백합 악역영애 영애 던전 게임 복수 복수극 정치 군상극 성장물 드라마 가족 우정 사랑 여행 요리 음악 스포츠 메카 우주 초능력 이능 심리 철학 동화 동화풍 중세 중세풍 서양풍 동양풍 일본풍 중화풍
밝은 밝고 어두운 어둡고 조용한 조용하고 고요한 잔잔한 잔잔하고 차분한 차분하고 따뜻한 따뜻하고 포근한 무거운 무겁고 가벼운 가볍고 진지한 유쾌한 웃긴 재미있는 재밌는 슬픈 애틋한 달달한 달콤한 설레는 감동 감동적인 감성 감성적인 짧은 긴 쉬운 어려운 깊은 깊고 아름다운 신비로운 긴장감 긴장감있는 여운 편안한 느긋한 따스한 쓸쓸한 아련한 독특한 신선한 강렬한 탄탄한 매력적인 인상적인
평범 평범한 특히 강력 강추 치유계 일상계 환상 파멸 플래그 파멸플래그 추방 몰락 두뇌전 심리전 먼치킨물 사이다물 하렘물 착각물 착각계 영지물 경영 육아 육아물 노예 길드 레벨업 레벨 스킬 스테이터스 치트 무쌍 최강 츤데레 얀데레 소꿉친구 시스템 규칙 사용자 사서 더보기 보기
년 월 일 권째 물 풍 작 류 계 형 용 님 께 식
"""
KOREAN_JOINTS = "은 는 이 가 을 를 의 와 과 도 에 에서 에게 로 으로 만 이나 나 랑 이랑 하고 한 인 적 적인 들 별 들의 중 중에 중에서 께 라면 이라면 보다"
JAPANESE = """
おすすめ オススメ お薦め お勧め 推薦 推奨 イチオシ 一押し 紹介 ご紹介 作品 作品名 作品一覧 本 小説 物語 ライトノベル ラノベ ノベル シリーズ 書籍 話 ストーリー 一覧 リスト 候補 選定 選択 厳選 結果 比較 まとめ 要約 結論 説明 案内 回答 質問 提案 追加 その他 他 別
題名 題 タイトル 書名 原題 副題 作者 著者 著 作家 イラスト イラストレーター 挿絵 絵 文 出版社 レーベル 年 刊行 刊行年 発売日 連載 連載中 完結 完結済み 完結作 未完 巻 巻数 全巻 分量 長さ 状態 状況 評価 順位 番号 番 位 リンク 表紙 言語
あらすじ 内容 概要 背景 舞台 世界観 設定 主題 テーマ 題材 雰囲気 ジャンル 特徴 特色 タグ キーワード 要素 ポイント 魅力 見どころ 見所 読みどころ 長所 短所 強み 弱点 良い 良いところ 面白さ 感想 一言 ひとこと コメント 総評
理由 わけ 根拠 条件 希望 ご希望 要望 リクエスト 好み 基準 読者 方 人 向け 対象 難易度 参考 備考 補足 注意 注意点 ご注意 警告 ネタバレ ヒント メモ 次 次の一歩 最後 終わり 始め はじめ はじめに おわりに 挨拶
主人公 登場人物 人物 キャラ キャラクター ヒロイン ヒーロー 悪役 関係 成長 展開 結末 文体 読む 読み 読みたい 読みやすい 読み方 順番 方法 時 時間 年齢 視点 登場 ある ない する できる 推し 好き 好きな
"""
JAPANESE_KINDS = """
一 二 三 四 五 六 七 八 九 十 一つ 二つ 三つ 四つ 五つ ひとつ ふたつ みっつ つ 冊 作 目 第 番目 作目 冊目 選 最初 最終 最高 最新 代表 代表作 人気 人気作 新作 隠れた 名作 入門 初心者 今日 今回 今日の まず 続いて さらに もう もっと または そして および こちら これ それ この その あの 私 あなた 皆さん すべて 全て 各 全体 新しい 同じ 似た 似ている
ファンタジー 恋愛 恋愛もの ロマンス ラブコメ ラブ コメディ ギャグ 日常 日常系 癒し 癒やし 癒し系 異世界 異世界もの 転生 転移 学園 学園もの 学校 青春 純愛 推理 ミステリー ミステリ スリラー サスペンス ホラー 怪談 アクション 冒険 バトル 戦闘 戦争 歴史 時代 魔法 現代 都市 ダーク ハード ハイ ロー 最強 チート スローライフ スロー ライフ ハーレム 逆ハーレム 百合 悪役令嬢 令嬢 ダンジョン ゲーム 復讐 政治 群像劇 ドラマ 家族 友情 愛 恋 旅 料理 音楽 スポーツ メカ 宇宙 超能力 異能 心理 哲学 童話 中世 西洋風 和風 中華風
明るい 暗い 静か 静かな 穏やか 穏やかな 落ち着いた 温かい あたたかい 暖かい 重い 軽い 真面目 真面目な 楽しい 面白い 笑える 悲しい 切ない 甘い 感動 感動的 感動的な 短い 長い 深い 美しい 幻想的 幻想的な 不思議 不思議な 緊張感 余韻 ゆったり ほのぼの しっとり のんびり 独特 独特な 新鮮な
普通 普通の 特別 特別な 破滅 フラグ 破滅フラグ 死亡フラグ 死に戻り 追放 もふもふ モフモフ ざまぁ ざまあ 婚約破棄 溺愛 無双 無自覚 勘違い 勘違い系 内政 領地経営 経営 育児 頭脳戦 心理戦 ほろ苦い ほろ苦 じれじれ 両片想い 幼馴染 幼なじみ ツンデレ ヤンデレ ギルド スキル レベルアップ ルール システム ユーザー 司書 成り上がり 生まれ変わり 生まれ変わる
彼女 彼 名前 月 日 もの 物 系 風 型 用 様 さん こと とき ところ 的 中
"""
JAPANESE_JOINTS = "の な は が を に へ で と も や から まで より したい した している 向けの たい です"
ENGLISH = """
recommendation recommendations recommended recommend recommending suggestion suggestions suggested pick picks picked choice choices chosen selection selections selected option options candidate candidates list lists result results shortlist
work works book books novel novels light ln lns lightnovel lightnovels series story stories tale tales title titles volume volumes vol vols read reads reading reader readers reader's genre genres name names
author authors writer writers illustrator illustrators artist artists publisher label imprint year years released release published publication status completed complete ongoing finished length rating ratings score rank ranking link cover language edition editions translation
plot synopsis summary overview premise background setting settings world worldbuilding theme themes subject mood moods tone tones atmosphere vibe vibes feel style feature features tag tags keyword keywords key element elements highlight highlights point points strength strengths weakness weaknesses pro pros con cons appeal like likes love loved fun thoughts verdict review impression
reason reasons why fits fit it's its matches match works because rationale condition conditions request requests taste tastes preference preferences criteria note notes caution warning warnings caveat caveats content spoiler spoilers tip tips memo remark remarks extra extras bonus addition additional mention mentions honorable honourable conclusion closing final finally step steps intro introduction opening answer answers question questions comparison compare table
"""
ENGLISH_KINDS = """
it they them he she main character characters protagonist hero heroine lead leads cast villain relationship growth development pacing pace ending order time age
first second third fourth fifth sixth seventh eighth last one two three four five six seven eight nine ten top best good great better favorite favourite favorites favourites no number next new newest latest popular hidden gem gems must perfect ideal beginner beginners starter classic classics must-read today today's here there this these that those are is be was for to of the a an and or with without in on at by from as my your you me i we us our who what which how when if also more most other others another similar some any all each both about into not but so just may might can could would should will want wants need
fantasy romance romantic comedy comedies romcom slice life isekai reincarnation reincarnated transmigration regression school academy youth mystery mysteries detective thriller suspense horror action adventure battle war historical history magic magical modern urban dark hard high low epic slow slow-burn burn slow-life harem reverse yuri villainess dungeon game games gaming revenge politics political drama family friendship travel cooking music sports mecha space sci-fi scifi sf science fiction supernatural psychological philosophical medieval cozy cosy overpowered op
bright brighter dark darker light-hearted lighthearted quiet calm gentle warm heartwarming heavy heavier serious funny sad bittersweet sweet touching emotional short long easy deep beautiful dreamy tense soft relaxing melancholic unique fresh whimsical wholesome gritty
quick target audience different final death flag flags redo doom tsundere yandere childhood friend friends enemies banished exile status skill skills level levels leveling system user assistant rules rule violence content angst stakes summoning reincarnation option runner-up runner up
dear hello hi thanks thank please yes yeah no wow oh ah ok okay hmm well sorry happy reading librarian
"""

ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)?|[ivx]{1,4})")
WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
CJK = re.compile(r"[가-힣\u3040-\u30ff\u3400-\u9fff]")
_BOOKISH = frozenset(key(word) for word in f"{KOREAN} {JAPANESE} {ENGLISH}".split())
_LATIN = frozenset(key(word) for word in f"{ENGLISH} {ENGLISH_KINDS}".split())
_WORDS = frozenset(key(word) for word in f"{KOREAN} {KOREAN_KINDS} {JAPANESE} {JAPANESE_KINDS}".split())
_JOINTS = frozenset(key(word) for word in f"{KOREAN_JOINTS} {JAPANESE_JOINTS}".split())
_MAX_LENGTH = max(map(len, _WORDS))


@lru_cache(maxsize=4000)
def is_generic(name):
    """Whether `name` is made wholly of words that stand for no work: "추천 작품", "おすすめのラノベ", "Here are my picks"."""
    words = WORDS.findall(name[:200])
    return bool(words) and all(map(_is_generic_word, words))


@lru_cache(maxsize=4000)
def is_label(name):
    """Whether a generic `name` is not even worth looking up. Some works are called by generic words: No Game No Life."""
    if not is_generic(name):
        return False
    words = WORDS.findall(name[:200])
    short = len(words) < 2 and not (CJK.search(name) and len(key(name)) > 3)
    return short or any(_is_bookish(key(word)) for word in words)


def _is_bookish(letters):
    return letters in _BOOKISH or any(
        letters[start:end] in _BOOKISH
        for start in range(len(letters))
        for end in range(start + 2, min(len(letters), start + _MAX_LENGTH) + 1)
        if CJK.search(letters)
    )


def _is_generic_word(word):
    letters = key(word)
    if not CJK.search(word):
        plain = letters.removesuffix("s")
        parts = [key(part) for part in re.split(r"[-'’]", word)]
        if {letters, plain} & _LATIN or ORDINAL.fullmatch(letters):
            return True
        return len(parts) > 1 and all(part in _LATIN or part in ("s", "ll", "re", "ve", "d", "t") for part in parts)
    return _is_made_of_words(letters)


def _is_made_of_words(letters):
    """Whether `letters`, written without spaces, can be cut into generic words, each with the particles behind it."""
    # Places reached by a whole word, and those reached by particles behind one: a particle alone is no word.
    reached = [False] * (len(letters) + 1)
    reached[0] = True
    for start in range(len(letters)):
        if not reached[start]:
            continue
        for end in range(start + 1, min(len(letters), start + _MAX_LENGTH) + 1):
            piece = letters[start:end]
            if piece in _WORDS or piece.isdigit() or piece in _LATIN or (start and piece in _JOINTS):
                reached[end] = True
    return reached[-1]
