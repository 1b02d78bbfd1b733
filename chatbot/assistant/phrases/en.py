"""What the librarian says in English.

A `mod` beginning with a word of AFTER stands after the kind of book, any other before it.
A `line` is what "it" does, and goes after a full subject as well.
"""

import re

from .words import Words, table

TAGS = table("""
isekai | isekai | isekai | builds a life in an unfamiliar world | isekai stories
reincarnation | reincarnation | reincarnation | follows a life lived for the second time | reincarnation stories
summoned | summoned heroes | summoned-hero | sets its people down in another world without warning | summoned-hero stories
vrmmo | virtual reality | virtual-reality | roams the inside of a virtual-reality game | virtual-reality game stories
dungeon | dungeons | dungeon | works its way through a dungeon step by step | dungeon stories
academy | school life | school | makes its school feel lived in | school stories
modern-japan | present-day Japan | set in present-day Japan | stays close to present-day Japan
urban-fantasy | urban fantasy | urban fantasy | hides the uncanny just beside everyday life | urban fantasies
high-fantasy | high fantasy | high fantasy | takes swords and sorcery seriously | high fantasies
historical | history | historical | carries the air of another age | historical stories
chinese-style | Chinese-style settings | Chinese-style | is steeped in a Chinese-style world
japanese-style | old Japan | old-Japan | has the flavour of old Japan
post-apocalyptic | life after the end | post-apocalyptic | follows people living on in a broken world
space | space | space | spreads its stage among the stars | space stories
near-future | the near future | near-future | imagines a future not far from ours
otome-game-world | otome games | otome game | lives inside the world of an otome game | otome game stories
fantasy | fantasy | fantasy | breathes magic and wonder | fantasies
romance | romance | romance | follows feelings with a fine hand | romances
romcom | romantic comedy | romcom | trades laughter and flutters turn by turn | romantic comedies
comedy | comedy | funny | keeps surprising a laugh out of you | comedies
drama | drama | dramatic | looks deep into what its people carry | dramas
slice-of-life | everyday life | slice-of-life | is content with small, ordinary days | slice-of-life stories
slow-life | slow living | slow-life | lives unhurriedly and lets you do the same | slow-life stories
action | action | action | moves fast when swords are drawn | action stories
adventure | adventure | adventure | takes to the road and widens the world | adventures
mystery | mystery | mystery | unties its riddles one by one | mysteries
horror | horror | horror | sends a chill down the spine | horror stories
suspense | suspense | suspenseful | never quite lets you relax | suspense stories
sf | science fiction | science fiction | has real scientific imagination | science fiction
war | war | war | does not look away from the weight of war | war stories
politics | politics | political | turns on the contest for power and good rule | political stories
economics | trade | merchant | runs on bargains and clever sums | stories of trade
crafting | crafting | crafting | knows the joy of making things by hand | crafting stories
sports | sports | sports | puts its whole heart into the contest | sports stories
music | music | music | lets music join one person to another | music stories
cooking | cooking | cooking | makes you hungry as you read | food stories
gaming | gaming | gaming | is about people who take games in earnest | gaming stories
medical | medicine | medical | stays close to medicine and illness | medical stories
workplace | working life | workplace | knows both the toil and the rewards of work | workplace stories
idol | idols | idol | shows both the light and the shade of the stage | idol stories
death-game | death games | death-game | stakes lives on its contests | death-game stories
time-loop | time loops | time-loop | looks for a way out of repeating time | time-loop stories
time-travel | time travel | time-travel | moves back and forth through time | time-travel stories
revenge | revenge | revenge | is driven by the wish for revenge | revenge stories
supernatural-battle | battles of strange powers | supernatural battle | sets one strange power against another | supernatural battle stories
mecha | mecha | mecha | takes its machines into battle | mecha stories
overpowered | overpowered heroes | with an overpowered hero | has a hero whose strength settles most things
weak-to-strong | a climb from weak to strong | about a weak hero growing strong | climbs from the bottom, one step at a time
female-lead | heroines | with a female lead | sees its world through a heroine's eyes
adult-lead | adult heroes | with an adult lead | sees things with grown-up eyes
antihero | antiheroes | with an antihero | is led by someone who is not simply good
non-human-lead | non-human leads | with a hero who is not human | sees its world through eyes that are not human
genius | genius | with a genius in it | lets an uncommon talent shine
villainess | villainesses | villainess | lets a villainess shake the tale | villainess stories
exiled | banishment | about a hero cast out | finds a new road after being cast out
hero-party | hero parties | with a hero's party | gives the hero's party a thread of its own
demon-lord | demon lords | with a demon lord | turns on the presence of a demon lord
harem | harems | harem | surrounds its hero with admirers | harem stories
reverse-harem | reverse harems | reverse harem | gathers many suitors round its heroine | reverse harem stories
yuri | yuri | yuri | is about what women feel for each other | yuri stories
bl | BL | BL | is about what men feel for each other | BL stories
childhood-friend | childhood friends | with a childhood friend | stays close to a bond from childhood
marriage | married life | about married life | is about two people bound in marriage
found-family | found family | about found family | turns strangers into a family
child-rearing | child-rearing | about raising a child | grows up together with the child in its care
siblings | siblings | about siblings | watches a pair of siblings closely
age-gap | age gaps | with an age gap | measures the distance between two ages
slow-burn | slow-burning love | slow-burn | lets two people draw near very slowly
love-triangle | love triangles | with a love triangle | aches with feelings that miss each other
heartwarming | warmth | heartwarming | leaves you warmer than it found you
cozy | cosiness | cosy | is as snug as a blanket
bright | brightness | bright | reads light and bright
dark | darkness | dark | does not turn its eyes from the dark
serious | seriousness | serious | meets heavy questions head-on
bittersweet | bittersweet moods | bittersweet | leaves both sweetness and a little sorrow
tearjerker | tears | tearful | can bring you to tears
absurd | absurd humour | absurd | follows an absurd idea with a straight face
gritty | grit | gritty | shows what it costs to survive
philosophical | philosophical questions | philosophical | stays in the mind long afterwards
mind-games | mind games | about mind games | is a taut contest of wits
game-mechanics | game mechanics | with game mechanics | gets good fun out of levels and skills
world-building | world-building | with careful world-building | has a world worked out to its corners
ensemble-cast | ensemble storytelling | with an ensemble cast | weaves many people's stories together
magic-system | worked-out magic | with a worked-out magic | digs into how its magic works
monsters | monsters | with monsters | puts all manner of monsters in the way
vampires | vampires | with vampires | walks its nights with vampires
dragons | dragons | with dragons | gives its dragons real presence
gods | gods | with gods | lets gods reach into the tale
youkai | youkai | with youkai | has youkai living close beside people
military | military life | military | knows the discipline and tactics of soldiers | military stories
gore | gore | gory
sexual-content | sexual content | with sexual content
sexual-violence | sexual violence | about sexual violence
abuse | abuse or bullying | about abuse
suicide | suicide or self-harm | about suicide
slavery | slavery | about slavery
""")

AFTER = ("with ", "about ", "set ", "of ", "from ")

OPENINGS = {
    "liked": (
        "So you enjoyed {liked}. To carry that feeling on, I chose {n} from our {np}{without}.",
        "I am glad {liked} found you. Here, from our {np}{without}, {comes} {n} with something of the same spirit.",
        "I looked for what I would shelve next to {liked}. From our {np}{without}, I picked {n}.",
        "Closing {liked} must have left a small gap. I went through our {np}{without}, and brought {n} to fill it.",
        "If you are fond of {liked}, this corner may please you too. I gathered {n} of our {np}{without}.",
    ),
    "asked": (
        "You are looking for {np}{without}. I walked once round the shelves and chose {n}.",
        "I went through our {np}{without}, and picked {n}. I hope this suits you.",
        "Your words brought a few shelves to mind. Of our {np}{without}, I took down {n}.",
        "I think I know where to look for {np}{without}. May I suggest {n} to begin with?",
        "I have been to the far end of the stacks for {np}{without}, and came back with {n}.",
        "{np_capital}{without}, then. Let me set {n} on the desk for you.",
    ),
    "anything": (
        "Then let me hand you {n} of the books I am fond of.",
        "Since anything will do, I chose {n} that {draw} you in from the first page.",
        "Thank you for trusting me with it. After some thought, I chose {n}.",
        "I am a little nervous about what to hand you. Let me begin with {n}.",
    ),
    "again": (
        "Then, this time, {n} of our {np}{without}.",
        "I went to another shelf this time. From our {np}{without}, here {comes} {n}.",
        "I have been through our {np}{without}, and chose {n} this time.",
        "As you say. From our {np}{without}, I picked {n}.",
    ),
}

RELAXED = (
    "I am sorry to say that nothing on my shelf keeps your wish for {blocked}. I chose {n} that {come} nearest, and note where {they} {miss}.",
    "I searched every shelf, but {blocked} stood in the way of a perfect match. Here {comes} {n} as near as I could find.",
    "To be honest, no book here meets your wish for {blocked}. Let me show you {n} that {come} near.",
    "My hand stopped at {blocked}. Not everything fits, but I brought {n} that {come} closest.",
)
RELAXED_BLIND = (
    "Nothing on my shelf keeps to all you asked. I chose {n} that {come} nearest, and note where {they} {miss}.",
)
FEWER = (
    "No more than that fitted exactly.",
    "I looked further, but that is all that matches.",
    "I could not fill the number you asked for.",
)
TOO_MANY = ("Five at a time is as many as I hand out.",)

NOTHING = (
    "I am sorry. I searched to the end of the shelves for {np}{without}, and found nothing to hand you. {loosen}",
    "My shelf holds no {np} just now{without}. {loosen}",
    "With those wishes I have nothing to give you, and I would rather not invent a book. {loosen}",
    "Forgive me for coming back empty-handed: I found no {np}{without}. {loosen}",
)
LOOSEN = {
    "volumes": "If the number of volumes may be a little looser, I will look again.",
    "status": "If it need not matter whether the series is finished, a way may open.",
    "year": "If the years may be a little wider, I will look again.",
    "edition": "If it need not be a translated edition, I will look again.",
    "anime": "Shall I look without minding whether there is an anime?",
    "tag": "If you can do without {thing}, I will look again.",
    "any": "Could you loosen one condition, or tell me of a book you liked?",
}

UNSURE = (
    "I did not catch which book you mean. Could you give me a little more of its title?",
    "By that name alone I could not find the book in my catalogue. Could you add the author, or another title?",
    "I am sorry, I cannot place that book. With its original title or subtitle I will look again.",
)
UNKNOWN = (
    "{titles} {is} not on my shelf, so I will not pretend to know {it}.",
    "I am sorry, {titles} {is} not known to me; I cannot vouch for {it}.",
    "I could not find {titles} in my catalogue, so I cannot vouch for {it}.",
)
UNKNOWN_ALONE = (
    "If you tell me what you loved there, I will look for something like it.",
    "If there is another name, or you can describe the mood, I will start from that.",
    "Could you tell me the genre, or a scene that stayed with you? I will follow that thread.",
)
UNKNOWN_GO_ON = (
    "Going by the rest of what you said, I chose {n} of our {np}{without}.",
    "With your other words as my clue, I picked {n} of our {np}{without}.",
    "Still, you told me enough to go on: here {comes} {n} of our {np}{without}.",
)

CLOSINGS = (
    "If you have read any of these already, tell me and I will exchange it.",
    "If you would rather have something shorter or brighter, please say so.",
    "Tell me which one draws you, and I can look for more in its vein.",
    "If the mood or the length is off, I will gladly go back to the shelves.",
    "If there is anything you would rather avoid, tell me quietly and I will leave it out.",
    "When you have read one, tell me how it was; it helps me choose the next.",
)

CLOSINGS_ONE = (
    "If you have read it already, tell me and I will exchange it.",
    "If it pleases you, I can look for more in its vein.",
    "If the mood or the length is off, I will gladly go back to the shelves.",
    "When you have read it, tell me how it was; it helps me choose the next.",
)

GREETINGS = (
    "Hello. I am the apprentice of this old library, and I look after the light novels.",
    "Welcome. I am the apprentice librarian who keeps these shelves.",
    "Hello, I am glad you came. I am the apprentice who looks after the light novels here.",
    "Come in; I had just lit the lamp. I am the apprentice librarian of this place.",
)
GREETINGS_AGAIN = ("Yes, I am here.", "I am glad you called again.", "Hello again.", "I was waiting for you.")
DISTRESS = (
    "Thank you for saying that here. Let us close the books for a moment: please talk first with someone who can listen now. "
    "In the USA that is 988, in the UK and Ireland 116 123, elsewhere your local emergency number, at any hour. "
    "You do not have to bear it alone. I will keep the lamp lit.",
)
THANKS = (
    "I am glad it helped. Call me whenever you need the next book.",
    "Thank you, too. Tell me how you liked it when you have read it.",
    "You are very welcome. I wish you a good evening's reading.",
    "That makes all the dusting worthwhile. Do come again.",
)
ABOUT = (
    "I am not a person but a program, the apprentice librarian that belongs to this library. I speak from its catalogue alone, and when a book is not there I say so.",
    "I am the apprentice who looks after these light novels. I am a program and not a person, but I only ever suggest books that are truly on the shelf, and I tell you why.",
    "Please call me the apprentice librarian. I am a program, not a person; my work is to open the catalogue and find what may suit you.",
)
ELSEWHERE = (
    "I am afraid I know little about that. My shelf holds only light novels.",
    "I am sorry, I am no use outside the light-novel shelves.",
    "That is not an answer my shelves can give; I look after light novels only.",
    "I would like to help, but light novels are all I can open for you.",
)
LEADS = (
    "I will gladly choose for you. Let me ask one thing first.",
    "I would like to find the right book, but I have too little to go on yet.",
    "The shelves are long; tell me a little more.",
    "Yes, let us look together. First, a word about your taste.",
)
ASK_BACK = (
    "Is there a genre you are drawn to? A word is enough: an isekai adventure, a school romcom, a mystery.",
    "If you have enjoyed a book lately, tell me its title. If not, just say whether you would like something bright or something dark.",
    "What mood are you in today? Something warm that lets you rest, or something dark that makes you hold your breath?",
    "Where shall I start? Slow everyday life, a battle of wits, a wistful love: say whatever comes to mind.",
    "Could you name a genre you like, or one work you enjoyed? If you also say whether it should be short, I can choose better.",
)

FRAMES = {
    "aside": (
        "Here I step aside on purpose, since {thing} may turn out a pleasant surprise.",
        "This one is a step to the side: {thing} is what sets it apart from the others.",
        "One more from a shelf further off, different from the rest for {thing}.",
        "Let me also hold out something beside the path, with {thing} in it.",
    ),
    "tag+line": (
        "It {line}, and there is plenty of the {asked} you asked for.",
        "When you spoke of {asked}, this came to mind first, for it {line}.",
        "Here you will find {asked}, in a book that {line}.",
        "Because it {line}, I think it will suit your wish for {asked}.",
        "There are many ways to go about {asked}; this one {line}.",
        "I like to pass this one quietly to those who want {asked}: it {line}.",
        "I found this one while looking for {asked}. What makes it its own is that it {line}.",
        "You get {asked}, and on top of that the story {line}.",
    ),
    "tag": (
        "At the heart of the tale you will find {asked}, as you wished.",
        "For {asked}, I would not want you to miss it.",
        "My hand went to it as soon as you said {asked}.",
        "I often give it to those who are fond of {asked}.",
        "I could not walk past this one with {asked} in mind.",
        "What one hopes for from {asked} is all here.",
    ),
    "asked-line": (
        "Just as you wished, it {line}.",
        "The story {line}, so it should suit what you asked for.",
        "From the first chapters on, it {line}.",
        "This one, too, {line}.",
        "It fits what you have in mind: it {line}.",
        "True to your wish, this one {line}.",
    ),
    "kin+shared": (
        "If you enjoyed the {shared} in {kin}, you should feel at home here too.",
        "Like {kin}, it draws on {shared}.",
        "The way it handles {shared} reminds me of {kin}.",
        "A good one to open after {kin}; {shared} will lead you from one to the other.",
        "This is for when you miss the {shared} of {kin}.",
        "It has much in common with {kin}, above all in its {shared}.",
        "For its {shared}, I would shelve it right beside {kin}.",
    ),
    "kin+line": (
        "If you liked {kin}, your heart may go out to this too: it {line}.",
        "It is close to {kin} in spirit, yet in its own way it {line}.",
        "Like {kin}, it {line}.",
        "With {kin} still in your mind, try this one, which {line}.",
    ),
    "kin": (
        "I have long recommended it to those who liked {kin}.",
        "Readers of {kin} often come looking for this one next.",
        "I would gladly stand it next to {kin}.",
        "It reads best while {kin} is still with you.",
        "Somehow it breathes the same air as {kin}.",
    ),
    "author": (
        "It is by the author of {kin}, so the writing will feel familiar.",
        "It comes from the same hand as {kin}.",
        "Here is another story by the author of {kin}.",
        "With the same author as {kin}, you may find here what you enjoyed there.",
        "If you wondered what else the author of {kin} wrote, this is it.",
    ),
    "series": (
        "It is bound up with {kin}, so you can stay in that world a little longer.",
        "It shares its world with {kin}.",
        "It is a branch grown from {kin}.",
        "Having read {kin}, you will meet familiar names again.",
        "It belongs to the same series as {kin}.",
    ),
    "bright": (
        "It is bright enough to make the pages turn lightly.",
        "You can smile your way through it without a heavy heart.",
        "There is sunlight in most of its rooms.",
        "No long shadows here, so it reads easily.",
        "Your spirits should lift as you read.",
    ),
    "dark": (
        "The shadows are as deep as you wished.",
        "There is a weight here that cannot be laughed off.",
        "It looks longer at the dark than at the light.",
        "If you want the dark side, it will not disappoint.",
        "Read alone at night, it sinks in deeper still.",
    ),
    "completed": (
        "It is complete in {volumes} volumes.",
        "The story is tied off in volume {volumes}.",
        "All {volumes} volumes are out, so there is no waiting.",
        "Being finished at {volumes} volumes, it can be read in one long breath.",
        "Its ending is already written, in {volumes} volumes.",
    ),
    "completed-one": (
        "It ends within a single volume.",
        "One volume holds the whole of it.",
        "A single book, so an evening may take you to the last page.",
        "Complete in one volume, it asks little of you.",
        "Just the one volume, so it is easy to begin.",
    ),
    "ongoing": (
        "It is still going on, with {volumes} volumes so far.",
        "There are {volumes} volumes, and more to come.",
        "As it is still being written, you have something to look forward to.",
        "So far it has reached volume {volumes}, and the tale continues.",
        "Its ending is still open, and you can follow along.",
    ),
    "hiatus": (
        "It has paused at volume {volumes} for now.",
        "There has been no news since volume {volumes}.",
        "For the moment it rests at volume {volumes}.",
    ),
    "volumes": (
        "At {volumes} volumes, it keeps to the length you asked for.",
        "Its length is {volumes} volumes.",
        "There are {volumes} volumes in all, as long as you wished.",
        "With {volumes} volumes, the length should be right.",
        "As for length, it comes to {volumes} volumes.",
    ),
    "year": (
        "Its first volume came out in {year}.",
        "It began in {year}.",
        "The series dates from {year}.",
        "Having begun in {year}, it falls within the years you gave.",
        "Volume one appeared in {year}.",
    ),
    "edition-ko": (
        "There is a Korean edition.",
        "It can be read in Korean as well.",
        "A licensed Korean edition exists.",
        "It has been translated into Korean.",
        "You can find it in Korean.",
    ),
    "edition-en": (
        "There is an English edition.",
        "You can read it in English.",
        "A licensed English edition exists.",
        "It has been translated into English.",
        "It is to be found in English, too.",
    ),
    "anime": (
        "There is an anime of it as well.",
        "It has been made into an anime.",
        "You may enjoy looking up the anime afterwards.",
        "Perhaps you have heard its name from the anime.",
        "Once you close the book, the anime is there to go on with.",
    ),
    "no-anime": (
        "No anime has been made of it yet, so the book will be your first meeting.",
        "Without an anime, it is all in the words.",
        "It has not been put on a screen so far.",
        "As there is no anime, you can open it without any picture in mind.",
        "Only in print can you meet it.",
    ),
    "renown": (
        "It is so widely read that I can hand it to a newcomer without worry.",
        "Long loved, it makes a safe first choice.",
        "Few books on this shelf have passed through more hands.",
        "Many readers have been here before you, so I recommend it with confidence.",
        "You may well have heard its name.",
    ),
    "line": (
        "It {line}.",
        "The story {line}.",
        "This is a book that {line}.",
        "Here is one that {line}.",
    ),
    "another": (
        "This time I chose one that {line}.",
        "For a change of air, I add one that {line}.",
        "Should you care for a book that {line}, look at this one.",
    ),
    "also": (
        "You may also like that it {line}.",
        "Better still, it {line}.",
        "I am fond of how it {line}.",
        "What stayed with me is how it {line}.",
        "Along the way, it {line}.",
        "It also {line}.",
    ),
    "warning": (
        "I should mention that there is a good deal of {thing}.",
        "One thing to know beforehand: {thing} weighs heavily in it.",
        "Please be prepared for {thing}.",
        "If {thing} is hard for you, open it with care.",
        "A word of warning about {thing}.",
    ),
}

BREACHES = (
    "Only, {what}.",
    "Where it misses your wish: {what}.",
    "Not quite as you asked, {what}.",
    "A pity that {what}.",
    "I should say beforehand that {what}.",
)
BREACH = {
    "tag": ("you will hardly find {thing} in it, and", "you will hardly find {thing} in it"),
    "carries": ("it has {thing} in it, and", "it has {thing} in it"),
    "long": ("it runs to {volumes} volumes, and", "it runs to {volumes} volumes, longer than you wished"),
    "short": ("it has only {volumes} volumes, and", "it has only {volumes} volumes, fewer than you wished"),
    "ongoing": ("it is not finished yet, and", "it is not finished yet"),
    "hiatus": ("it has stopped unfinished, and", "it has stopped without an ending so far"),
    "completed": ("it is already finished, and", "it is already finished"),
    "year": ("it began in {year}, and", "it began in {year}"),
    "edition": ("I am not certain of {edition}, and", "I could not confirm that there is {edition}"),
    "no-edition": ("there is not yet {edition}, and", "there is not yet {edition}"),
    "anime": ("there is an anime of it, and", "there is already an anime of it"),
    "no-anime": ("it has no anime, and", "it has no anime yet"),
    "tone": ("its mood is a little different, and", "its mood is a little different from what you wished"),
    "other": ("it does not meet every condition, and", "it does not meet every condition"),
}
OTHERS = "other stories"
# She was asked for what the reader had asked never to be offered again.
REFUSED_FOR_GOOD = (
    "You asked me never to offer you {things} again, so I have left that out.",
    "I promised never to offer you {things} again, and I keep to it.",
)

EDITIONS = {"ko": "a Korean edition", "en": "an English edition", "ja": "a Japanese edition"}
SINGULAR = {"comes": "comes", "come": "comes", "draw": "draws", "miss": "misses", "they": "it"}
PLURAL = {"comes": "come", "come": "come", "draw": "draw", "miss": "miss", "they": "they"}
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}

FACTS = {
    "volumes-completed": (
        "{title} is complete in {volumes} volumes.",
        "{title} came to its end at {volumes} volumes.",
        "My catalogue has {title} as finished at {volumes} volumes.",
    ),
    "volumes-ongoing": (
        "{title} has reached {volumes} volumes and is still going on.",
        "My catalogue lists {volumes} volumes of {title}, and it is not finished yet.",
        "So far there are {volumes} volumes of {title}, with more to come.",
    ),
    "volumes-hiatus": (
        "{title} has {volumes} volumes, and there has been no news since.",
        "{title} rests at {volumes} volumes; the story has not been ended.",
        "My catalogue has {title} as paused at {volumes} volumes.",
    ),
    "author": (
        "{title} is by {authors}; its first volume came out in {year}.",
        "{title} was written by {authors}.",
        "My catalogue gives {authors} as the author of {title}.",
    ),
    "year": (
        "The first volume of {title} came out in {year}.",
        "{title} began in {year}.",
        "My catalogue dates the first volume of {title} to {year}.",
    ),
    "anime": ("Yes, {title} has been made into an anime.", "There is an anime of {title}."),
    "no-anime": (
        "My catalogue lists no anime of {title}.",
        "As far as I know, {title} has not been made into an anime.",
    ),
    "edition": ("Yes, there is {edition} of {title}.", "{title} has {edition}."),
    "no-edition": (
        "By my catalogue, {title} does not have {edition} yet.",
        "I find no record of {edition} of {title}.",
    ),
    "edition-unsure": (
        "My catalogue does not say for certain whether there is {edition} of {title}.",
        "I could not confirm whether {title} has {edition}.",
    ),
    "plot": (
        "This is how {title} goes.",
        "Let me tell you just the beginning of {title}.",
        "A short introduction to {title}, then.",
    ),
    "more": (
        "If it appeals to you, I can look for others like it.",
        "Ask me anything else you would like to know about it.",
        "If you would like more in the same vein, just say so.",
    ),
}


def finish(text):
    """`text` with a capital where it begins, and one volume in the singular."""
    text = re.sub(r"\b1 volumes\b", "1 volume", text).replace("There are 1 volume", "There is 1 volume")
    return text[:1].upper() + text[1:]


BETWEEN = " "  # two sentences


ECHOES = ("story", "book", "one that")  # words that two sentences in a row should not both use


def rhythm(sentence):
    """What makes two sentences in a row sound alike: how they begin."""
    return sentence.split(" ", 1)[0].lower()


def listing(things):
    if len(things) < 3:
        return " and ".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def either(things):
    return " or ".join(things)


def kind_of_book(words, slugs, limits, any_of=False):
    """ "finished dark school stories with a female lead" from Words in speaking order and the limits."""
    before = [one for one in limits if not one.startswith(AFTER)]
    after = [one for one in limits if one.startswith(AFTER)]
    if any_of and len(words) > 1:
        return " ".join([*before, either([_alone(one) for one in words]), *_joined(after)])
    leading = [word for word in words if not word.mod.startswith(AFTER)]
    following = [word.mod for word in words if word.mod.startswith(AFTER)]
    kind = [*(word.mod for word in leading[:-1]), _alone(leading[-1]) if leading else "stories"]
    return " ".join([*before, *kind, *_joined([*following, *after])])


def _joined(phrases):
    """ "with a heroine", "with an anime" as "with a heroine and an anime": one "with" for those in a row."""
    for before, phrase in zip(["", *phrases], phrases, strict=False):
        both = before.startswith("with ") and phrase.startswith("with ")
        yield phrase.replace("with", "and", 1) if both else phrase


def _alone(word):
    if word.head:
        return word.head
    return f"stories {word.mod}" if word.mod.startswith(AFTER) else f"{word.mod} stories"


def limits(wish):
    """What the wish asks besides the kind of book, each as a modifier."""
    said = ["little-known"] if wish.less_known else []
    if not (wish.max_volumes == 1 and wish.status == "completed"):
        said += STATUSES.get(wish.status, ())
    said += [*_volumes(wish), *_years(wish)]
    if wish.edition:
        said.append(f"with {EDITIONS.get(wish.edition, 'a translation')}")
    if wish.anime is not None:
        said.append("with an anime" if wish.anime else "with no anime")
    return said


def _years(wish):
    first, last = wish.min_year, wish.max_year
    if first and last:
        yield f"from {first}" if first == last else f"from {first} to {last}"
    elif first or last:
        yield f"from {first} or later" if first else f"from {last} or earlier"


def _volumes(wish):
    least, most = wish.min_volumes, wish.max_volumes
    if most == 1:
        yield "single-volume"
    elif most:
        yield f"of {least} to {most} volumes" if (least or 0) > 1 else f"of no more than {most} volumes"
    elif (least or 0) > 1:
        yield f"of at least {least} volumes"


STATUSES = {"completed": ("finished",), "ongoing": ("ongoing",)}


def without(things):
    return f", leaving {listing(things)} aside" if things else ""


def condition(kind, wish, thing):
    """A constraint of the wish as a noun, for saying that nothing keeps it."""
    if kind == "volumes":
        return (
            f"at most {wish.max_volumes} volumes" if wish.max_volumes else f"at least {wish.min_volumes or 1} volumes"
        )
    if kind == "status":
        return "an ongoing series" if wish.status == "ongoing" else "a finished series"
    if kind == "year":
        return f"a start in {wish.min_year} or later" if wish.min_year else f"a start in {wish.max_year} or earlier"
    if kind == "edition":
        return EDITIONS.get(wish.edition, "a translation")
    if kind == "anime":
        return "an anime" if wish.anime else "no anime"
    return thing


def unknown_tag(label):
    """Words for a tag this table does not know."""
    return Words(label.lower(), label.lower())
