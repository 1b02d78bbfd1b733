"""What a model says of its task and not of books: patterns for the three languages, over one sentence or line at most.

They ask for words that no reply needs: the list it was given, the form it was told to keep, its instructions, and the
reader spoken of as a third person. Candidates for a throne or an altar and rules of a game are matters of plots.
"""

import re

I = re.IGNORECASE  # noqa: E741
SLUG = r"[A-Za-z0-9][A-Za-z0-9-]{0,79}"
# The mark of a work, and not the form itself, as in "[[id]]".
PLACEHOLDER = (
    r"\[\[\s?(?:id|slug|ids|some-id|the-id|작품\s?id|책\s?id|아이디|candidate-?id|book-?id|novel-?id|work-?id|작품|作品id"
    r"|작품\s?아이디|ID|Id|…|\.\.\.)\s?\]\]"
)
REAL = re.compile(rf"(?!{PLACEHOLDER})\[\[[^\[\]\n]{{1,160}}\]\]")
QUOTED = re.compile(r"[『《][^』》\n]{1,120}[』》]")

CLAUSE = r"(?:^|[\s,、。，(（:：\[【*_\-•])"
GIVEN_KO = r"(?:제공|제시|주어|전달)(?:된|되었던|받은|해\s?주신|해주신|진|하신)|(?:건네|넘겨)\s?(?:받은|주신)|받은"
LIST_KO = rf"(?:{GIVEN_KO})\s?(?:작품\s?|후보\s?|추천\s?|도서\s?|책\s?)?(?:목록|리스트|후보|데이터|정보)"
OF_LIST_KO = (
    r"(?<![비부녀왕사후랑상혼자])(?<![비부녀왕사후랑상혼자]\s)후보\s?(?:작품?|도서)?\s?(?:목록|리스트|데이터)"
    rf"|(?:^|{CLAUSE}(?:위|아래|이|그|전체|다음|추천)\s|(?:므로|니까|으니|해서|하고|하여|며)\s)"
    r"후보(?:작|들|군|작들)?\s?(?:중|가운데|에서|에\s?(?:있|없|포함))"
    r"|목록에\s?(?:있는|없는|포함된|나온|적힌)\s?(?:작품|책|것|후보|소설)(?:만|들만|은\s?추천|을\s?추천|는\s?추천|이\s?아닌|에서만)"
    r"|(?:^|[(\[【（]\s?)(?:이|위|해당)?\s?(?:목록|리스트)(?:에서만|에만|의\s?작품만|에\s?(?:있|없)는\s?작품(?:만|은|을)"
    r"|에서[^\n]{0,12}(?:선택|골랐|추천)(?:했|하였|드렸|합니다|하였|습니다|어요))"
)
FORM_KO = (
    r"(?:출력|응답|답변|답장|지정된|지정한|요청하신|요청된|요청받은|요구된|요구하신|정해진|주어진|제시된|지시된|지시받은)\s?"
    r"(?:출력\s?|응답\s?|답변\s?)?(?:형식|포맷|양식)(?!의\s)"
    rf"|(?:형식|포맷)(?:은|을|대로|에|으로)?[^\n]{{0,12}}\[\[|{PLACEHOLDER}"
    r"|시스템\s?(?:프롬프트|지침)|(?:^|\s)프롬프트(?:에|의|를|대로)"
    r"|(?:지시|지침|규칙)(?:\s?사항)?(?:에\s?따라|대로|을\s?(?:따라|준수)|를\s?(?:따라|준수)|에\s?의해)"
    r"[^\n]{0,30}(?:추천|작성|답변|선택|골랐|고르|드립|드려|[권편작]만|말씀)"
)
ROLE_KO = r"(?:당신|너|귀하)(?:은|는)\s[^\n.]{0,40}(?:사서|도우미|어시스턴트|챗봇|AI|조수|추천가|전문가)(?:입니다|이다|다|예요|이에요|야)"
USER_KO = (
    r"(?:^|[,.:*\-)】\]]\s?|(?:먼저|우선|음|자|좋아|일단|즉|그래서|따라서)[,.]?\s)(?:이\s)?(?:사용자|유저|이용자)(?:가|는|께서|님이|님은|의)\s"
    r"[^\n]{0,80}(?:원[하했함합한해]|바라|바란|요청|찾고|찾는|물었|물어|질문|추천|좋아|요구|싶어)"
    r"|(?:^|\s)독자(?:가|는)\s[^\n]{0,40}(?:요청했|요청하였|물었다|질문했|원한다|원하므로|찾고\s?있다|요청함)"
)

GIVEN_JA = r"(?:提供|提示|与え|渡|示)(?:さ|ら)れ(?:た|ている|ました)|お渡し(?:いただい|頂い)た|いただいた|頂いた"
LIST_JA = rf"(?:{GIVEN_JA})(?:作品の?|候補の?|推薦)?(?:リスト|一覧|候補|データ|情報)"
OF_LIST_JA = (
    r"(?<![一-鿿])候補(?:作品?)?の?(?:リスト|一覧|データ)"
    r"|(?:^|[、。，(（：:\[【】*\s]|上記の|以下の|この|提示の|では|ので|ため)候補(?:作品?|作)?(?:の中|の内)?(?:から|のうち|内で|にない|にある|に含)"
    r"|(?:^|[、。，(（：:\[【*\s]|上記の|以下の|この|お手元の)リスト(?:の中|内|に載って|に含まれ|上)?"
    r"(?:から|にない|にある|の作品|に含まれ|に載って|外の|以外の)[^\n]{0,20}(?:作品|選|推薦|おすすめ|お勧め|紹介|本)"
)
FORM_JA = (
    r"(?:指定|指示|要求|所定|出力|回答|返答|応答|与えられた|ご指定|ご要望)(?:された|の|いただいた|どおりの|通りの)?(?:出力|回答|返答)?"
    r"(?:形式|フォーマット|書式)"
    rf"|(?:形式|フォーマット|書式)[^\n]{{0,12}}\[\[|{PLACEHOLDER}"
    r"|システムプロンプト|(?:^|[、。（(\s])プロンプト(?:に|の|で|どおり|通り)"
    r"|(?:^|[（(：:\[【*\s])(?:与えられた|上記の|ご|いただいた)?(?:指示|ルール|規則|制約)(?:書|事項)?"
    r"(?:に従|に沿|どおり|通り|により|によって|に基づ|を守)"
    r"[^\n。]{0,30}(?:回答|返答|推薦|選び|選ん|選択|紹介|作成|お答え|件|のみ|書[きい])"
)
ROLE_JA = r"(?:あなた|君|お前)は[^\n。]{0,40}(?:司書|アシスタント|案内役?|ボット|AI|助手|専門家|見習い)(?:です|だ|である|として)"
USER_JA = (
    r"(?:^|[、。：:*\-）)】\s]|まず|では|つまり|よって)(?:この)?(?:ユーザー?|利用者|読者)(?:さん|様)?(?:は|が|の要望|の希望|のリクエスト)"
    r"[^\n。]{0,80}(?:求め|望ん|希望|探し|リクエスト|依頼|尋ね|聞い|質問|欲し|言って|要望|読みたい|したい)"
)

GIVEN_EN = r"(?:given|provided|supplied|shown|handed|sent)(?:\s(?:to\sme|to\sus|above|here|by\s(?:you|the\s\w+)))?"
THINGS = (
    r"(?:list|shelf|candidates?|candidate\slist|catalog(?:ue)?|data(?:set)?|options|titles|works|books|novels|json)"
)
LIST_EN = (
    rf"\bthe\s(?:\w+\s){{0,2}}{THINGS}\s(?:of\s\w+\s)?(?:(?:that\s|which\s)?(?:I|you|we)\s(?:was|were|am|have"
    rf"|'ve|had)\s"
    r"(?:been\s)?(?:given|provided|supplied|shown|handed)|(?:that\s|which\s)?(?:was|were|is|are|has\sbeen)\s)?"
    rf"{GIVEN_EN}"
    rf"|\bthe\s(?:provided|given|supplied|candidate|above)\s(?:\w+\s)?(?:list|candidates|catalog(?:ue)?|data"
    rf"|titles|works|books|options)"
    r"|\blist\sof\scandidates\b|\bcandidates?\s(?:list|data)\b|\bmy\s(?:provided|given|candidate)\s(?:list|candidates)"
    r"|\b(?:of|from|among)\sthe\s(?:\w+\s)?(?:works|titles|books|novels)\s(?:in|on|from)\s(?:the|this|my)\slist\b"
    r"|\b(?:in|as)\s(?:the\s)?(?:\w+\s)?JSON\b"
    r"|\bprovided\s(?:candidate\s)?list\b|\blist\s(?:provided|given)\b"
    r"|(?:^|[,;:(]\s?)(?:(?:chosen|selected|picked|taken|all)\s)?(?:\w+\s){0,4}(?:from|among|amongst)\s(?:the"
    r"|these|my)\s"
    r"(?:\w+\s)?candidates\b(?!\s(?:for|to|in)\b)"
    r"|\bcandidates\s(?:for\sthis\sask|on\sthe\s(?:list|shelf)|include|are:)"
)
FORM_EN = (
    r"\b(?:followed|following|follows?|adher\w{1,4}\sto|kept\sto|keeping\sto|using|used|in|per|with)\s(?:the"
    r"|your|all)\s"
    r"(?:\w+\s){0,2}(?:format|formatting|instructions|guidelines)\b(?:\s(?:as\s|you\s|I\swas\s|rules?\s|that\s)?"
    r"(?:instructed|requested|required|provided|specified|given|exactly)|\s?[.!)]|$)"
    r"|\b(?:requested|required|specified|expected|correct|given|output|response|reply)\sformat\b"
    r"|\bformat(?:ted|ting)?\sas\s"
    r"(?:instructed|requested|required|specified)"
    r"|\bas\s(?:instructed|per\s(?:the|your|my)\s(?:instructions|rules|guidelines|prompt))\b"
    r"|\bsystem\s(?:prompt|instructions?)\b|\bthe\sgiven\s(?:prompt|instructions?)\b|\bmy\s(?:instructions"
    r"|guidelines|system\sprompt)\b"
    r"|\bI\s(?:have\s|'ve\s)?(?:followed|adhered\sto|kept\sto|obeyed)\s(?:the|all|your|these)\s(?:rules"
    r"|instructions|guidelines)"
    rf"|\bformat\b[^\n]{{0,24}}\[\[|{PLACEHOLDER}"
)
ROLE_EN = r"\bYou\sare\s(?:the|an?)\s[^\n.]{0,60}\b(?:librarian|apprentice|assistant|chatbot|AI|recommender|expert)\b"
USER_EN = (
    r"(?:^|[.,:;*\-]\s?|\b(?:so|okay|ok|alright|first|hmm|well|now|since|because|that|as)[,.]?\s)(?:the|this)\suser"
    r"(?:'s\s(?:request|ask|question|query|wish|message)|\s(?:\w+\s){0,2}(?:want|ask|request|like|love|said"
    r"|say|mention|look|need|wish|enjoy|is\b"
    r"|prefer|read|would|has|just))"
    r"|\b(?:the|this)\sreader\s(?:wants|wanted|asks|asked|is\s(?:asking|looking)|requested|has\sasked|said"
    r"|mentioned|needs)\b"
    r"|^\s{0,4}(?:I\sneed\sto|I\sshould|I\smust|let\sme|I'll|I\swill|we\sneed\sto)\s(?:\w+\s){0,3}"
    r"(?:pick|choose|select|recommend|respond|answer|reply|write|check|look|find|use|output|go)\b[^\n]{0,80}"
    r"\b(?:candidates|format|in\s(?:Korean|Japanese|English)|ids?|brackets|instructions)\b"
)

ASIDE = re.compile(
    "|".join(
        (
            LIST_KO,
            OF_LIST_KO,
            FORM_KO,
            ROLE_KO,
            USER_KO,
            LIST_JA,
            OF_LIST_JA,
            FORM_JA,
            ROLE_JA,
            USER_JA,
            LIST_EN,
            FORM_EN,
            ROLE_EN,
            USER_EN,
        )
    ),
    I,
)
ONLY_EN = re.compile(
    r"\b(?:only|cannot|can't|not)\s(?:\w+\s){0,2}(?:recommend|offer|suggest|choose|pick|select)\w*\b[^\n]{0,50}"
    r"\b(?:the\slist|candidates|provided|given)\b",
    I,
)
FORM = re.compile("|".join((FORM_KO, FORM_JA, FORM_EN)), I)
# In a sentence that names a work, only the words that lead to it go.
FROM_LIST = re.compile(
    rf"(?:{LIST_KO}|후보\s?(?:목록|리스트))\s?(?:중에서|중에서는|중에는|에서는|가운데|중|에서|에\s?있는|의)?[,\s]{{0,2}}"
    rf"|(?:{LIST_JA}|候補(?:リスト|一覧))(?:の中)?(?:から|では|の|にある|に含まれる)?、?"
    rf"|\b(?:from|among|of|out\sof|in|on)\s(?:the\s(?:provided|given|supplied|candidate)\s(?:\w+\s)?(?:list|candidates)"
    rf"|the\s(?:list|candidates)\s{GIVEN_EN})[,\s]{{0,2}}",
    I,
)

LABELS = (
    r"규칙|주의\s?사항|지침|지시(?:\s?사항)?|시스템(?:\s?(?:프롬프트|메시지|지시))?|역할|과제|작업|제약(?:\s?(?:조건|사항))?|출력\s?형식|형식"
    r"|ルール|規則|指示|制約(?:条件)?|システム(?:プロンプト|メッセージ)?|役割|タスク|課題|出力形式|形式|注意事項"
    r"|rules?|instructions?|system(?:\s(?:prompt|message))?|role|task|constraints?|(?:output\s)?format|guidelines?"
)
RULE = re.compile(rf"[\s>#*_\[(（【「\-・•]{{0,8}}(?:{LABELS})\s?(?:\d{{1,2}})?[\s*_\]】]{{0,4}}[:：]", I)
RULED = re.compile(
    r"(?:^|[:：\s])(?:이\s|위\s)?후보(?:에서|\s?(?:목록|중))|목록에\s?없는|목록에서만?\s|리스트에서|\[\[|사서|어시스턴트|추천(?:하|만|할|해야)"
    r"|말\s?것|하지\s?마|하라|해야\s?(?:한다|함|합니다)|프롬프트"
    r"|(?<![一-鿿])候補|(?<![一-鿿])リスト(?:にない|にある|から)|司書|アシスタント|推薦(?:し|する|せ)|すること|しないこと|しなさい|プロンプト|書くこと|選ぶこと"
    r"|\bcandidates?\b|\blist\b|\blibrarian\b|\bassistant\b|\bapprentice\b|\b(?:only|do\snot|don't|never"
    r"|must)\b|\bids?\b|\bprompt\b|recommend",
    I,
)
CANDIDATES = re.compile(
    r"[\s>#*_\[(（【\-・•]{0,8}(?:후보(?:\s?(?:작품|작|군|들))?(?:\s?(?:목록|리스트|데이터))?|候補(?:作品?|者)?の?(?:リスト|一覧|データ)?"
    r"|(?:the\s|available\s|given\s)?candidates?(?:\s(?:list|data|works|ids))?|shelf|서가\s?데이터|書架データ)"
    r"(?:\s?\(\d{1,3}[^\n()]{0,4}\))?[\s*_\]】]{0,4}[:：]",
    I,
)
STEPS = re.compile(
    r"[\s>#*_]{0,6}(?:observation|action(?:\sinput)?|tool\s?(?:call|result|output)|관찰(?:\s?결과)?|행동(?:\s?입력)?"
    r"|도구\s?호출|観察|行動|アクション)"
    r"\s?\d{0,2}[\s*_]{0,3}[:：]",
    I,
)
REACTS = re.compile(r"[\s>#*_]{0,6}thought\s?\d{0,2}[\s*_]{0,3}[:：]", I)
EMPTY_LABEL = re.compile(
    r"[\s>#*_\[(`]{0,6}(?:results?|output|function\sresult|response|결과|출력|조회\s?결과|검색\s?결과|結果|出力|検索結果|thought|생각|思考)"
    r"[\s*_]{0,3}[:：][\s*_`\])]{0,6}$",
    I,
)
OVER = re.compile(
    r"\s{0,4}[*_-]{0,3}\s?[\[(（【<]\s?(?:end(?:\s(?:of\s)?(?:the\s)?(?:response|reply|answer|message|output"
    r"|text|transmission))?|(?:response|reply)\sends?"
    r"|끝|답변\s?끝|응답\s?(?:끝|종료)|답변\s?종료|이상|以上|終わり|おわり|終|回答終了|完|fin)\s?[.。]?[\])）】>]\s?[*_-]{0,3}\s{0,4}"
    r"|\s{0,4}[-=*_]{2,8}\s?end(?:\sof\s(?:the\s)?(?:response|reply|answer|message|output))?\s?[-=*_]{2,8}\s{0,4}",
    I,
)
OVER_AT_END = re.compile(rf"(?:{OVER.pattern})$", I)
CHOSEN = re.compile(
    r"^[\s>*_]{0,4}(?:선택|최종\s?선택|選択|最終選択|(?:my\s|final\s)?(?:selected|selections?|choices?)|결과|結果"
    r"|result)[\s*_]{0,3}[:：]\s{0,3}[*_]{0,3}(?=\[\[)",
    I,
)

# --- Thoughts without marks, and the answer behind them ---------------------------------------------------------------

HEAD = re.compile(
    r"[\s>#*_\[(（【<]{0,8}(?:(?:my\s)?(?:thinking|thought|reasoning)\s(?:process|steps?)|chain\sof\sthought"
    r"|(?:internal\s|inner\s)(?:monologue|thoughts?|reasoning)"
    r"|thinking|reasoning|생각\s?(?:과정|중|정리)|사고\s?(?:과정|흐름)|추론(?:\s?과정)?|내부\s?(?:생각|독백|추론)"
    r"|思考(?:過程|プロセス|中)?|考え中|考え(?:方|の過程)|推論(?:過程)?|内部思考)"
    r"\s?(?:…|\.{2,3})?(?:[\s*_\])）】>]{0,6}(?:[:：]|…|\.{3}|\*\*|$)|[】\]])",
    I,
)
MAYBE = re.compile(
    r"[\s>#*_]{0,6}(?:let\sme\s(?:think|see|look|consider|check|analy[sz]e|go\sthrough)|(?:okay|ok|alright"
    r"|hmm|so)[,.…\s]|first,|step\s?1|"
    r"(?:자|음|흠|일단|먼저|우선)[,.…\s]|생각해\s?보|1단계|(?:생각|사고|분석|思考|考え|分析|検討|thought|analysis|plan)[*_]{0,2}\s?[:：]|(?:まず|さて|ええと|うーん|では"
    r"|ふむ)[、,…]?|考えて(?:み|いき)|ステップ\s?1)",
    I,
)
STRONG = r"final\s(?:answer|response|reply|output)|최종\s?(?:답변|응답|답|출력|추천)|最終(?:的な)?(?:回答|返答|応答|答え|出力)"
WEAK = (
    r"answer|response|reply|output|답변|응답|답|출력|회신|답장|回答|返答|応答|答え|返信|出力|reply\sto\sthe\s(?:user|reader)"
    r"|(?:독자|사용자)에게\s?(?:할\s?말|드릴\s?답변)|(?:読者|ユーザー)への(?:回答|返答|返信)"
)
MARKER = re.compile(rf"[\s>#*_\[【\-]{{0,8}}(?P<label>{STRONG}|{WEAK})[\s*_\]】]{{0,5}}[:：][\s*_]{{0,6}}", I)
MARKER_LINE = re.compile(
    rf"[\s>]{{0,4}}(?:(?:\#{{1,6}}\s|\*\*|__|【|\[)\s?(?:{WEAK})|[\s#*_\[【]{{0,8}}(?:{STRONG}))[\s*_\]】#]{{0,6}}$", I
)
MARKER_WITHIN = re.compile(
    rf"(?:(?:\*\*|__|【|\[)\s?(?:{STRONG}|{WEAK})\s?[:：]?\s?(?:\*\*|__|】|\])\s?[:：]?"
    rf"|(?<![^\W_])(?:{STRONG})\s?[:：])\s{{0,4}}",
    I,
)
STRONG_LABEL = re.compile(STRONG, I)

# --- Speakers ---------------------------------------------------------------------------------------------------------

SELF = re.compile(
    r"[\s#*_\[<]{0,6}(?:assistant|model|chatbot|librarian|AI|사서|견습\s?사서|어시스턴트|도우미|司書|見習い司書|アシスタント)"
    r"[\s*_\]>]{0,4}(?:[:：][\s*_]{0,4}|$)",
    I,
)
BARE_SELF = re.compile(r"[\s#*_\[<]{0,6}(?:assistant|model)[\s*_\]>:：]{0,4}$", I)
OTHER = re.compile(
    r"[\s>]{0,4}(?:\#{1,4}\s?)?[*_\[]{0,3}(?:user|human|사용자|유저|이용자|ユーザー?|利用者)(?:\s?\d)?[*_\]]{0,3}\s?[:：]",
    I,
)
WEAK_OTHER = re.compile(
    r"[\s>]{0,4}(?:\#{1,4}\s?)?[*_\[]{0,3}(?:reader|customer|you|독자|손님|질문|読者|お客様?|質問)[*_\]]{0,3}\s?[:：]",
    I,
)
OTHER_WITHIN = re.compile(
    r"\#{2,4}\s?[*_]{0,2}(?:user|human|사용자|유저|독자|이용자|ユーザー?|読者|利用者|system|instruction)[*_]{0,2}\s?[:：]",
    I,
)

# --- Addresses --------------------------------------------------------------------------------------------------------

ADDRESS = r"(?:https?://|www\.)[^\s<>()（）「」『』【】\[\]、。，\"'*|가-힣\u3040-\u30ff\u4e00-\u9fff]{1,500}"
LINK = re.compile(
    r"!?\[([^\[\]\n]{1,200})\]\(\s?<?(?:https?://|www\."
    r"|/)[^()\s]{0,500}(?:\([^()\s]{0,80}\)[^()\s]{0,100})?(?:\s\"[^\"\n]{0,80}\")?\s?\)"
)
MARK_LINK = re.compile(r"(?<=\]\])\(\s?(?:https?://|www\.)[^()\s]{0,500}\)")
URL = re.compile(rf"<?{ADDRESS}>?", I)
POINTS = (
    r"참고(?:\s?(?:링크|자료|문헌|사이트))?|참조|출처|더\s?보기|더\s?알아\s?보기|자세히(?:\s?보기)?|자세한\s?(?:내용|정보)|링크|구매(?:\s?링크)?|주소"
    r"|바로\s?가기|관련\s?링크|원문"
    r"|詳しくは|詳細(?:は)?|参考(?:リンク|文献|資料)?|参照|出典|ソース|リンク|もっと見る|購入(?:先|リンク)?|こちら|引用元|関連リンク|公式サイト|公式"
    r"|see(?:\salso)?|source|sources|more(?:\s(?:info|information|here))?|read\smore|learn\smore|link|links"
    r"|reference|references|ref|via|url|buy|official(?:\ssite)?|for\smore"
)
LEAD = rf"(?:[-*•・]\s)?[*_]{{0,2}}(?:{POINTS})[*_]{{0,2}}\s{{0,2}}[:：は→]?[*_]{{0,2}}\s{{0,2}}"
IN_BRACKETS = re.compile(rf"\s?[(（\[【]\s?(?:{LEAD})?(?:{ADDRESS}[\s,、]{{0,3}}){{1,4}}\s?[)）\]】]", I)
WITH_LEAD = re.compile(rf"(?:^|(?<=[\s,、。—–-]))(?:{LEAD}){ADDRESS}", I)
# What is left of a sentence that only points at an address.
POINTING = re.compile(
    r"보세요|보시|참고|확인|방문|읽어|읽으실|볼 수|보실 수|있어요|있습니다|검색|클릭|이동|주소|링크|ご覧|参照|確認|見て|読め|読んで|アクセス|検索|こちら|あります"
    r"|\b(?:see|visit|check|read|find|look|available|go\sto|click|here|buy|learn|more|at|via|source)\b",
    I,
)
SHORT = 26  # letters of a sentence that says no more than where an address is

# --- What is answered by a refusal, and remarks on the answer itself --------------------------------------------------

REFUSES = re.compile(
    r"\b(?:can(?:'t|not|’t)|won['’]t|not\sable|unable|never|don['’]t|do\snot)\b[^\n]{0,30}"
    r"\b(?:share|reveal|show|tell|discuss|repeat|disclose|talk|translate)"
    r"|(?:알려|보여|공개|공유|말씀|이야기)[^\n]{0,12}(?:없|못|않|어려)"
    r"|(?:教え|見せ|公開|伝え|明か|お話)[^\n。]{0,14}(?:でき|ません|ない)",
    I,
)
ASKED = re.compile(
    r"[\s>#*_\[]{0,6}(?:(?:당신|사용자|독자|손님)(?:의|님의)?\s?)?(?:질문|요청\s?(?:사항)?)[\s*_\]]{0,3}[:：]"
    r"|[\s>#*_\[]{0,6}(?:(?:あなた|ユーザー|読者|お客様)の)?(?:ご?質問|リクエスト|ご?要望)[\s*_\]]{0,3}[:：]"
    r"|[\s>#*_\[]{0,6}(?:(?:your|the|user|user's|reader's)\s)?(?:question|request|query|ask)[\s*_\]]{0,3}[:：]",
    I,
)
SCORE = re.compile(
    r"\s?[(（\[]?(?:confidence|relevance|match|score|신뢰도|적합도|일치도|점수|確信度|適合度|信頼度|スコア)(?:\sscore)?\s?[:：=]\s?"
    r"\d{1,3}(?:\.\d{1,4})?\s?(?:%|/\s?\d{1,3})?[)）\]]?[.。]?",
    I,
)
