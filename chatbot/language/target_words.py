"""The words for what can be wanted or refused and is no tag of the shelf's own: whether a series has ended, an anime, an
edition, how well known it is. Their spellings are parted by "|"; `cues` holds the words that take a stand on them.
"""

OTHER_TARGETS = {
    ("status", "completed"): """
        완결|완결된|완결작|완결난|완결 난|완간|완결된 거|끝난|다 나온|끝까지 나온|finished|completed|complete|
        concluded|fully released|ended|完結|完結済み|完結済|完結した|完結作品|終わっている|全巻出て|
        이미 끝난|다 끝난|결말까지|결말 난|결말이 난|결말 나온|엔딩 난|엔딩이 난|엔딩까지|엔딩 나온|끝맺은|막을 내린|막 내린|종결된|마무리된|
        마무리 된|전권 나온|전권 출간|all the volumes are out|all volumes are out|all volumes out|every volume is out|
        all volumes released|fully out|fully published|completely published|wrapped up|already wrapped|wrapped already|proper ending|finished publishing|
        finished running|over and done with|done publishing|already over|終わってる|終わってて|終わった作品|終わったやつ|終わったもの|終わったの|最後まで出て|
        最後まで出た|最終巻まで|最終巻が出|全巻出|全部出て|全巻揃|全巻刊行|結末まで|ラストまで出|完結まで""",
    ("status", "ongoing"): """
        연재중|연재 중|연재중인|진행중|진행 중|연중 아닌|미완결|아직 나오는|계속 나오는|현재 연재|ongoing|on going|
        still running|still publishing|still being published|still coming out|in progress|unfinished|incomplete|
        連載中|刊行中|続いてる|続いている|未完|未完結|継続中|現在進行|안 끝난|아직 안 끝난|끝나지 않은|끝 안 난|신간 나오는|신간이 나오는|
        신간 계속|후속권 나오는|currently running|currently publishing|currently being|still being written|still getting|
        hasn't ended|has not ended|hasnt ended|hasn't finished|hasn't concluded|hasn't been completed|not over yet|
        아직 나오고 있는|지금도 나오고|신간 나오고|현재진행형|続きが出て|今も出て|still continuing|still active|new volumes coming|終わってない|終わっていない|完結していない|完結してない|まだ出てる|まだ出ている|出続けて|
        続刊中|続刊が出|新刊が出|刊行が続|still going|going strong|still releasing|still updating|still airing|아직 연재하는|아직 연재되는|
        계속 연재|아직도 나오는|まだ続く|続いてて""",
    ("anime", ""): """
        애니화|애니화된|애니 있는|애니가 있는|애니메이션화|애니로 나온|애니로도|애니 나온|애니로 만들어진|영상화|
        anime adaptation|anime adaptations|adapted into an anime|has an anime|with an anime|with anime|have an anime|
        got an anime|an anime|has anime|animated|anime version|turned into an anime|made into an anime|anime series|
        애니로 제작|애니로 방영|애니 방영|애니로 볼 수|アニメ化|アニメ化された|アニメ化済み|アニメになった|アニメがある|アニメあり""",
    ("anime", "maybe"): "애니|애니로|애니로는|애니메이션|애니메이션으로|anime|アニメ|アニメに",
    ("edition", "ko"): """
        정발|정발된|정식 발매|정식발매|국내 출간|국내에 나온|국내 발매|한국어판|한국어로 나온|한국어로 읽|
        한국어로 된|한국어 번역|한글로|한글판|한국에 나온|한국에서 나온|한국 출간|in korean|korean translation|
        korean edition|韓国語|韓国語版""",
    ("edition", "en"): """
        영어로 나온|영어로 된|영어판|영어로 읽|영문판|영어 번역|in english|english translation|english translated|
        english release|english edition|official translation|officially translated|official english|
        officially licensed|licensed|available in english|英語|英語版|英訳""",
    ("edition", ""): "번역된|번역본|번역돼|번역되어|translated|翻訳",
    ("known", ""): """
        유명한|유명|인기 있는|인기작|인기 많은|잘 알려진|알려진|메이저|메이저한|대중적인|popular|famous|
        well known|well-known|mainstream|hyped|有名|有名な|人気|人気の|メジャー|定番|知られている|知られて""",
    ("obscure", ""): """
        마이너|마이너한|숨은 명작|숨겨진 명작|숨은 작품|숨겨진|덜 알려진|덜 유명한|잘 안 알려진|안 유명한|안 알려진|
        인지도 낮은|묻힌|비주류|hidden gem|hidden gems|lesser known|lesser-known|less known|less popular|underrated|
        obscure|niche|overlooked|unknown|under the radar|off the beaten path|穴場|マイナー|隠れた名作|隠れた|
        知られざる|無名|埋もれた|知る人ぞ知る|掘り出し物""",
    ("anything", "known"): """
        명작|띵작|수작|갓작|대작|입문작|입문용|입문|국룰|must read|must-read|masterpiece|masterpieces|best|beginner|
        beginners|starter|top rated|highly rated|名作|傑作|神作|入門|初心者|王道""",
    ("male", ""): """
        남자 주인공|남주|남주인공|남주물|남자주인공|남성주인공|남주 시점|남자 시점|남성 시점|주인공이 남성|남성이 주인공|
        주인공 남자|소년이 주인공|남자애가 주인공|boy protagonist|boy lead|boy mc|boy main character|male leads|male pov|
        male protagonists|guy protagonist|guy mc|guy main character|man protagonist|protagonist is a guy|
        protagonist is a man|protagonist is a boy|protagonist is male|mc is a guy|mc is male|main character is male|
        main character is a guy|main character is a man|main character is a boy|男の主人公|男が主人公|男性が主人公|
        男主|主人公は男|主人公は男性|主人公が男性|主人公が男の子|少年が主人公|少年主人公|男性視点|男の子が主人公|남성 주인공|주인공이 남자|남자가 주인공|male lead|male protagonist|male mc|
        male main character|male hero|man as the protagonist|男主人公|男性主人公|主人公が男""",
    ("anything", ""): """
        아무거나|아무 거나|아무꺼나|암거나|뭐든 좋|뭐든지 좋|아무 책|알아서 추천|니 맘대로|네 맘대로|맘대로|랜덤|i'm open|
        literally anything|anything you like|up to you|dealer's choice|your choice|random|ランダム|おすすめなら|何でもいい|
        なんでもいい|なんでもok|何でもok|適当|お好きに|どれでもいい|아무거라도|뭐든|뭐든지|아무 작품|알아서 골라|알아서|다 좋아|뭐라도|anything goes|
        anything is fine|anything works|anything good|anything fun|anything really|anything will do|just anything|
        anything at all|whatever|surprise me|you pick|you choose|なんでも|何でも|おまかせ|お任せ|適当に|どれでも""",
}

# Words that say two tags at once.
BOTH = {
    ("romance", "fantasy"): "로판|로맨스 판타지|로판물",
    ("isekai", "reincarnation"): "이세계 전생|이세계 환생|이세계 전생물|異世界転生",
    ("isekai", "summoned"): "이세계 전이|이세계 소환|이세계 전이물|異世界転移|異世界召喚|isekai transfer",
    (
        "adult-lead",
        "female-lead",
    ): "adult woman|grown woman|adult female lead|adult female protagonist|older female lead|성인 여성|주인공이 성인 여성|大人の女性|主人公が大人の女性",
    ("dark", "fantasy"): "다크 판타지|dark fantasy|ダークファンタジー",
    ("female-lead", "mystery"): "female detective|lady detective|girl detective|여탐정|여자 탐정|女探偵|少女探偵",
}
