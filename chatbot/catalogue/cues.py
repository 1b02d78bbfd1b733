"""The words by which readers take a stand on what they name: liking, refusing, having read, comparing.

A cue stands after what it speaks of (Korean, Japanese: 하렘은 싫어, ハーレムは苦手) or before it (English: no harem).
"""

from dataclasses import dataclass

from .phrases import Lexicon


@dataclass(frozen=True, slots=True)
class Cue:
    """`kind`: refuse, dislike, like, read, similar; bonus (welcome, not needed); indifferent (either way will do);
    none (it only looks like a cue).

    `after`: it stands after what it speaks of.
    """

    kind: str
    after: bool


AFTER = {
    # Not wanted, as a property of the work
    "refuse": """
        없는|없고|없이|없으면|없었으면|없었음|없어야|없길|없기를|없어도 되는|없는걸|없다면|없는 쪽|안 나오|안나오|
        나오지 않|나오지않|안 들어|들어가지 않|들어있지 않|아닌|아니라|아니고|아니었으면|아니였으면|아녔으면|아닌걸|
        아니면 좋|말고|말구|말고는|빼고|빼줘|빼주|빼고서|빼면|빼서|뺀|빼|제외|제외하고|제외하면|지 않|지는 않|
        지도 않|지않|진 않|진않|하지 않|지 마|안 하는|안하는|안 가|안 가는|가지 않|안 쓰는|안 되는|x|덜한|않은|않고|
        않게|않았으면|않으면|않는|않아|적은|적고|적었으면|적당한 선|적게|약한 편|금지|노노|ㄴㄴ|ㄴㄴㄴ|사절|사양|
        패스|이외|이외의|외에|외의|제로|안됨|안 됨|안돼|안 돼|안되|걸러|거르|거른|안 섞인|없음|없는데|그만|안 된|
        안된|안 난|안난|지 못|以外|いがい|なし|無し|ナシ|抜き|ぬき|のない|がない|はない|もない|ない|無い|なく|
        ではなく|じゃなく|じゃなくて|ではない|じゃない|ではなくて|でなく|でない|くない|くなく|少なめ|少ない|控えめ|
        控え目|薄め|薄い|ゼロ|皆無|を除|除く|除いて|除いた|抜きで|いらない|要らない|不要|出ない|出てこない|
        登場しない|しない|禁止|NG|避けたい|避けて|避け|されていない|されてない|していない|してない|カット|ありません|
        ないやつ|free""",
    # Not wanted, as a matter of taste
    "dislike": """
        싫|싫어|싫음|졸업했|그만 볼|싫다|싫은|싫고|싫어하|싫어해|싫증|별로|별루|안 좋아|안좋아|좋아하지 않|
        좋아하지않|안 맞|안맞|취향 아|취향이 아|취향은 아|취향 안|못 보|못보|못 읽|못읽|못 봐|못봐|못 견디|극혐|혐오|
        질렸|질려|질리|지겨|지겹|지루|물렸|물려|부담|꺼려|꺼리|피하고|피해|피했으면|기피|노잼|재미없|재미 없|관심 없|
        관심없|관심이 없|거부감|힘들|불편|노 땡큐|노땡큐|짜증|지친|지쳤|하차|중도 하차|안 볼|안볼|안 읽|안읽|실망|
        거북|비호감|苦手|嫌い|きらい|嫌|いや|無理|むり|ダメ|だめ|駄目|勘弁|飽き|飽きた|好きじゃない|好きではない|
        好きでない|興味ない|興味がない|うんざり|避けてる|合わない|合わなかった|つまらな|つらい|きつい|しんどい|地雷|
        微妙|お腹いっぱい|食傷|遠慮|is not my thing|isn't my thing|not my thing|aren't my thing|isn't for me|
        not for me|not my cup of tea|bores me|bore me|is a no|is a turn off|turns me off|puts me off|is boring|
        was boring|sucks|annoys me|not so much|is a dealbreaker|is overdone|is too much""",
    "like": """
        좋아|좋아해|좋아함|좋아하는|좋아하는데|좋아요|좋았|좋던|좋고|좋은데|재밌게|재미있게|재밌었|재미있었|재밌더|
        재밌어|재미있어|재밌|잼있|잼게|인생작|인생 작품|최애|띵작|명작|갓작|꿀잼|감명|감동받|감동 받|최고|취향 저격|
        취향저격|팬|팬이|반했|빠졌|빠져|빠져서|몰입|즐겁게|즐겨|인상 깊|인상깊|마음에 들|맘에 들|사랑해|사랑함|
        좋아서|강추|취향이|취향인|정주행|好き|すき|大好き|面白かった|おもしろかった|面白く|面白い|良かった|よかった|
        最高|神|ハマった|ハマって|はまった|はまって|はまり|楽しめた|楽しく|楽しかった|推し|感動した|お気に入り|
        気に入|刺さった|刺さり|泣いた|was great|was amazing|was awesome|was good|was fun|is great|is amazing|
        is awesome|is my favorite|is my favourite|are my favorites|is my jam|rocks|rocked|and loved it|loved it|
        and liked it|and enjoyed it|enjoyed it|liked it|loved them|enjoyed them|liked them|was my favorite|
        was my favourite|were great|blew me away|got me into""",
    "read": """
        읽었|읽은|읽어봤|읽어 봤|읽음|읽는 중|읽고|읽고있|봤|본 적|본거|본 거|봐서|봄|보고|봤음|봤어|다 봤|다봤|이미|
        완독|정독|읽어서|읽었는데|보는 중|보는중|다 읽|다읽|본 작품|읽던|読んだ|読みました|読んで|読んでる|
        読んでいる|読了|読み終|既読|よんだ|見た|見ました|観た|みた|済み|読破|視聴|already read|i've read|
        finished already""",
    "similar": """
        같은|같이|같은거|처럼|비슷|비슷한|비슷하게|비슷하|류|풍의|풍으로|스타일|느낌|급의|급으로|분위기|계열|닮은|
        유사|못지않|결의|みたい|みたいな|みたいに|のような|のように|ような|ように|っぽい|っぽく|系の|に似|似た|
        似てる|近い|に近い|風の|系統|的な|-like|esque|vibes|style|type of story""",
    "none": """
        없나|없나요|없을까|없을까요|없냐|없니|없어?|없어요?|없음?|없습니까|없으려나|없을라나|없는지|없는가|없으면 안|
        없으면안|없는게 없|없지 않|재미없는 거 말고|끝없|끝없이|쓸데없|틀림없|변함없|수없이|문제없|문제 없|
        더할 나위 없|거침없|말고도|괜찮|싫지 않|싫지는 않|싫어하지 않|싫어하진 않|나쁘지 않|빠짐없이|쏙 빼|쏙 빼는|
        눈물 빼|다름없|거리낌없|어이없|부담없|부담 없이|부담없이|적은 없|본 적 없|본 적이 없|읽은 적 없|안 읽은|
        아직 안 읽|안 본|적당히|적당한|빼놓을 수 없|빼먹지|물론|질 좋은|지루하지 않|질리지 않|ないか|ないかな|
        ないかしら|ない?|ないですか|ないですかね|ないのか|ないでしょうか|ないだろうか|ありませんか|
        ありませんでしょうか|くれない|くれませんか|くださいませんか|もらえませんか|嫌いじゃない|嫌いではない|
        嫌じゃない|苦手じゃない|苦手ではない|無理なく|間違いない|切ない|せつない|少なくない|つまらなくない|知らない|
        読んだことない|読んだことがない|飽きない|飽きのこない|見たことない|止まらない|とんでもない|仕方ない|
        もったいない|何気ない|さりげない|かもしれない|たまらない|仕方がない|はずがない|違いない|しかない|
        だけじゃない|悪くない|神様|いやされ|癒や|見たい|みたいです|みたいと|読みたい|読んでみたい|not boring|
        free of charge|free to""",
    "bonus": """
        있으면 더 좋|이면 더 좋|도 있으면 좋|있으면 금상첨화|があればなお|ならなお|だとなお|だと嬉しい|だとうれしい|
        があると嬉しい|is a plus|would be nice|would be great|would be a plus|would be good|is a bonus|
        would be a bonus|if possible""",
    "indifferent": """
        보다|보다는|보단|よりも|より|상관없|상관 없|상관없이|관계없|관계 없|아니어도|아니여도|아니라도|없어도|
        없어도 돼|있어도|이어도|여도 괜찮|도 괜찮|여도 돼|여도 좋|이어도 ok|여도 ok|도 ok|도 됨|でもok|でもいい|
        でも良い|でも大丈夫|なくてもいい|なくても|あってもいい|あっても|でも可|問題ない|構わない|かまわない|
        気にしない|気にならない|限らない|こだわらない|is fine|are fine|is ok|is okay|are ok|are okay|doesn't matter|
        don't matter|optional""",
}
BEFORE = {
    "refuse": """
        no|not|non|without|w/o|zero|nothing|nothing with|nothing about|nothing too|minus|lacks|lacking|devoid of|
        free of|free from|except|except for|excluding|exclude|excludes|other than|rather than|instead of|besides|
        aside from|apart from|anything but|isn't|isnt|is not|aren't|arent|are not|doesn't|doesnt|does not|
        doesn't have|don't have|has no|have no|having no|with no|wasn't|won't|never|less|little|minimal|low on|
        light on|skip|avoid|avoids|avoiding|neither|nor|don't include|don't recommend|dont recommend|
        do not recommend|don't give me|do not want|don't want|dont want|don't need|leave out|outside of|barely any|
        hardly any|ノー|非|脱|アンチ|노|논|안|덜|비""",
    "dislike": """
        hate|hated|hates|dislike|disliked|don't like|dont like|do not like|didn't like|did not like|don't enjoy|
        don't love|didn't enjoy|can't stand|cant stand|cannot stand|can't handle|not a fan of|not fond of|not into|
        not interested in|no interest in|tired of|sick of|bored of|bored with|fed up with|burned out on|burnt out on|
        had enough of|enough of|enough with|couldn't get into|could not get into|couldn't finish|dropped|not feeling|
        weary of|allergic to|don't care for|uncomfortable with|turned off by|put off by""",
    "like": """
        love|loved|loving|like|liked|liking|enjoy|enjoyed|enjoying|adore|adored|fan of|big fan of|huge fan of|
        favorite|favourite|favorites|favourites|i'm into|im into|really into|super into|obsessed with|fond of|
        really like|really liked|hooked on|my favorite is|crazy about|had fun with""",
    "read": """
        read|have read|i've read|ive read|already read|already seen|seen|watched|have seen|i've seen|
        finished reading|just finished|i finished|i've finished|ive finished|have finished|finished with|
        caught up on|caught up with|caught up to|been reading|i'm reading|reading|done with|went through|went thru|
        binged""",
    "similar": """
        like|similar to|similar|something like|more like|along the lines of|in the vein of|in the style of|
        reminiscent of|akin to|comparable to|same vibe as|same vibes as|same feel as|vibes of|feels like|close to|
        as good as|a la|resembling|same as|equivalent of|alternative to|alternatives to|if i liked|if i loved|
        in the same vein as|reminds me of""",
    "none": """
        not only|old school|old-school|not just|not sure|no idea|no problem|no matter|no longer|no preference|
        don't know|dont know|would like|i'd like|id like|would love|i'd love|looks like|feel like|i feel like|
        i feel like reading|feel like reading|in the mood for|looking to read|looking for|want to read|wanna read|
        should i read|to read|can i read|i want to read|something to read|would you like|haven't read|have not read|
        havent read|never read|i've never read|what's like|not long|can't wait|no clue|not bad|no pressure|
        nothing else|not many|what else|why not|like that|like this|like it|like them|like those|it's like|
        what should i read|worth reading|good read|like to read|easy read|quick read|light reading|need something|
        no rush|no spoilers|without spoilers|over and over|all over|overall|for over|reading mood|not yet|i know|
        do you know|don't hate|dont hate|don't dislike|do you have""",
    "bonus": """preferably|ideally|if possible|maybe|perhaps|bonus points for|bonus for|가능하면|되도록|이왕이면|기왕이면|できれば|できたら""",
    "indifferent": """
        don't mind|dont mind|do not mind|don't care|dont care|do not care|doesn't have to be|doesnt have to be|
        does not have to be|doesn't need to be|not necessarily|not opposed to|not against|couldn't care less|
        i'm fine with|im fine with|okay with|ok with""",
}
PHRASES = [("after", AFTER), ("before", BEFORE)]


def add_cues(lexicon: Lexicon):
    for side, table in PHRASES:
        for kind, words in table.items():
            for word in filter(None, (w.strip() for w in words.replace("\n", "").split("|"))):
                lexicon.add(word, Cue(kind, side == "after"))
