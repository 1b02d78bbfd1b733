"""Words that tell a title from an expression in quotes, by language; what is made of them is in `title_sense`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cues:
    """The words of one language, as lists divided by `|`; all but the last three may be patterns.

    `offers`: what recommends or tells of reading, some words behind a title. `kinds`: what a book is called.
    `bound`: what directly behind a title tells that it is one. `before`: what directly before it tells the same.
    `too`: praise of one more book. `stops`: where what is said of a title ends. `likens`: what behind a short name
    tells that somebody likes it or compares it. `tells`: what a phrase is when it is called that and is no title.
    `features`: what a book has; a phrase that ends so tells of a book. `labels`: how a label or a heading ends.
    `headings`: over a list of anything but books.
    """

    offers: str
    kinds: str
    bound: str
    before: str
    too: str
    stops: str
    likens: str
    tells: str
    features: str
    labels: str
    headings: str


KOREAN = Cues(
    offers="추천|권해|권합|권하|권할|읽어 ?보|읽어 ?봐|읽으|읽어 ?주|골랐|고르|정주행|어때|어떠|어떨까|집어|펼쳐|만나 ?보|제격|안성맞춤|딱이|빼놓|놓치|시작해",
    kinds="책|작품|소설|라노벨|라이트노벨|웹소설|시리즈|판타지|로맨스|명작|신작|추리물|군상극",
    bound="시리즈|\\d+권|제?\\d+부|[가-힣]+문고|정발|완결|작가|원작",
    before="작가의|작가님의|저자의|제목은|제목|소설|라노벨|라이트노벨|추천작은?|신작|명작|대표작|작품|책은?|하나는|번째는|(?:번째|추천) (?:책|작품)은|째로는|추천은|권은",
    too="좋|추천|권하|괜찮|재미|재밌|훌륭|멋지|멋진|빼놓|있습|있어|있고|있는데|읽|비슷|다른|떠올|생각나|생각났|유명",
    stops="다면|라면|려면|으면|하면|[이가]면|거든|지만|는데|때문",
    likens=(
        "처럼|같은|같이|보다|[을를] (?:좋아|재미|재밌|읽|봤|보셨|즐|아신)|의 (?:작가|주인공|팬)|[이가] (?:좋|마음|재미|재밌)|"
        "팬|[와과] (?:비슷|같)|풍|급|예요|이에요|입니다|시리즈|이후"
    ),
    tells="말|말씀|뜻|단어|표현|이름|별명|감정|마음|느낌|설정|직업|능력|힘|개념|주제|키워드|점|인사|대사|고백|질문|약속|조건|분위기|제도|문구|한마디|요소|기분",
    features=(
        "묘사|세계관|주인공|전개|설정|문체|분위기|구성|캐릭터|인물|인물들|등장인물|성장|관계|관계성|여운|복선|심리전|심리|유대|감성|재미|매력|긴장감|몰입감|대사|케미|개그|반전|결말|템포|"
        "속도감|서사|스토리|배틀|전투|로맨스|삽화|일러스트|두뇌전|두뇌 ?싸움|티키타카|감정선|사이다 전개|이내|이상|이하|미만"
    ),
    labels=(
        "당신에게|당신께|여러분께|분께|분들께|분에게|[는한은을] 분|[는한은을] 사람|\\S 때|때는|땐|쪽|쪽은|쪽이라면|원한다면|싶다면|찾는다면|좋아한다면|필요하다면|좋아하신다면|"
        "원하신다면|찾으신다면|^\\S{1,6}라면|소개|정리|요약|모음|모음집|추천|리스트|선택지|선택|가이드|팁|힌트|지수|포인트|추천 ?이유|주의|한마디|읽는 방법|고르는 방법|순서|필독|"
        "비교|\\d+선|다른 맛|더 ?보기|관련|정보|키워드|노블|^\\S{0,4}노벨|문고|출판사?|번외|보너스|설명|총평|평가|유형|스타일|취향|후보|강추|시스템|사용자|지침|형식"
    ),
    headings="특징|매력|포인트|장점|단점|이유|주의|팁|정리|요약|요소|조건|기준|방법|힌트|질문|키워드|설정|분위기|이런 ?분|이럴 ?때",
)
JAPANESE = Cues(
    offers=(
        "おすすめ|オススメ|お薦め|お勧め|薦め|勧め|推し|推薦|イチオシ|読んでみ|読んでくだ|読んでほし|いかが|どうでしょ|どうぞ|手に取|手にと|ぴったり|最適|欠かせ|外せ|選びました|選んだ|名作|"
        "傑作|見逃せ|始めて"
    ),
    kinds="作品|小説|本|ラノベ|ライトノベル|シリーズ|物語|ファンタジー|ラブコメ|一冊|名作|題名|タイトル",
    bound="シリーズ|第?[0-9０-９]+巻|[(（][^()（）\n]{0,12}(?:著|文庫|[0-9]{4})|全[0-9０-９]+巻|の[二三四五2-5２-５](?:作|冊|つ)|を(?=[。！!\n]|$)",
    before="小説|ラノベ|ライトノベル|作品|著の|先生の|作家|イチオシは|おすすめは|一冊は|一作は|つは、?|[冊作番つ]目は、?|最後は、?|最初は、?|推しは、?|選ぶなら、?|名作|まずは|次は|次に|ほかに|他に|それから",
    too="いい|良い|よい|素敵|名作|傑作|面白|おもしろ|人気|有名|捨てがた|あります|候補|似て|近い|思い浮か|浮かび|思い出",
    stops="なら|たら|れば|けれど|ですが|ますが|ので|方[にへ]|人[にへ]|好き|ところ",
    likens="の(?:よう|作者|主人公|ファン)|みたい|より|が(?:お)?好き|を(?:読|楽し|ご存)|[とに](?:同じ|似)|ファン|です|シリーズ|[がは](?:合|面白)",
    tells=(
        "言葉|ことば|意味|気持ち|気分|感情|台詞|セリフ|設定|名前|名|呼び名|職業|能力|力|概念|テーマ|キーワード|点|挨拶|告白|約束|条件|雰囲気|制度|切り口|要素|問い|思い|想い|表現|姿勢|"
        "状況|お題|感覚|願い|キャラ"
    ),
    features=(
        "世界観|主人公|描写|展開|設定|文体|雰囲気|構成|キャラ|キャラクター|登場人物|人物|成長|関係|関係性|余韻|伏線|心理戦|心理|絆|テンポ|掛け合い|会話|魅力|緊張感|没入感|セリフ|ギャグ|"
        "どんでん返し|結末|ストーリー|バトル|戦闘|挿絵|イラスト|頭脳戦|多め|少なめ|控えめ|系|もの好き|人間ドラマ|以内|以上|以下"
    ),
    labels=(
        "あなたへ|あなたに|方へ|方に|(?:たい|きな|する|いる)方|方向け|人へ|人に|人向け|向け|(?:たい|きな|する|いる|こんな)人|時に|時は|[いなたる]とき|ときに|^.{1,6}なら|"
        "[らば]これ|たいなら|好きなら|重視なら|派|前者|後者|ヒント|ポイント|コツ|まとめ|一覧|リスト|紹介|選び方|読み方|楽しみ方|[0-9０-９三五十]選|おすすめの?理由|注意|違う味|一言|ひとこと|"
        "沁みる|おすすめ|オススメ|順番|比較|文庫J?|レーベル|データ|레이블|데이터|ノベルス?|書房|出版|ブックス|番外編|おまけ|スタイル|(?:おすすめ|満足|甘さ)度|指数|候補|ルール|システム|ユーザー|形式|必読"
    ),
    headings="特徴|魅力|ポイント|長所|短所|見どころ|見所|読みどころ|おすすめの?理由|注意|まとめ|要約|要素|条件|基準|ヒント|コツ|質問|キーワード|選び方|設定|雰囲気|こんな",
)
ENGLISH = Cues(
    offers=(
        "recommend(?:ed|ing)?|suggest(?:ed|ing)?|try(?:ing)?|reads?|reading|miss|pick(?:ing)? up|"
        "check(?:ing)? out|start(?:ing)? with|begin with|consider|enjoy(?:ed)?|lov(?:e|ed|ing)|lik(?:e|ed)|"
        "finished|go with|go for|picks? (?:is|are|would be)|choice (?:is|would be)|look at|look into|chose|"
        "choose|mention|by the author of|titled"
    ),
    kinds=(
        "fantasy|novels?|light novels?|story|stories|tales?|series|romance|romcom|comedy|mystery|thriller|"
        "adventure|epic|sagas?|isekai|books?|reads?|gems?|classics?|masterpiece|trilogy|debut|drama"
    ),
    bound="series|novels?|light novels?|books?|vol(?:ume)?s?\\b|trilogy|saga|by [A-Z]|\\((?:vol|\\d{4}|by )",
    before=(
        "novels?|books?|series|stories|titles?|classics?|masterpiece|gem|pick|recommendation|saga|epic|sequel|author of"
    ),
    too=(
        "lovely|great|wonderful|perfect|excellent|good|fantastic|brilliant|worth|also|underrated|amazing|"
        "beautiful|fun|a must|must-read|your best bet|ideal"
    ),
    stops="if|because|when",
    likens="",
    tells=(
        "system|ability|power|skill|curse|trope|mood|label|tag|nickname|phrase|line|word|moment|vibe|feeling|"
        "rule|title of"
    ),
    features=(
        "worldbuilding|pacing|banter|protagonists?|lead|characters?|growth|romance|vibes?|tone|mood|atmosphere|"
        "dialogue|humor|humour|plot|twists?|ending|development|chemistry|battles?|fights?|strategy|politics|"
        "stakes|prose|illustrations?|arc|setting|warnings?|subplots?|energy|tropes?|weight|themes?|dynamics?|"
        "elements?"
    ),
    labels=(
        "option [a-z]|pick [a-z]|choice [a-z]|runner-?ups?|for [^\\n]*|if you\\b[^\\n]*|best for [^\\n]*|"
        "why (?:it|you|this|these|i|we)\\b[^\\n]*|how to (?:choose|read|pick|start)\\b[^\\n]*|when you\\b[^\\n]*|"
        "what (?:to|makes|you|i)\\b[^\\n]*|where to\\b[^\\n]*|perfect for [^\\n]*|great for [^\\n]*|"
        "fans of [^\\n]*|about (?:the|this) (?:author|series|book)|(?:[\\w-]+ ){1,2}books|(?:[\\w-]+ ){1,2}side|"
        "end of [^\\n]*|[^\\n]* picks?|[^\\n]* guide|[^\\n]* tips?|[^\\n]* response|something [\\w-]+|wild ?card|"
        "dark horse|assistant|system|user|librarian|rules?|id|output|instructions?|violence|summoning|"
        "reincarnation|content|chapter [^\\n]*|part \\w+|[^\\n]* notes?|tl;?dr|disclaimer|format"
    ),
    headings=(
        "features?|highlights?|pros|cons|why|notes?|warnings?|tips?|themes?|elements?|summary|reasons?|expect|"
        "questions?|criteria|tropes?|mood"
    ),
)
