"""The words by which readers take a stand on what they name: liking, refusing, having read, comparing.

A cue stands after what it speaks of (Korean, Japanese: 하렘은 싫어, ハーレムは苦手) or before it (English: no harem).
"""

from dataclasses import dataclass

from ..text.matcher import Lexicon


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
        없는|없고|없이|없으면|없었으면|없었음|없어야|없길|없기를|없어도 되는|없는걸|없다면|없는 쪽|안 나오|안나오|나오지 않|나오지않|안 들어|들어가지 않|들어있지 않|아닌|아니라|아니고|
        아니었으면|아니였으면|아녔으면|아닌걸|아니면 좋|말고|말구|말고는|빼고|빼줘|빼주|빼고서|빼면|빼서|뺀|빼|제외|제외하고|제외하면|지 않|지는 않|지도 않|지않|진 않|진않|하지 않|지 마|
        안 하는|안하는|안 가|안 가는|가지 않|안 쓰는|안 되는|x|덜한|않은|않고|않게|않았으면|않으면|않는|않아|적은|적고|적었으면|적당한 선|적게|약한 편|금지|노노|ㄴㄴ|ㄴㄴㄴ|사절|사양|
        패스|이외|이외의|외에|외의|제로|안됨|안 됨|안돼|안 돼|안되|걸러|거르|거른|안 섞인|없음|없는데|그만|안 된|안된|안 난|안난|안 났|안났|안 나면|지 못|以外|いがい|なし|無し|ナシ|抜き|ぬき|のない|がない|
        はない|もない|ない|無い|なく|ではなく|じゃなく|じゃなくて|ではない|じゃない|ではなくて|でなく|でない|くない|くなく|少なめ|少ない|控えめ|控え目|薄め|薄い|ゼロ|皆無|を除|除く|除いて|除いた|
        抜きで|いらない|要らない|不要|出ない|出てこない|登場しない|しない|禁止|NG|避けたい|避けて|避け|されていない|されてない|していない|してない|カット|ありません|ないやつ|free|만 아니면|
        만 아니라면|만 아님|만 없으면|만 없다면|만 안 나오면|만 아니었|만 빼면|만 빼고|만 빼|이 아니면서|가 아니면서|아니면서|없으면서|이 빠진|가 빠진|거 빠진|요소 빠진|요소가 빠진|
        씬 빠진|빠진 걸|빠진 거|빠졌으면|でなければ|じゃなければ|ではなければ|でさえなければ|じゃないなら|でないなら|でないもの|じゃないやつ|がなければ|のなければ|なければ|なきゃ|がないなら|
        would ruin it|would ruin|would kill it|would be a dealbreaker|would be a no|would bother me|bothers me|
        would put me off|아님|아닙니다|아녀요|아니에요|아니예요|아니면 됨|아니면 돼|아니어야|아니여야|아닐 것|아니길|아니기만|없는거|없음좋|나오지 마|추천하지 마|추천하지마|
        추천하지 말|추천하지말|추천 금지|추천 하지 마|추천 하지마|추천은 하지|권하지 마|권하지마|보여주지 마|꺼내지 마|넣지 마|넣지마|넣지 말|주지 마|주지마|주지 말|내놓지 마|말아줘|말아 줘|
        말아주|말아 주|말것|말 것|빼주세요|빼고요|빼곤|뺴고|뺴줘|뺴|빼면 좋|거부|거절|노땡|놉|배제|배제하|배제한|생략|금물|지양|사양할게|사양합니다|덜 나오|덜했으면|덜 한|거의 안|거의 없|
        별로 없|전혀 없|하나도 없|일절 없|아예 없|1도 없|일도 없|하나도 안|전혀 안|안 나왔|안나왔|안 들어갔|안들어가|안 섞|안 다루|다루지 않|안 했으면|안했으면|안 된 거|아닌데|아니고요|
        아니었음|아녀야|아니라면|아니면 좋겠|였으면 안|이면 안|면 안 돼|면 안돼|면 안됨|있으면 안|있으면 싫|나오면 안|나오면 싫|나오면 덮|나오면 하차|들어가면 안|필요 없|필요없|필요는 없|
        제외요|제외로|열외|걸러줘|걸러주|걸러 줘|안 볼래|안볼래|안 읽을래|안 볼 거|안 볼거|안볼거|안 읽을 거|안 읽을거|안 좋아하|원하지 않|원치 않|바라지 않|보고 싶지 않|보고싶지 않|
        읽고 싶지 않|읽고싶지 않|보기 싫|읽기 싫|안 보고 싶|안보고 싶|안 읽고 싶|그만 추천|그만 좀|그만 줘|그만해|그만 봐|이제 그만|말고 딴|のいない|がいない|はいない|抜いて|抜きの|抜きが|
        除外|外して|省いて|却下|お断り|拒否|パス|スルー|いりません|要りません|不要です|結構です|もう結構|もういい|もう十分|もういらない|すすめないで|勧めないで|薦めないで|おすすめしないで|
        オススメしないで|出さないで|入れないで|紹介しないで|見たくない|読みたくない|欲しくない|ほしくない|求めてない|求めていない|含まない|含まれない|入ってない|入っていない|絡まない|絡んでない|登場しません|
        出てきません|のないもの|のなさ|ほぼない|ほとんどない|一切ない|まったくない|全くない|なしで|なしの|なしが|なしに|ナシで|無しで|無しの|ではありません|じゃありません|じゃないの|じゃないもの|でもない|
        じゃなくていい|以外で|以外に|以外を|以外なら|避けたくて|避けてほしい|避けてください|避けて欲しい|薄味|not included|excluded|not allowed|is off the table|
        are off the table|is banned|need not apply|kept to a minimum|is a hard no|are a hard no|
        is a hard pass|is a no go|is a no-go|is not what i want|isn't what i want|isn't what i'm after|-less|
        less please|no thanks|no thank you|begone|은 됐어|는 됐어|은 됐고|는 됐고|은 됐음|는 됐음|은 됐습|는 됐습|은 이제 됐|는 이제 됐|はやめて|もやめて|
        はパス|は除外|
        건 됐고|건 됐어|건 됐음|건 됐습|빠진|빠져있는|빠져 있는|いらん|要らん|いらねえ|いらねー|もうええ|もういいや|はいいや|out of it|out of this one|left out|
        out of the picture|されない|しないやつ|しないもの|ならない|飛ばされない|行かない|いかない|are off limits|is off limits|are no go|are a no go|
        are a no-go|are excluded|are banned|are not allowed|aren't what i want|出てこなくて|出なくて|없어야 함|없었음 좋|없어야 돼|안 나와야|
        안 나왔으면|안 나오면|
        0인|0인데|0%|0퍼|0으로|
        거름|거릅니다|걸렀으면|걸러요|
        스킵|스킵하고|넘기고 싶|건너뛰|비중 낮|비중이 낮|비중은 낮|비중 적|비중이 적|비중은 적|비중 없|飛ばしたい|飛ばして""",
    # Not wanted, as a matter of taste
    "dislike": """
        싫|싫어|싫음|졸업했|그만 볼|싫다|싫은|싫고|싫어하|싫어해|싫증|별로|별루|안 좋아|안좋아|좋아하지 않|좋아하지않|안 맞|안맞|취향 아|취향이 아|취향은 아|취향 안|못 보|못보|못 읽|못읽|
        못 봐|못봐|못 견디|극혐|혐오|질렸|질려|질리|지겨|지겹|지루|물렸|물려|부담|꺼려|꺼리|피하고|피해|피했으면|기피|노잼|재미없|재미 없|관심 없|관심없|관심이 없|거부감|힘들|불편|노 땡큐|
        노땡큐|짜증|지친|지쳤|하차|중도 하차|안 볼|안볼|안 읽|안읽|실망|거북|비호감|苦手|嫌い|きらい|嫌|いや|無理|むり|ダメ|だめ|駄目|勘弁|飽き|飽きた|好きじゃない|好きではない|好きでない|
        興味ない|興味がない|うんざり|避けてる|合わない|合わなかった|つまらな|つらい|きつい|しんどい|地雷|微妙|お腹いっぱい|食傷|遠慮|is not my thing|isn't my thing|
        not my thing|aren't my thing|isn't for me|not for me|not my cup of tea|bores me|bore me|is a no|
        is a turn off|turns me off|puts me off|is boring|was boring|sucks|annoys me|not so much|is a dealbreaker|
        is overdone|is too much|안 봄|안봄|안 봐|안봐|안 봅니다|안 읽음|안 읽어요|안 읽습|안 삽니다|make me yawn|makes me yawn|
        puts me to sleep|put me to sleep|bore me to death|bores me to death|bore me to tears|are a bore|is a snooze|
        は退屈|が退屈|退屈で|退屈なので|退屈だ|질색|학을 떼|치를 떨|혐오스|역겹|역겨|구역질|오글|신물|식상|뻔해서|뻔하|진부|지긋지긋|물린|물려서|질린|질렸음|불호|비추|안 땡|안땡|안 당기|
        안당기|안 끌|안끌|손이 안|못 견|못견|못 읽겠|못 보겠|보기 힘들|읽기 힘들|보기 불편|시러|시름|시룸|싫엉|싫더라|싫더라고|싫습|싫네|싫었|싫으|싫거든|싫은데|별로야|별로고|별로라|별론|
        안 맞더라|취향에 안|취향에 맞지|취향 밖|제 취향은 아|내 취향은 아|관심 밖|노관심|무관심|손절|그만 보고|그만 읽|안 좋더|안 즐|즐기지 않|선호하지 않|선호 안|반갑지 않|무서워서|
        노잼이|재미없더|재미 없더|답답|빡치|열받|우웩|에바|기분 나쁘|기분나쁘|기분 나빠|満腹|ちょっと苦手|はちょっと|のはちょっと|受け付けない|受けつけない|好まない|好みじゃない|好みではない|
        趣味じゃない|性に合わない|肌に合わない|合いません|合わなく|胃もたれ|耐えられない|堪えられない|我慢できない|萎える|冷める|懲り懲り|こりごり|辟易|飽きて|飽き飽き|飽きました|マンネリ|イヤ|ヤダ|やだ|
        嫌だ|嫌です|いやだ|いやです|きらいだ|嫌いで|嫌い系|無理です|無理なので|ムリ|駄目で|ダメで|だめで|ダメなので|苦手で|苦手なので|しんどくて|きつくて|キツい|キツイ|見ません|読みません|見るのが辛い|
        つまんない|つまんなかった|つまらなかった|面白くなかった|好きになれ|好きくない|好きじゃなく|好きではなく|好きじゃないので|食い飽き|げんなり|不快|避けがち|興味なく|興味はない|興味がなく|興味ありません|
        are not my thing|not really my thing|isnt my thing|aren't for me|are not for me|isn't my cup of tea|
        not my jam|not my style|isn't my style|bored me|is a no for me|is a turnoff|are a turn off|are boring|
        is so boring|suck|annoy me|are annoying|is annoying|gets old|got old|is getting old|are overdone|is tiring|
        is exhausting|makes me uncomfortable|make me uncomfortable|makes me sick|makes me cringe|make me cringe|
        is cringe|are cringe|is gross|grosses me out|creeps me out|squicks me out|triggers me|upsets me|ruins it|
        ruin it for me|kills it for me|drives me crazy|drive me nuts|was terrible|was awful|was bad|was meh|is meh|
        is bad|is trash|was trash|is terrible|didn't click|did not click|didn't do it for me|wasn't for me|
        not really|lost me|is played out|are played out|혐임|혐이|토 나와|토나와|토 나올|토나올|fatigue|burnout|は最悪|
        are triggers|is a trigger|are triggering|is triggering|trigger me|are a no|are no gos|are hard nos|is a no no|
        are a no no|is a red flag|are a red flag|is an instant drop|are an instant drop|is an instant no|
        are an instant no|is an automatic no|are an automatic no|make me drop|makes me drop|make me quit|ruin it|
        ruins everything|turn me off|put me off|wear me out|bug me|bugs me|freak me out|freaks me out|make me sick|
        지겨우|지겹|물렸|트라우마|역해|못 견디겠|못 보는|못 읽는|못 봄|못봄|못 봅|못봅|못 읽음|못읽음|스트레스 받|스트레스받|멘탈 나가서|극혐이|見れない|読めない|見られない|トラウマ|アレルギー|うけつけない|お呼びでない|
        squick me out|gross me out|creep me out|weird me out|weirds me out|bum me out|bums me out|stress me out|
        stresses me out|turn my stomach|i'm out|im out|count me out|i'll pass|ill pass|i drop it|i quit|i nope out|
        nope out|i stop reading|出たら無理|出たら読まない|が出ると無理|あったら無理|あると無理|が出ると萎え|나오면 안 봄|나오면 못 봄|있으면 안 봄|나오면 끔|나오면 접|나오면 안봄|
        途中でやめた|途中でやめて|途中で切|で切った|挫折|挫折した|投げた|読むのをやめ|읽다 말|읽다가 말|보다 말|보다가 말|읽다 접|보다 접|읽다가 접|보다가 접|중간에 접|중간에 덮|덮었|때려치|탈주했|
        중도하차|읽다 그만|보다 그만|못 읽겠더라|못 보겠더라|
        論外|お断りします|は無し寄り|별로더라|별로였|노잼이었|재미없었|그닥|그저 그랬|그저그랬|안 맞았|실망이었|지루했|was not for me|wasn't my thing|
        was disappointing|disappointed me|let me down|fell flat|was underwhelming|イマイチ|いまいち|微妙だった|ハマらなかった|刺さらなかった|
        질림|물림|지침|노잼임|싫증나|싫증 나|신물 나|신물나|飽きてる|飽きてきた|飽き気味|食傷気味|
        힘듦|힘듬|힘드네|힘드러|괴로워|괴롭|disgusting|revolting|insufferable|unreadable|off-putting|きつかった|しんどかった|
        지뢰|지뢰임|지뢰예요""",
    "like": """
        좋아|좋아해|좋아함|좋아하는|좋아하는데|좋아요|좋았|좋던|좋고|좋은데|재밌게|재미있게|재밌었|재미있었|재밌더|재밌어|재미있어|재밌|잼있|잼게|인생작|인생 작품|최애|띵작|명작|갓작|꿀잼|감명|
        감동받|감동 받|최고|취향 저격|취향저격|팬|팬이|반했|빠졌|빠져|빠져서|몰입|즐겁게|즐겨|인상 깊|인상깊|마음에 들|맘에 들|사랑해|사랑함|좋아서|강추|취향이|취향인|정주행|好き|すき|大好き|
        面白かった|おもしろかった|面白く|面白い|良かった|よかった|最高|神|ハマった|ハマって|はまった|はまって|はまり|楽しめた|楽しく|楽しかった|推し|感動した|お気に入り|気に入|刺さった|刺さり|泣いた|
        was great|was amazing|was awesome|was good|was fun|is great|is amazing|is awesome|is my favorite|
        is my favourite|are my favorites|is my jam|rocks|rocked|and loved it|loved it|and liked it|and enjoyed it|
        enjoyed it|liked it|loved them|enjoyed them|liked them|was my favorite|was my favourite|were great|
        blew me away|got me into|좋아하고|좋아했|좋아했는데|좋아했어|좋았음|좋았어|좋았는데|조아|조아함|좋아라|재밌음|재밌던|재밌고|재미있던|재밌네|존잼|개꿀잼|개재밌|레전드|
        최애작|감동이었|대존잼|취저|취향임|취향이야|취향입니다|반함|꽂혔|꽂혀|푹 빠|사랑합니다|좋더라|좋던데|좋습니다|좋네|좋음|괜찮았|괜찮더|흥미롭|흥미진진|好きで|好きだ|好きなので|好きなんだけど|
        大好物|好物|ツボ|ドツボ|どハマり|ハマり中|沼|ハマってて|面白くて|面白かったので|楽しかったので|良くて|よくて|好みで|好みです|好みだ|夢中|感動しました|最高だった|最高でした|名作だった|一番好き|
        was incredible|was fantastic|was wonderful|was brilliant|was perfect|was so good|was so fun|was really good|
        was excellent|is incredible|is fantastic|is good|is perfect|is peak|was peak|slaps|slapped|is my shit|
        is my comfort|was a blast|was a masterpiece|is a masterpiece|is goated|hooked me|changed my life|
        is my all time favorite|is one of my favorites|are great|are awesome|is fun|are fun|made me happy|
        に弱い|に弱くて|작품에 약해|얘기에 약해|이야기에 약해|거에 약해|것에 약해|설정에 약해|에 환장|면 환장|
        라면 사족|에 죽고 못|get me every time|gets me every time|are my weakness|is my weakness|are my guilty pleasure|
        is my guilty pleasure""",
    "read": """
        읽었|읽은|읽어봤|읽어 봤|읽음|읽는 중|읽고|읽고있|봤|본 적|본거|본 거|봐서|봄|보고|봤음|봤어|다 봤|다봤|이미|완독|정독|읽어서|읽었는데|보는 중|보는중|다 읽|다읽|본 작품|읽던|
        読んだ|読みました|読んで|読んでる|読んでいる|読了|読み終|既読|よんだ|見た|見ました|観た|みた|済み|読破|視聴|already read|i've read|finished already|다 읽어|
        다 읽음|다 봄|다봄|끝냈|다 끝|정주행 끝|정주행 완료|완주|다 봤는데|끝까지 봤|끝까지 읽|막 끝|보던|보다가|읽다가|이미 봤|이미 읽|이미 봄|이미 읽음|읽고 있|보고 있|読んでて|
        読んでいて|読み終えた|読み終わった|読み終わって|読み終えて|読み切った|全巻読|もう読|もう見|見てた|見ていた|読んでた|読んだので|読みまし|視聴済|完走|読破した|i've already read|
        already done|already finished|i know already|
        途中まで読|途中まで見|다 본 거|다 읽은 거|읽은 거|본 것|읽은 것|읽은 책|본 책|사 놨|사놨|積んで""",
    "similar": """
        같은|같이|같은거|처럼|비슷|비슷한|비슷하게|비슷하|류|풍의|풍으로|스타일|느낌|급의|급으로|분위기|계열|닮은|유사|못지않|결의|みたい|みたいな|みたいに|のような|のように|ような|ように|っぽい|
        っぽく|系の|に似|似た|似てる|近い|に近い|風の|系統|的な|-like|esque|vibes|style|type of story|같은걸|같은게|같던|비스무리|비스무리한|비슷한거|비슷한걸|비슷무리|
        느낌나는|느낌 나는|느낌의|느낌으로|결이 비슷|st|삘나는|처럼 생긴|못지 않|계의|みたいなの|みたいなやつ|ぽい|ぽいの|っぽいの|っぽいやつ|風味|に似てる|に似ている|と似た|似た感じ|似た系統|
        似たような|似てい|のノリ|ノリの|路線|テイスト|並みに|並に|級の|-style|-esque|-ish|kinda thing|sort of thing|kind of thing|kind of vibe|
        vibe""",
    "none": """
        없나|없나요|없을까|없을까요|없냐|없니|없어?|없어요?|없음?|없습니까|없으려나|없을라나|없는지|없는가|없으면 안|없으면안|없는게 없|없지 않|재미없는 거 말고|끝없|끝없이|쓸데없|틀림없|
        변함없|수없이|문제없|문제 없|더할 나위 없|거침없|말고도|괜찮|싫지 않|싫지는 않|싫어하지 않|싫어하진 않|나쁘지 않|빠짐없이|쏙 빼|쏙 빼는|눈물 빼|다름없|거리낌없|어이없|부담없|
        부담 없이|부담없이|적은 없|본 적 없|본 적이 없|읽은 적 없|안 읽은|아직 안 읽|안 본|적당히|적당한|빼놓을 수 없|빼먹지|물론|질 좋은|지루하지 않|질리지 않|ないか|ないかな|ないかしら|
        ない?|ないですか|ないですかね|ないのか|ないでしょうか|ないだろうか|ありませんか|ありませんでしょうか|くれない|くれませんか|くださいませんか|もらえませんか|嫌いじゃない|嫌いではない|嫌じゃない|
        苦手じゃない|苦手ではない|無理なく|間違いない|切ない|せつない|少なくない|つまらなくない|知らない|読んだことない|読んだことがない|飽きない|飽きのこない|見たことない|止まらない|とんでもない|仕方ない|
        もったいない|何気ない|さりげない|かもしれない|たまらない|仕方がない|はずがない|違いない|しかない|だけじゃない|悪くない|神様|いやされ|癒や|見たい|みたいです|みたいと|読みたい|読んでみたい|
        not boring|free of charge|free to|아직 안 봄|아직 안 봐|아직 안봄|아직 안봐|아직 안 읽음|아직 안 읽어|なければだめ|なければダメ|なければならない|なければいけない|
        でなければだめ|でなければダメ|でなきゃだめ|でなきゃダメ|じゃなきゃ|じゃなきゃダメ|じゃなきゃだめ|じゃなければだめ|じゃなければダメ|がなければだめ|がなければダメ|아니면 안 돼|아니면 안돼|아니면 안됨|
        아니면 안 됨|아니면 안 봐|아니면 안 읽|아니면 싫|싫은 건 아니|싫은건 아니|싫은 게 아니|싫은건 아닌|싫은 건 아닌|싫어하는 건 아니|싫어하는건 아니|싫어하지는 않|안 싫어|안싫어|
        없어선 안|없어서는 안|없으면 섭섭|안 나오면 안|빼지 말|빼면 안|빼지 마|빼지마|빼먹|제외하지 말|제외하면 안|질리지는|지겹지 않|지루하지는|심심|뻔하지 않|식상하지 않|진부하지 않|
        뻔하지는|무서워하지|나쁘지는|나쁘진 않|시간 가는 줄 모르|멈출 수 없|끊을 수 없|둘도 없|흔하지 않|흔치 않|유치하지 않|유치하지는|오글거리지 않|부담스럽지 않|지치지 않|할 말이 없|
        말이 필요 없|두말할|없어서|볼 게 없|볼게 없|볼 거 없|볼거 없|읽을 게 없|읽을게 없|읽을 거 없|읽을거 없|할 게 없|할게 없|재미없으면|거 없나|거 없냐|거 없을까|거 없니|없으려나요|
        없을려나|없는가요|없습니까?|있나 없나|嫌いなわけじゃない|嫌いなわけではない|嫌いというわけ|苦手というわけ|苦手なわけ|嫌ってはい|嫌じゃなく|なくはない|ないわけじゃない|ないわけではない|悪くはない|
        いやじゃない|無いわけ|飽きさせない|飽きずに|退屈しない|ブレない|揺るがない|目が離せない|やめられない|忘れられない|眠れない|終わらない|逃れられない|仕事がない|時間がない|お金がない|元気がない|
        分からない|わからない|読むものがない|見つからない|ないですか?|ないかなぁ|ないかね|ないっすか|なさそう|教えてくれない|no way|is not bad|isn't bad|not half bad|
        isn't boring|先が読めない|先の読めない|답답하지 않|고구마 없|
        에 빠진|에게 빠진|한테 빠진|로 빠진|푹 빠진|홀딱 빠진|깊이 빠진|
        안 봤는데|안봤는데|아직 못 봤|아직 못 봄|아직 안 봤|아직 못 읽|
        해먹는|다 해먹|말아먹는|씹어먹는""",
    "bonus": """
        있으면 더 좋|이면 더 좋|도 있으면 좋|있으면 금상첨화|があればなお|ならなお|だとなお|だと嬉しい|だとうれしい|があると嬉しい|is a plus|would be nice|
        would be great|would be a plus|would be good|is a bonus|would be a bonus|if possible|나오면 더 좋|면 금상첨화|면 땡큐|
        면 감사|だと尚|なら嬉しい|ならうれしい|があれば嬉|あれば嬉|would be cool|would be lovely|would be appreciated|are a plus|are a bonus|
        is welcome|are welcome""",
    "indifferent": """
        보다|보다는|보단|よりも|より|상관없|상관 없|상관없이|관계없|관계 없|아니어도|아니여도|아니라도|없어도|없어도 돼|있어도|이어도|여도 괜찮|도 괜찮|여도 돼|여도 좋|이어도 ok|여도 ok|
        도 ok|도 됨|でもok|でもいい|でも良い|でも大丈夫|なくてもいい|なくても|あってもいい|あっても|でも可|問題ない|構わない|かまわない|気にしない|気にならない|限らない|こだわらない|is fine|
        are fine|is ok|is okay|are ok|are okay|doesn't matter|don't matter|optional|해도 ㄱㅊ|해도 되|해도 좋|해도 ok|여도 되|
        이어도 되|있어도 되|나와도 되|도 ㄱㅊ|여도 ㄱㅊ|이어도 돼|여도 돼요|여도 됨|있어도 돼|있어도 괜|나와도 괜|나와도 돼|나와도 상관|나와도 됨|해도 돼|해도 괜찮|해도 상관|해도 됨|
        아니어도 돼|없어도 괜|없어도 상관|없어도 됨|꼭 아니|안 가려|가리지 않|안 따져|따지지 않|신경 안|신경 쓰지 않|신경안|무관|무방|なくても大丈夫|なくてもok|あってもok|あっても平気|
        でも平気|があってもいい|はあっても|でも問題|どちらでも|どっちでも|気にしません|不問|問いません|問わない|問わず|ありでも|ありでもいい|is alright|are alright|
        is acceptable|is not a problem|no problem|is not necessary|isn't necessary|not required|isn't required|
        is not required|not a must|isn't a must|isn't important|not important|isn't a dealbreaker|not a dealbreaker|
        is tolerable|i can live with|i can tolerate|whatever|or not|
        てもいい|ても良い|てもok|ても平気|ても大丈夫|ても構わ|ても可|ても気にし|でも可|あってもなくても|は気にならない|なら許せる|許容|許容範囲|doesn't bother me|don't bother me|
        doesnt bother me|dont bother me|is allowed|are allowed|all good|totally fine|is cool|are cool|는 괜찮|은 괜찮|나와도|
        섞여도|껴도 돼|좀 있어도|있든 없든|있건 없건|정도는 괜찮|까지는 괜찮|허용|
        건 괜찮|것은 괜찮|거는 괜찮|정돈 괜찮|안 됐어도|안 돼도|안 되어도|안 났어도|안됐어도|어도 됨|어도 돼|어도 괜찮|어도 상관|어도 ㄱㅊ|여도 상관|は平気|は大丈夫|は許せる|くらいは許せる|
        耐性ある|耐性あり|はok|はおk|なら平気|なら大丈夫|ならok|is no issue|are no issue|is not an issue|isn't an issue|i can handle|
        doesn't hurt|don't hurt|would be ok|would be okay|would be fine|が入っててもいい|が入っていても|
        건 ㄱㅊ|은 ㄱㅊ|는 ㄱㅊ|もいける|もいけます|でもいける|もイケる|도 볼 수 있|
        either is fine|
        not needed|isn't needed|is not needed|나도 돼|나도 됨|나도 괜찮|나도 상관|나도 좋""",
}
BEFORE = {
    "refuse": """
        no|not|non|without|w/o|zero|nothing|nothing with|nothing about|nothing too|minus|lacks|lacking|devoid of|
        free of|free from|except|except for|excluding|exclude|excludes|other than|rather than|instead of|besides|
        aside from|apart from|anything but|isn't|isnt|is not|aren't|arent|are not|doesn't|doesnt|does not|
        doesn't have|don't have|has no|have no|having no|with no|wasn't|won't|never|less|little|minimal|low on|
        light on|skip|avoid|avoids|avoiding|neither|nor|don't include|don't recommend|dont recommend|
        do not recommend|don't give me|do not want|don't want|dont want|don't need|leave out|outside of|barely any|
        hardly any|ノー|非|脱|アンチ|노|논|안|덜|비|sans|absent|absolutely no|please no|pls no|plz no|zero tolerance for|
        no more|no kind of|nothing involving|nothing containing|not anything|without any|without the|with zero|
        with little|with minimal|with very little|with as little|with less|shouldn't be|should not be|shouldnt be|
        shouldn't have|should not have|shouldnt have|shouldn't include|must not be|mustn't be|must not have|
        can't be|cant be|cannot be|can't have|cant have|cannot have|doesn't contain|doesnt contain|does not contain|
        don't contain|doesn't feature|doesn't involve|doesnt involve|does not involve|doesn't include|
        does not include|doesnt include|without too much|not too much|doesn't rely on|isn't about|isnt about|
        is not about|aren't about|not about|not focused on|not set in|isn't set in|not just another|not another|
        not yet another|no hint of|no trace of|rid of|void of|leaves out|leaving out|skipping|skips|minus the|
        minus any|minus all|never recommend|never recommend me|never ever|never again|never give me|never show me|
        never suggest|never want to read|never want to see|never want|i never want|don't ever|dont ever|do not ever|
        stop recommending|stop suggesting|stop giving me|stop with|quit recommending|don't suggest|dont suggest|
        do not suggest|don't show me|dont show me|dont give me|do not give me|don't give|don't want to read|
        dont want to read|do not want to read|don't want to see|don't want any|dont want any|do not want any|
        don't wanna read|dont wanna read|don't wanna|dont wanna|didn't want|wouldn't want|won't read|wont read|
        wouldn't read|refuse to read|anything besides|anything except|anything other than|everything but|
        everything except|all but|all except|omit|omitting|ban|banning|barring|ditch|hold the|spare me|spare me the|
        go easy on|easy on the|steer clear of|steering clear of|stay away from|staying away from|keep away from|
        far from|opposite of|anti|but not|and not|just not|or not too|isn't a|isn't an|isnt a|isnt an|is not a|
        is not an|not a|not an|not the|aren't any|lack of|lacks any|nothing like|not like|not similar to|unlike|
        avoiding the|no to|
        nobody gets|no one gets|noone gets|nobody is|no one is|nobody being|no one being|nobody ever gets|
        no one ever gets|nobody ends up|no one ends up|nobody's|where nobody|where no one|none of the|none of that|
        no time for|keep out|but nothing|spare me any|not interested in any|stay clear of|free from any|
        less like""",
    "dislike": """
        hate|hated|hates|dislike|disliked|don't like|dont like|do not like|didn't like|did not like|don't enjoy|
        don't love|didn't enjoy|can't stand|cant stand|cannot stand|can't handle|not a fan of|not fond of|not into|
        not interested in|no interest in|tired of|sick of|bored of|bored with|fed up with|burned out on|
        burnt out on|had enough of|enough of|enough with|couldn't get into|could not get into|couldn't finish|
        dropped|not feeling|weary of|allergic to|don't care for|uncomfortable with|turned off by|put off by|enough|
        rather not have|would rather not have|i'd rather not have|i'd rather avoid|rather avoid|rather not read|
        would rather not|i'd rather not|prefer not to have|prefer no|prefer not|prefer without|prefer to avoid|
        despise|despised|loathe|detest|hating|dislikes|disliking|abhor|can't do|cant do|can't deal with|
        cant deal with|can't bear|cannot bear|cant bear|can't take|cant take|can't tolerate|cannot tolerate|
        can't read|cant read|cant handle|cannot handle|couldn't stand|couldnt stand|could not stand|never liked|
        never enjoyed|not liking|not really into|not that into|not big on|not too keen on|not keen on|
        not crazy about|not a big fan of|not a huge fan of|not the biggest fan of|no fan of|isn't a fan of|
        wasn't a fan of|wasn't into|didn't care for|did not care for|didnt care for|dont care for|didnt like|
        don't really like|dont really like|do not really like|didn't really like|don't particularly like|
        don't usually like|don't vibe with|can't get into|cant get into|couldnt get into|never got into|
        couldnt finish|didn't finish|i dropped|bounced off|bounced off of|got bored of|got tired of|
        getting tired of|getting sick of|so tired of|so sick of|sick and tired of|burned out by|burnt out by|
        burned out from|so over|i'm over|im over|done with all|so done with|i'm done with|im done with|bored by|
        annoyed by|annoyed with|grossed out by|uncomfortable reading|turned off from|squicked by|hard pass on|
        pass on|passing on|too many|too much|overdosed on|had it with|had my fill of|fed up of|fed up on|
        disappointed by|disappointed with|didnt enjoy|dont enjoy|do not enjoy|never enjoy|regret reading|regretted|
        don't read|dont read|do not read|don't watch|triggered by|can't stomach|cant stomach|no patience for|don't do|
        dont do|ick from|get the ick from|had it up to here with|overdose of|sick of all|tired of all|allergic to all|
        gave up on|stopped reading|quit reading|dnf|dnf'd|noped out of|struggled with|bailed on|
        draw the line at|drawing the line at|drew the line at|grossed out by all|
        my triggers|triggers are|my triggers are|my dealbreakers|dealbreakers|dealbreakers are|deal breakers|
        pet peeves|pet peeves are|turn offs|turn-offs|hard nos|hard no's|no gos|no-gos|big nos""",
    "like": """
        love|loved|loving|like|liked|liking|enjoy|enjoyed|enjoying|adore|adored|fan of|big fan of|huge fan of|
        favorite|favourite|favorites|favourites|i'm into|im into|really into|super into|obsessed with|fond of|
        really like|really liked|hooked on|my favorite is|crazy about|had fun with|adoring|a fan of|fans of|
        huge fan|big fan|i like|i love|i enjoy|i'm obsessed with|addicted to|favs|fav|faves|fave|favs are|faves are|
        favorites are|favourites are|favorites include|favourites include|all time favorite|all-time favorite|
        craving|really enjoyed|really loved|thoroughly enjoyed|absolutely loved|absolutely love|fell in love with|
        a sucker for|sucker for|a soft spot for|soft spot for|partial to|vibing with|on a kick|had a blast with|
        was blown away by|got hooked on""",
    "read": """
        read|have read|i've read|ive read|already read|already seen|seen|watched|have seen|i've seen|
        finished reading|just finished|i finished|i've finished|ive finished|have finished|finished with|
        caught up on|caught up with|caught up to|been reading|i'm reading|reading|done with|went through|went thru|
        binged|finished|just read|just finished reading|already finished|already know|recently read|
        recently finished|recently watched|last read|watched all of|read all of|read most of|i read|i watched|
        i already read|i already watched|currently reading|rereading|re-read|re-reading|up to date with|
        up to date on""",
    "similar": """
        like|similar to|similar|something like|more like|along the lines of|in the vein of|in the style of|
        reminiscent of|akin to|comparable to|same vibe as|same vibes as|same feel as|vibes of|feels like|close to|
        as good as|a la|resembling|same as|equivalent of|alternative to|alternatives to|if i liked|if i loved|
        in the same vein as|reminds me of|like maybe|a bit like|kinda like|kind of like|sort of like|much like|
        just like|anything like|stuff like|books like|series like|novels like|things like|stories like|
        similar vibe to|similar vibes to|similar feel to|similar in tone to|same energy as|same mood as|
        same tone as|gives me|scratch the|scratches the same itch as|fill the void of|fill the hole left by|
        fill the void left by|fans of|readers of|for fans of|the next|replacement for|as fun as|as dark as|
        as funny as|as much fun as|along the line of|in the spirit of|in line with|compare to|compares to|
        comparable with|inspired by""",
    "none": """
        still going through|still going to|not only|old school|old-school|
        not just|not sure|no idea|no problem|no matter|no longer|no preference|
        don't know|dont know|would like|i'd like|id like|would love|i'd love|looks like|feel like|i feel like|
        i feel like reading|feel like reading|in the mood for|looking to read|looking for|want to read|wanna read|
        should i read|to read|can i read|i want to read|something to read|would you like|haven't read|have not read|
        havent read|never read|i've never read|what's like|not long|can't wait|no clue|not bad|no pressure|
        nothing else|not many|what else|why not|like that|like this|like it|like them|like those|it's like|
        what should i read|worth reading|good read|like to read|easy read|quick read|light reading|need something|
        no rush|no spoilers|without spoilers|over and over|all over|overall|for over|reading mood|not yet|i know|
        do you know|don't hate|dont hate|don't dislike|do you have|not enough|enough with me|nothing but|
        none other than|not without|no less than|nothing less than|no shortage of|can't get enough of|
        cant get enough of|cannot get enough of|couldn't get enough of|never get enough of|never get tired of|
        never tire of|not tired of|not sick of|not bored of|don't skip|couldn't put down|no less|not only that|
        isn't just|is not just|isn't only|not all|not every|no wonder|not hating|not that i mind|no money|
        nothing wrong with|not a problem with|can't go wrong with|i don't hate|i dont hate|don't exclude|
        don't leave out|dont leave out|don't avoid|not afraid of|not scared of|isn't afraid of|no one|nobody|
        nothing happens|haven't tried|havent tried|never tried|i haven't read|i have not read|haven't seen|
        not familiar with|new to|not new|don't know much about|dont know much about|don't know what|dont know what|
        not sure what|as much as|too many to|so much|not much|do not hate|doesn't hate|i don't dislike|
        not disliking|
        nothing beats|nothing tops|nothing like a good|nothing better than|isn't there any|isn't there a|
        isnt there any|aren't there any|is there no|are there no|why is there no|why are there no|there's no good|
        why no|can't find any|cant find any|couldn't find any|not enough good""",
    "bonus": """
        preferably|ideally|if possible|maybe|perhaps|bonus points for|bonus for|가능하면|되도록|이왕이면|기왕이면|できれば|できたら|
        extra points for|plus points for|points if|bonus if|bonus points if|even better if|even better with|
        better if|hopefully|hopefully with|would be nice with|가급적|될 수 있으면|웬만하면|기왕|できるだけ|なるべく|可能なら""",
    "indifferent": """
        don't mind|dont mind|do not mind|don't care|dont care|do not care|doesn't have to be|doesnt have to be|
        does not have to be|doesn't need to be|not necessarily|not opposed to|not against|couldn't care less|
        i'm fine with|im fine with|okay with|ok with|don't have to be|dont have to be|need not be|needn't be|
        can have|may have|may contain|may include|might have|even if there's|even if there is|even if it has|
        even with|open to|i'm open to|not averse to|not picky about|tolerate|can tolerate|can live with|fine with|
        ok if there is|okay if there's|ok if there's|whether or not|regardless of|doesnt matter if|
        doesn't matter if|
        wouldn't mind|wouldnt mind|would not mind|i'm ok with|im ok with|i'm okay with|im okay with|cool with|
        chill with|no issue with|no issues with|not bothered by|don't mind if there's|can include|could have|
        could include|feel free to include|it's ok if|its ok if|it's fine if|its fine if|
        i can handle|can handle|can stomach|i can take|i can deal with|can deal with""",
}
PHRASES = [("after", AFTER), ("before", BEFORE)]


def add_cues(lexicon: Lexicon):
    for side, table in PHRASES:
        for kind, words in table.items():
            for word in filter(None, (w.strip() for w in words.replace("\n", "").split("|"))):
                lexicon.add(word, Cue(kind, side == "after"))
