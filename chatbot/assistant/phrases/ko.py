"""What the librarian says in Korean.

`{x}[을]` takes the particle that fits what stands before it: 을/를, 이/가, 은/는, 와/과, 으로/로, 이라/라, 이나/나.
"""

import re

from ...text.particles import LIQUID, NIEUN, final_of
from .words import Words, table

TAGS = table("""
isekai | 이세계 | 이세계 | 낯선 세계에서 삶을 꾸려 가는 | 이세계물
reincarnation | 환생 | 환생 | 두 번째 삶을 살아가는 | 환생물
summoned | 이세계 소환 | 소환 | 어느 날 갑자기 다른 세계에 발을 딛는 | 이세계 소환물
vrmmo | 가상 현실 게임 | 가상 현실 게임 속 | 가상 현실 게임 속을 누비는 | 가상 현실 게임물
dungeon | 던전 | 던전 | 던전을 한 걸음씩 파고드는 | 던전물
academy | 학교 배경 | 학원 | 학교라는 무대가 생생하게 살아 있는 | 학원물
modern-japan | 현대 일본 배경 | 현대 일본을 무대로 한 | 지금의 일본을 무대로 삼은 | 현대물
urban-fantasy | 현대 판타지 | 현대를 무대로 한 | 일상 바로 곁에 신비가 숨어 있는 | 현대 판타지
high-fantasy | 정통 판타지 | 정통 판타지 | 검과 마법의 세계를 정공법으로 그린 | 정통 판타지
historical | 시대 배경 | 옛 시대를 그린 | 지나간 시대의 공기를 담은 | 시대물
chinese-style | 중화풍 배경 | 중화풍 | 중화풍 세계의 정취가 물씬 나는 | 중화풍 이야기
japanese-style | 일본풍 배경 | 일본풍 | 옛 일본의 정취가 배어 있는 | 일본풍 이야기
post-apocalyptic | 종말 이후의 세계 | 종말 이후를 그린 | 무너진 세계에서 살아가는 사람들을 그린 | 종말 이후의 이야기
space | 우주 | 우주를 무대로 한 | 별들 사이로 무대를 넓힌 | 우주물
near-future | 근미래 배경 | 근미래 | 머지않은 미래를 그려 보게 하는 | 근미래 이야기
otome-game-world | 오토메 게임 세계 | 오토메 게임 속 | 오토메 게임의 세계를 살아가는 | 오토메 게임물
fantasy | 판타지 | 판타지 | 마법과 신비가 숨 쉬는 | 판타지
romance | 로맨스 | 로맨스가 있는 | 사랑의 감정을 섬세하게 따라가는 | 로맨스
romcom | 러브 코미디 | 러브 코미디 | 웃음과 설렘이 번갈아 찾아오는 | 러브 코미디
comedy | 코미디 | 유쾌한 | 저도 모르게 웃음이 새어 나오는 | 코미디
drama | 드라마 | 드라마가 있는 | 인물들의 사정을 깊이 들여다보는 | 드라마
slice-of-life | 일상 | 일상 | 소소한 하루하루를 들려주는 | 일상물
slow-life | 슬로우 라이프 | 느긋한 | 서두르지 않고 느긋하게 살아가는 | 슬로우 라이프물
action | 액션 | 액션이 있는 | 전투 장면에 속도감이 있는 | 액션물
adventure | 모험 | 모험이 있는 | 길을 떠나 세상을 넓혀 가는 | 모험담
mystery | 추리 | 추리가 있는 | 수수께끼를 하나씩 풀어 가는 | 추리물
horror | 공포 | 오싹한 | 등골이 서늘해지는 | 호러
suspense | 서스펜스 | 긴장감 있는 | 긴장을 늦출 수 없는 | 서스펜스
sf | SF | SF | 과학적인 상상력이 돋보이는 | SF
war | 전쟁 | 전쟁을 다룬 | 전장의 무게를 외면하지 않는 | 전쟁물
politics | 정치극 | 정치를 다룬 | 권력과 나라 살림을 둘러싼 수싸움이 볼만한 | 내정물
economics | 장사 이야기 | 장사와 경제를 다룬 | 흥정과 셈이 이야기를 움직이는 | 장사 이야기
crafting | 물건 만들기 | 무언가를 만드는 | 손으로 무언가를 만들어 내는 즐거움이 있는 | 만들기 이야기
sports | 스포츠 | 스포츠를 다룬 | 승부에 온 마음을 쏟는 | 스포츠물
music | 음악 | 음악을 다룬 | 음악이 사람과 사람을 잇는 | 음악 이야기
cooking | 요리 | 요리 | 읽고 있으면 배가 고파지는 | 요리 이야기
gaming | 게임 | 게임 | 게임에 진심인 사람들을 그린 | 게임 이야기
medical | 의술 | 의술을 다룬 | 의술과 병을 가까이서 다루는 | 의료물
workplace | 직장 이야기 | 직장 | 일하는 사람들의 고단함과 보람을 담은 | 직장물
idol | 아이돌 | 아이돌 | 무대에 서는 이들의 빛과 그늘을 비추는 | 아이돌물
death-game | 데스게임 | 목숨이 걸린 | 목숨을 건 승부가 펼쳐지는 | 데스게임물
time-loop | 타임 루프 | 시간이 되풀이되는 | 되풀이되는 시간 속에서 길을 찾는 | 타임 루프물
time-travel | 시간 여행 | 시간을 넘나드는 | 시간의 앞뒤를 오가는 | 시간 여행물
revenge | 복수 | 복수를 다룬 | 복수의 일념이 이야기를 이끄는 | 복수극
supernatural-battle | 이능 배틀 | 이능력이 맞붙는 | 저마다의 능력이 맞부딪치는 | 이능 배틀물
mecha | 로봇 | 로봇이 나오는 | 기체를 몰고 싸움터로 나서는 | 메카물
overpowered | 먼치킨 주인공 | 먼치킨 | 주인공이 압도적인 힘으로 길을 여는 | 먼치킨물
weak-to-strong | 성장하는 주인공 | 약한 주인공이 점점 강해지는 | 밑바닥에서 한 걸음씩 강해지는
female-lead | 여주인공 | 여주인공이 이끄는 | 여주인공의 눈으로 세상을 보는
adult-lead | 어른 주인공 | 어른이 주인공인 | 어른의 눈높이로 세상을 보는
antihero | 안티히어로 | 안티히어로가 나오는 | 착하기만 하지는 않은 주인공이 이끄는
non-human-lead | 인간이 아닌 주인공 | 주인공이 인간이 아닌 | 인간이 아닌 주인공의 눈으로 펼쳐지는
genius | 천재 | 천재가 나오는 | 비범한 재능이 빛나는
villainess | 악역영애 | 악역영애 | 악역영애가 이야기를 뒤흔드는 | 악역영애물
exiled | 추방 | 추방에서 시작하는 | 쫓겨난 뒤에 새 길을 찾아가는 | 추방물
hero-party | 용사 파티 | 용사 파티가 나오는 | 용사 일행이 이야기의 한 축을 맡는
demon-lord | 마왕 | 마왕이 나오는 | 마왕의 존재가 이야기를 크게 움직이는
harem | 하렘 | 하렘 | 여러 히로인에게 둘러싸이는 | 하렘물
reverse-harem | 역하렘 | 역하렘 | 여주인공 곁으로 여러 인연이 모여드는 | 역하렘물
yuri | 백합 | 백합 | 여자와 여자 사이의 마음을 그린 | 백합물
bl | BL | BL | 남자와 남자 사이의 마음을 그린 | BL
childhood-friend | 소꿉친구 | 소꿉친구가 나오는 | 오랜 소꿉친구와의 사이를 그린
marriage | 부부 이야기 | 부부를 그린 | 부부의 연으로 맺어진 두 사람을 그린
found-family | 피가 섞이지 않은 가족 | 남남이 가족이 되어 가는 | 남남이 모여 가족이 되어 가는
child-rearing | 육아 | 아이를 키우는 | 아이를 키우며 함께 자라는
siblings | 형제자매 | 형제자매를 그린 | 형제자매 사이를 가까이서 그린
age-gap | 나이 차 | 나이 차가 있는 | 나이 차가 있는 두 사람의 거리를 그린
slow-burn | 서서히 가까워지는 사이 | 서서히 가까워지는 | 두 사람이 아주 천천히 가까워지는
love-triangle | 삼각관계 | 삼각관계가 있는 | 엇갈리는 마음이 애를 태우는
heartwarming | 따뜻한 분위기 | 따뜻한 | 읽고 나면 마음이 따뜻해지는
cozy | 포근한 분위기 | 포근한 | 담요를 두른 듯 포근한
bright | 밝은 분위기 | 밝은 | 밝고 가볍게 읽히는
dark | 어두운 분위기 | 어두운 | 어둠을 피하지 않고 들여다보는
serious | 진지한 분위기 | 진지한 | 묵직한 물음을 정면으로 다루는
bittersweet | 애틋한 여운 | 애틋한 | 달콤함과 쓸쓸함이 함께 남는
tearjerker | 눈물 나는 장면 | 눈물 나는 | 끝내 눈시울이 붉어지는
absurd | 엉뚱한 웃음 | 엉뚱한 | 엉뚱한 발상이 천연덕스럽게 이어지는
gritty | 처절한 분위기 | 처절한 | 살아남으려 발버둥 치는
philosophical | 철학적인 물음 | 철학적인 | 덮고 나서도 오래 생각하게 되는
mind-games | 두뇌전 | 두뇌전이 펼쳐지는 | 머리싸움이 팽팽한
game-mechanics | 게임 시스템 | 게임 시스템이 있는 | 레벨과 스킬의 규칙이 재미를 더하는
world-building | 탄탄한 세계관 | 세계관이 탄탄한 | 세계의 구석구석이 촘촘하게 짜인
ensemble-cast | 군상극 | 여러 인물이 어우러지는 | 여러 인물의 사정이 엮여 가는
magic-system | 마법 | 마법이 돋보이는 | 마법의 이치를 파고드는
monsters | 몬스터 | 몬스터가 나오는 | 온갖 몬스터가 앞길을 막아서는
vampires | 흡혈귀 | 흡혈귀가 나오는 | 흡혈귀가 밤을 거니는
dragons | 드래곤 | 드래곤이 나오는 | 드래곤이 존재감을 드러내는
gods | 신화 | 신이 나오는 | 신들이 이야기에 손을 뻗는
youkai | 요괴 | 요괴가 나오는 | 요괴가 사람 곁에서 숨 쉬는
military | 군대 이야기 | 군대를 그린 | 군대의 규율과 전술이 생생한
gore | 잔혹한 묘사 | 잔혹한
sexual-content | 성적인 묘사 | 성적인 묘사가 있는
sexual-violence | 성폭력 묘사 | 성폭력을 다룬
abuse | 학대나 괴롭힘 | 학대를 다룬
suicide | 자살이나 자해 | 죽음의 충동을 다룬
slavery | 노예 소재 | 노예제를 다룬
""")

TONES_AND = {
    "heartwarming": "따뜻하고",
    "cozy": "포근하고",
    "bright": "밝고",
    "dark": "어둡고",
    "serious": "진지하고",
    "bittersweet": "애틋하고",
    "tearjerker": "뭉클하고",
    "absurd": "엉뚱하고",
    "gritty": "처절하고",
    "philosophical": "철학적이고",
}

OPENINGS = {
    "liked": (
        "{liked}[을] 재미있게 읽으셨군요. {without}그 여운을 이어 갈 만한 {np}[을] {n} 골라 보았어요.",
        "{liked}[을] 좋아하신다니 반가워요. {without}결이 닮은 {np}[을] {n} 꺼내 왔어요.",
        "{liked} 옆자리에 나란히 꽂아 두고 싶은 책을 찾아보았어요. {without}{np}[을] {n} 골랐답니다.",
        "{liked}의 마지막 장을 덮고 나면 허전하셨을 것 같아요. {without}{np}[을] {n} 골라 보았어요.",
        "{liked}[을] 아끼시는 분이라면 이쪽 서가도 마음에 드실 거예요. {without}{np}[을] {n} 추려 보았어요.",
    ),
    "asked": (
        "{without}{np}[을] 찾으시는군요. 서가를 한 바퀴 돌아 {n} 골라 보았어요.",
        "{without}{np}[으로] {n} 골라 보았어요. 마음에 닿는 책이 있으면 좋겠어요.",
        "말씀을 듣고 보니 떠오르는 책이 있어요. {without}{np}[을] {n} 꺼내 왔어요.",
        "{without}{np}[이라]면 짚이는 책이 있어요. 조심스럽게 {n} 권해 드릴게요.",
        "잠시 서가 안쪽까지 다녀왔어요. {without}{np}[을] {n} 추려 보았답니다.",
        "네, {without}{np} 말씀이시지요. 먼저 {n} 내어 드릴게요.",
    ),
    "anything": (
        "그럼 제가 아끼는 책 가운데서 {n} 내어 드릴게요.",
        "가리지 않으신다니, 첫 장부터 빠져들기 좋은 책으로 {n} 골라 보았어요.",
        "맡겨 주셔서 고마워요. 고민 끝에 {n} 골라 보았어요.",
        "무엇을 내밀지 조금 떨리네요. 먼저 {n} 권해 드릴게요.",
    ),
    "again": (
        "그렇다면 이번에는 {without}{np}[을] {n} 골라 보았어요.",
        "다른 칸을 살펴보고 왔어요. {without}{np}[을] {n} 꺼내 왔답니다.",
        "네, 찾아보고 왔어요. 이번에는 {without}{np}[으로] {n} 골랐어요.",
        "말씀하신 대로 {without}{np}[을] {n} 추려 보았어요.",
    ),
}

RELAXED = (
    "{blocked}[이라]는 조건까지 지키는 책은 아쉽게도 제 서가에 없었어요. 가장 가까운 책으로 {n} 고르고, 어긋나는 점을 함께 적어 둘게요.",
    "서가를 다 살펴보았지만 {blocked}[이라]는 조건이 걸려 꼭 맞는 책을 찾지 못했어요. 대신 가장 가까운 책을 {n} 골랐어요.",
    "솔직히 말씀드리면 {blocked}[이라]는 조건까지 채우는 책은 없었어요. 대신 가까운 책을 {n} 보여 드릴게요.",
    "{blocked}[이라]는 조건 앞에서 손이 멈추었어요. 다 맞지는 않아도 가장 가까운 책을 {n} 꺼내 왔어요.",
)
RELAXED_BLIND = (
    "말씀하신 바람을 모두 지키는 책은 제 서가에 없었어요. 가장 가까운 책으로 {n} 고르고, 어긋나는 점을 함께 적어 둘게요.",
)
FEWER = (
    "꼭 맞는 책은 이만큼뿐이었어요.",
    "더 찾아보았지만, 조건에 맞는 책은 여기까지였어요.",
    "바라신 수를 다 채우지는 못했어요.",
)
TOO_MANY = ("한 번에는 다섯 편까지만 권해 드리고 있어요.",)

NOTHING = (
    "죄송해요, {without}{np}[을] 찾아 서가를 끝까지 살폈지만 권해 드릴 책이 없었어요. {loosen}",
    "{without}{np}[은] 지금 제 서가에 남아 있지 않네요. {loosen}",
    "말씀하신 대로라면 내어 드릴 책이 없어요. 없는 책을 지어낼 수는 없으니까요. {loosen}",
    "빈손으로 돌아와 죄송해요. {without}{np}[은] 찾지 못했어요. {loosen}",
)
LOOSEN = {
    "volumes": "권수를 조금 넉넉하게 잡아 주시면 다시 찾아볼게요.",
    "status": "완결 여부를 따지지 않으신다면 길이 열릴 것 같아요.",
    "year": "출간 시기를 조금 넓혀 주시면 다시 찾아볼게요.",
    "edition": "번역된 책만 고집하지 않으신다면 다시 찾아볼게요.",
    "anime": "애니메이션 여부를 빼고 찾아보면 어떨까요?",
    "tag": "{thing}[을] 꼭 넣지 않아도 괜찮다면 다시 찾아볼게요.",
    "any": "조건을 하나만 풀어 주시거나, 좋아하셨던 책을 한 권 알려 주시겠어요?",
}

UNSURE = (
    "어느 책을 말씀하시는지 제가 알아듣지 못했어요. 제목을 조금 더 온전히 적어 주시겠어요?",
    "그 이름만으로는 제 목록에서 책을 찾지 못했어요. 작가나 다른 제목을 함께 알려 주시겠어요?",
    "죄송해요, 어떤 책인지 짚이지 않아요. 원제나 부제까지 적어 주시면 다시 찾아볼게요.",
)
UNKNOWN = (
    "{titles}[은] 제 서가에 없는 책이라, 아는 척 말씀드릴 수는 없어요.",
    "죄송해요, {titles}[은] 제가 아직 읽지 못한 이름이에요. 있는 책인지 장담해 드리기 어려워요.",
    "{titles}[은] 목록에서 찾지 못했어요. 제가 보증할 수 없는 책이에요.",
)
UNKNOWN_ALONE = (
    "그 책의 어떤 점이 좋으셨는지 들려주시면, 닮은 책을 찾아볼게요.",
    "다른 이름이 있거나, 어떤 분위기였는지 알려 주시면 거기서부터 찾아볼게요.",
    "장르나 마음에 남은 장면을 알려 주시겠어요? 그 결을 따라 골라 볼게요.",
)
UNKNOWN_GO_ON = (
    "대신 나머지 말씀을 실마리 삼아, {without}{np}[을] {n} 골라 보았어요.",
    "그 밖의 말씀을 따라 {without}{np}[을] {n} 꺼내 왔답니다.",
    "그래도 들려주신 이야기가 있으니, {without}{np}[으로] {n} 추려 보았어요.",
)

CLOSINGS = (
    "이미 읽으신 책이 있다면 말씀해 주세요, 다른 책으로 바꿔 드릴게요.",
    "더 짧은 책이나 더 밝은 책처럼 바라시는 점이 있으면 편하게 알려 주세요.",
    "끌리는 책이 있으면 알려 주세요, 그와 닮은 책도 찾아볼게요.",
    "분위기나 분량이 어긋난다면 다시 서가에 다녀올게요.",
    "피하고 싶은 소재가 있으면 살짝 알려 주세요, 그 점은 빼고 골라 드릴게요.",
    "읽고 나서 어떠셨는지도 들려주시면 다음 책을 고르는 데 큰 도움이 돼요.",
)

CLOSINGS_ONE = (
    "이미 읽으셨다면 말씀해 주세요, 다른 책으로 바꿔 드릴게요.",
    "마음에 드신다면 이와 닮은 책도 찾아볼게요.",
    "분위기나 분량이 어긋난다면 다시 서가에 다녀올게요.",
    "읽고 나서 어떠셨는지 들려주시면 다음 책을 고르는 데 큰 도움이 돼요.",
)

GREETINGS = (
    "안녕하세요, 오래된 도서관의 견습 사서예요. 라이트노벨 서가를 맡고 있어요.",
    "어서 오세요. 저는 이 서가를 돌보는 견습 사서예요.",
    "안녕하세요, 와 주셔서 기뻐요. 저는 라이트노벨 서가의 견습 사서랍니다.",
    "어서 오세요, 마침 등불을 켜 둔 참이었어요. 저는 이곳의 견습 사서예요.",
)
GREETINGS_AGAIN = (
    "네, 여기 있어요.",
    "다시 불러 주셔서 기뻐요.",
    "네, 어서 오세요.",
    "기다리고 있었어요.",
)
DISTRESS = (
    "그 말씀을 여기 꺼내 주셔서 고마워요. 책은 잠시 덮어 두고, 지금 마음을 들어 줄 사람과 먼저 이야기하셨으면 해요. "
    "자살예방 상담전화 109는 밤이든 새벽이든 받아요. 혼자 견디지 않으셔도 돼요. 저는 등불을 켜 두고 여기 있을게요.",
)
THANKS = (
    "도움이 되었다니 기뻐요. 다음 책이 필요할 때 언제든 불러 주세요.",
    "저야말로 고마워요. 읽고 나서 어떠셨는지도 들려주세요.",
    "천만에요. 좋은 독서 시간이 되시기를 바랄게요.",
    "그 말씀에 책등을 쓰다듬은 보람이 있네요. 또 찾아 주세요.",
)
ABOUT = (
    "저는 사람이 아니라, 이 도서관에 딸린 견습 사서 프로그램이에요. 제 서가의 목록만 보고 말씀드리고, 없는 책은 없다고 말씀드려요.",
    "이 라이트노벨 서가를 돌보는 견습 사서예요. 사람이 아니라 프로그램이지만, 서가에 실제로 있는 책만 골라 이유와 함께 권해 드려요.",
    "견습 사서라고 불러 주세요. 사람이 아니라 프로그램이고, 서가의 목록을 펼쳐 어울리는 책을 찾아 드리는 일을 해요.",
)
ELSEWHERE = (
    "그 일은 제가 잘 알지 못해요. 제 서가에는 라이트노벨뿐이거든요.",
    "죄송해요, 저는 라이트노벨 서가 밖의 일에는 서툴러요.",
    "음, 그건 제 서가에서 찾을 수 있는 답이 아니네요. 저는 라이트노벨만 맡고 있어요.",
    "도와드리고 싶지만, 제가 펼쳐 볼 수 있는 것은 라이트노벨뿐이에요.",
)
LEADS = (
    "기꺼이 골라 드릴게요. 그 전에 하나만 여쭤볼게요.",
    "어울리는 책을 찾아 드리고 싶은데, 아직 실마리가 조금 부족해요.",
    "서가가 넓어서, 조금만 더 들려주시면 좋겠어요.",
    "네, 함께 찾아봐요. 먼저 취향을 살짝 알려 주시겠어요?",
)
ASK_BACK = (
    "요즘 끌리는 장르가 있으세요? 이세계 모험, 학원 러브 코미디, 추리처럼 한마디면 충분해요.",
    "최근에 재미있게 읽은 책이 있으면 제목을 알려 주세요. 없다면 밝은 이야기와 어두운 이야기 중 어느 쪽이 좋은지만 들려주셔도 돼요.",
    "오늘은 어떤 기분이세요? 마음이 놓이는 따뜻한 이야기인지, 숨을 죽이게 되는 어두운 이야기인지부터 정해 볼까요?",
    "무엇부터 찾아볼까요? 느긋한 일상, 머리를 쓰는 승부, 애틋한 사랑처럼 떠오르는 대로 말씀해 주세요.",
    "좋아하는 장르나 재미있게 읽은 작품을 하나만 알려 주시겠어요? 짧게 끝나는 책이 좋은지도 함께 들려주시면 더 잘 고를 수 있어요.",
)

FRAMES = {
    "aside": (
        "이 책은 일부러 한 걸음 옆에서 골랐어요, {thing}[이] 뜻밖의 재미가 될지도 모르니까요.",
        "한 걸음 옆으로도 안내해 드릴게요, 이쪽은 {thing}[이] 나머지 책들과 다르답니다.",
        "조금 다른 칸에서도 한 권 꺼냈어요, {thing}[을] 그린다는 점이 다른 책들과 달라요.",
        "여기서 한 걸음 비켜서서, {thing}[이] 있는 책도 내밀어 볼게요.",
    ),
    "tag+line": (
        "{line} 이야기예요. 바라시던 {asked}[을] 넉넉히 만나실 수 있어요.",
        "{asked}[을] 찾으신다는 말씀에, {line} 이 이야기가 먼저 떠올랐어요.",
        "{asked}[이] 또렷하면서도 {line} 작품이거든요.",
        "{line} 이야기라, {asked}[을] 바라시는 마음에도 잘 맞을 거예요.",
        "{asked}[을] 담았으면서도 {line} 편이지요.",
        "{asked}[을] 좋아하시는 분께 살며시 내밀고 싶은 책이에요. {line} 이야기랍니다.",
        "{asked}[을] 실마리로 골랐어요. {line} 점이 이 책만의 매력이지요.",
        "{asked}에 기대하시는 것을 담은 데다, {line} 작품이기도 해요.",
    ),
    "tag": (
        "바라시던 {asked}[이] 이야기의 가운데에 놓여 있어요.",
        "{asked}[을] 찾으신다면 빼놓기 어려운 책이지요.",
        "{asked}[을] 원하신다는 말씀에 곧바로 손이 갔어요.",
        "{asked}[을] 좋아하시는 분께 자주 권해 드리는 책이랍니다.",
        "{asked}[이라]면 이 책을 지나칠 수 없었거든요.",
        "{asked}에 바라시는 재미를 고루 갖추고 있어요.",
    ),
    "asked-line": (
        "바라시던 대로 {line} 이야기예요.",
        "{line} 이야기라, 말씀하신 바람에 꼭 맞을 거예요.",
        "{line} 작품이라, 찾으시는 마음에 닿을 것 같아요.",
        "이쪽도 {line} 이야기랍니다.",
        "{line} 이야기를 찾으신다면 잘 어울리지요.",
        "{line} 점에서 말씀과 맞닿아 있거든요.",
    ),
    "kin+shared": (
        "{kin}에서 {shared}[을] 즐기셨다면, 이 책에서도 같은 반가움을 느끼실 거예요.",
        "{kin}[와] 마찬가지로 {shared}[이] 이야기를 이끌어요.",
        "{shared}[을] 다루는 솜씨가 {kin}[을] 떠올리게 하거든요.",
        "{kin} 다음에 펼치기 좋은 책이지요. {shared}[이] 두 작품을 이어 줘요.",
        "{kin}의 {shared}[이] 그리우실 때 어울리는 책이에요.",
        "{kin}[와] 닮은 데가 많아요. 무엇보다 {shared}[을] 그리는 방식이 그렇답니다.",
        "{shared}[이라]는 점에서 {kin}[와] 나란히 놓이는 작품이에요.",
    ),
    "kin+line": (
        "{kin}[을] 좋아하신 분이라면 {line} 이 이야기에도 마음이 가실 거예요.",
        "{kin}[와] 결이 닮았으면서도, 이쪽은 {line} 이야기예요.",
        "{line} 점이 {kin}[와] 통하거든요.",
        "{kin}의 여운을 안고 읽기 좋은, {line} 이야기랍니다.",
    ),
    "kin": (
        "{kin}[을] 좋아하신 분께 오래전부터 권해 온 책이에요.",
        "{kin}[을] 읽은 분들이 다음으로 찾곤 하는 책이지요.",
        "{kin}[와] 나란히 꽂아 두고 싶은 작품이랍니다.",
        "{kin}의 여운이 남아 있을 때 펼치면 잘 어울려요.",
        "{kin}[와] 어딘가 숨결이 닮은 책이거든요.",
    ),
    "author": (
        "{kin}[을] 쓴 작가의 다른 작품이라, 문장이 낯설지 않으실 거예요.",
        "{kin}[와] 같은 작가의 손에서 나온 책이에요.",
        "{kin}의 작가가 쓴 또 다른 이야기랍니다.",
        "같은 작가의 책이라 {kin}에서 느끼신 맛을 여기서도 찾으실 수 있어요.",
        "{kin}의 작가가 궁금하셨다면 다음은 이 책이지요.",
    ),
    "series": (
        "{kin}[와] 이어지는 이야기라, 그 세계에 조금 더 머무르실 수 있어요.",
        "{kin}[와] 같은 세계를 나누어 쓰는 책이에요.",
        "{kin}의 곁가지에서 뻗어 나온 이야기랍니다.",
        "{kin}[을] 읽으셨다면 반가운 얼굴과 이름을 다시 만나실 거예요.",
        "{kin}[와] 한 시리즈로 묶이는 책이지요.",
    ),
    "bright": (
        "책장을 넘기는 손이 가벼워질 만큼 밝은 편이에요.",
        "무거운 마음 없이 웃으며 읽으실 수 있어요.",
        "전체에 볕이 잘 드는 이야기랍니다.",
        "어두운 그늘이 짙지 않아 편히 읽히지요.",
        "읽는 동안 기분이 환해지실 거예요.",
    ),
    "dark": (
        "바라시던 만큼 그늘이 짙은 이야기예요.",
        "가볍게 웃어넘길 수 없는 무게가 있어요.",
        "빛보다 어둠에 오래 눈길을 주는 책이지요.",
        "어두운 쪽을 찾으신다면 실망하지 않으실 거예요.",
        "밤에 혼자 읽으면 더 깊이 스며든답니다.",
    ),
    "completed": (
        "전 {volumes}권으로 완결되어 있어요.",
        "{volumes}권에서 이야기가 매듭지어졌답니다.",
        "이미 {volumes}권으로 끝을 맺어, 기다림 없이 읽으실 수 있어요.",
        "{volumes}권 완결이라 마지막까지 한달음에 가실 수 있지요.",
        "끝까지 나와 있는 {volumes}권짜리 이야기거든요.",
    ),
    "completed-one": (
        "단 한 권으로 끝나는 이야기예요.",
        "한 권 안에서 이야기가 온전히 매듭지어진답니다.",
        "한 권짜리라 하룻밤이면 마지막 장에 닿으실 거예요.",
        "한 권으로 완결되어 부담이 없지요.",
        "딱 한 권이라 가볍게 시작하실 수 있어요.",
    ),
    "ongoing": (
        "지금도 이어지고 있고, {volumes}권까지 나와 있어요.",
        "{volumes}권까지 나온 현재진행형 이야기랍니다.",
        "아직 연재 중이라 앞으로의 전개를 기다리는 즐거움이 있지요.",
        "지금 {volumes}권까지 나왔고, 이야기는 계속되고 있거든요.",
        "끝이 정해지지 않은 이야기를 함께 따라가실 수 있어요.",
    ),
    "hiatus": (
        "{volumes}권에서 잠시 멈추어 있어요.",
        "다음 권 소식은 {volumes}권에서 오래 끊겨 있답니다.",
        "지금은 {volumes}권에서 쉬어 가는 중이지요.",
    ),
    "volumes": (
        "{volumes}권이라 말씀하신 분량에도 맞아요.",
        "분량은 {volumes}권이에요.",
        "모두 {volumes}권이니 길이도 바라신 대로지요.",
        "{volumes}권이면 바라시던 길이일 거예요.",
        "길이는 {volumes}권으로, 말씀하신 만큼이랍니다.",
    ),
    "year": (
        "{year}년에 첫 권이 나왔어요.",
        "첫 권이 나온 해는 {year}년이랍니다.",
        "{year}년에 시작된 시리즈예요.",
        "{year}년에 세상에 나온 책이니 시기도 맞지요.",
        "시작은 {year}년이었거든요.",
    ),
    "edition-ko": (
        "한국어판이 나와 있어요.",
        "우리말로 읽으실 수 있는 책이에요.",
        "정식 한국어판이 있으니 구하기도 수월할 거예요.",
        "한국어로 옮겨져 있답니다.",
        "한국어판으로 만나실 수 있지요.",
    ),
    "edition-en": (
        "영어판이 나와 있어요.",
        "영어로도 읽으실 수 있는 책이에요.",
        "정식 영어판이 있답니다.",
        "영어로 옮겨진 책이지요.",
        "영어판으로 만나실 수 있어요.",
    ),
    "anime": (
        "애니메이션으로도 만나실 수 있어요.",
        "애니메이션으로 만들어진 작품이지요.",
        "읽고 나서 애니메이션을 찾아보는 즐거움도 있답니다.",
        "애니메이션으로 먼저 이름을 들어 보셨을지도 몰라요.",
        "책을 덮은 뒤 애니메이션으로 이어 가셔도 좋을 거예요.",
    ),
    "no-anime": (
        "아직 애니메이션으로 만들어지지 않아, 책으로 처음 만나실 수 있어요.",
        "애니메이션은 없으니 오롯이 글로 즐기실 수 있지요.",
        "영상으로는 아직 옮겨지지 않은 이야기랍니다.",
        "애니메이션이 나오기 전의 책이라 선입견 없이 펼치실 수 있어요.",
        "책으로만 만날 수 있는 이야기거든요.",
    ),
    "renown": (
        "처음 고르시는 분께도 안심하고 내밀 수 있을 만큼 널리 읽혀 온 책이에요.",
        "오래 사랑받아 온 작품이라 첫 책으로도 든든하지요.",
        "이 서가에서 손을 많이 탄 책 가운데 하나랍니다.",
        "많은 독자가 거쳐 간 책이라 믿고 권해 드릴 수 있어요.",
        "이름을 한 번쯤 들어 보셨을 책이거든요.",
    ),
    "line": (
        "{line} 이야기예요.",
        "{line} 작품이지요.",
        "{line} 이야기랍니다.",
        "이 책은 {line} 작품이에요.",
    ),
    "another": (
        "이번에는 {line} 쪽으로 골라 보았어요.",
        "조금 결을 달리해서, {line} 이야기도 함께 놓아둘게요.",
        "{line} 이야기에 마음이 가신다면 이쪽도 눈여겨봐 주세요.",
    ),
    "also": (
        "여기에 {line} 점도 마음에 드실 거예요.",
        "무엇보다 {line} 이야기니까요.",
        "저는 {line} 점을 좋아해요.",
        "{line} 점이 오래 기억에 남거든요.",
        "{line} 이야기이기도 하답니다.",
        "그런가 하면 {line} 작품이기도 하고요.",
    ),
    "warning": (
        "다만 {thing}[이] 꽤 나오니 미리 말씀드려요.",
        "한 가지, {thing}[이] 짙은 편이라는 점은 알아 두세요.",
        "{thing}[이] 적지 않으니 마음의 준비를 해 두시면 좋겠어요.",
        "혹시 {thing}[이] 힘드시다면 조심스럽게 펼쳐 주세요.",
        "미리 일러두자면 {thing}[이] 나오는 책이에요.",
    ),
}

BREACHES = (
    "다만 {what}.",
    "어긋나는 점을 꼽자면 {what}.",
    "말씀과 달리 {what}.",
    "아쉽게도 {what}.",
    "미리 말씀드리자면 {what}.",
)
# What does not fit: to be followed by more, and to end with.
BREACH = {
    "tag": ("{thing}[은] 거의 나오지 않고,", "{thing}[은] 거의 나오지 않아요"),
    "carries": ("{thing}[이] 나오고,", "{thing}[이] 나와요"),
    "long": ("{volumes}권으로 조금 길고,", "{volumes}권이라 바라신 것보다 길어요"),
    "short": ("{volumes}권으로 조금 짧고,", "{volumes}권이라 바라신 것보다 짧아요"),
    "ongoing": ("아직 완결되지 않았고,", "아직 완결되지 않았어요"),
    "hiatus": ("이야기가 멈춘 채이고,", "이야기가 끝나지 않은 채 멈추어 있어요"),
    "completed": ("이미 완결되었고,", "이미 완결된 책이에요"),
    "year": ("{year}년에 나온 책이고,", "{year}년에 나온 책이에요"),
    "edition": ("{edition}이 있는지 확실하지 않고,", "{edition}이 나왔는지는 확인하지 못했어요"),
    "no-edition": ("{edition}이 아직 없고,", "{edition}은 아직 없어요"),
    "anime": ("애니메이션이 나와 있고,", "애니메이션이 이미 나와 있어요"),
    "no-anime": ("애니메이션이 없고,", "애니메이션은 아직 없어요"),
    "tone": ("분위기가 조금 다르고,", "분위기는 바라신 것과 조금 달라요"),
    "other": ("조건에 다 맞지는 않고,", "말씀하신 조건에 다 맞지는 않아요"),
}
OTHERS = "다른 이야기"
# She was asked for what the reader had asked never to be offered again.
REFUSED_FOR_GOOD = (
    "{things}[은] 다시는 권하지 말아 달라고 하셔서 이번에도 빼 두었어요.",
    "{things}[은] 권하지 않기로 약속드린 것이라 오늘도 꺼내지 않았어요.",
)

EDITIONS = {"ko": "한국어판", "en": "영어판", "ja": "일본어판"}
COUNTS = {1: "한 편", 2: "두 편", 3: "세 편", 4: "네 편", 5: "다섯 편"}

FACTS = {
    "volumes-completed": (
        "{title}[은] 전 {volumes}권으로 완결되었어요.",
        "{title}[은] {volumes}권에서 이야기가 끝났어요.",
        "제 목록에는 {title}[이] {volumes}권 완결로 적혀 있어요.",
    ),
    "volumes-ongoing": (
        "{title}[은] 지금 {volumes}권까지 나와 있고, 아직 이어지고 있어요.",
        "제 목록에는 {title}[이] {volumes}권까지 적혀 있어요. 아직 연재 중이랍니다.",
        "{title}[은] 아직 끝나지 않았고, {volumes}권까지 나왔어요.",
    ),
    "volumes-hiatus": (
        "{title}[은] {volumes}권까지 나온 뒤로 다음 권 소식이 멈추어 있어요.",
        "{title}[은] {volumes}권에서 쉬고 있어요. 아직 끝난 이야기는 아니에요.",
        "제 목록에는 {title}[이] {volumes}권에서 휴재 중이라고 적혀 있어요.",
    ),
    "author": (
        "{title}[은] {authors} 작가의 작품이에요. {year}년에 첫 권이 나왔어요.",
        "{title}[을] 쓴 사람은 {authors} 작가예요.",
        "제 목록에 {title}의 작가는 {authors}[이라]고 적혀 있어요.",
    ),
    "year": (
        "{title}[은] {year}년에 첫 권이 나왔어요.",
        "{title}의 시작은 {year}년이에요.",
        "제 목록에는 {title}의 첫 권이 {year}년이라고 적혀 있어요.",
    ),
    "anime": (
        "네, {title}[은] 애니메이션으로도 만들어졌어요.",
        "{title}[은] 애니메이션이 있어요.",
    ),
    "no-anime": (
        "제 목록에는 {title}의 애니메이션이 적혀 있지 않아요.",
        "제가 아는 한 {title}[은] 아직 애니메이션으로 만들어지지 않았어요.",
    ),
    "edition": (
        "네, {title}[은] {edition}이 나와 있어요.",
        "{title}[은] {edition}으로 읽으실 수 있어요.",
    ),
    "no-edition": (
        "{title}[은] 아직 {edition}이 나오지 않은 것으로 적혀 있어요.",
        "제 목록에는 {title}의 {edition}이 없어요.",
    ),
    "edition-unsure": (
        "{title}의 {edition}이 나왔는지는 제 목록만으로는 확실하지 않아요.",
        "{title}의 {edition}[은] 있는지 제가 확인하지 못했어요.",
    ),
    "plot": (
        "{title}[은] 이런 이야기예요.",
        "{title}의 첫머리를 조금만 들려드릴게요.",
        "{title}[을] 짧게 소개해 드릴게요.",
    ),
    "more": (
        "마음이 끌리시면 비슷한 책도 찾아볼게요.",
        "더 궁금한 점이 있으면 물어봐 주세요.",
        "닮은 책이 필요하시면 말씀해 주세요.",
    ),
}

PARTICLES = {
    "을": ("을", "를"),
    "이": ("이", "가"),
    "은": ("은", "는"),
    "와": ("과", "와"),
    "으로": ("으로", "로"),
    "이라": ("이라", "라"),
    "이나": ("이나", "나"),
}
PARTICLE = re.compile(r"\[(을|이|은|와|으로|이라|이나)\]")


def finish(text):
    """`text` with each `[particle]` in the form its word asks for."""
    pieces, end = [], 0
    for match in PARTICLE.finditer(text):
        pieces.append(text[end : match.start()])
        final = final_of("".join(pieces))
        closed = final and not (match[1] == "으로" and final == LIQUID)
        pieces.append(PARTICLES[match[1]][0 if closed else 1])
        end = match.end()
    return "".join(pieces) + text[end:]


BETWEEN = " "  # two sentences


ECHOES = ("이야기", "작품", "책")  # words that two sentences in a row should not both use


def rhythm(sentence):
    """What makes two sentences in a row sound alike: how they end."""
    return sentence.rstrip(" .!?。！？")[-2:]


def listing(things):
    """A와 B; A, B와 C."""
    if len(things) < 2:
        return "".join(things)
    return finish(f"{', '.join(things[:-1])}[와] {things[-1]}")


def either(things):
    return finish("[이나] ".join(things))


def kind_of_book(words, slugs, limits, any_of=False):
    """「완결된, 어둡고 진지한 판타지」 from Words in speaking order, with the limits before it."""
    if not words:
        return _modified(limits, "이야기")
    if any_of:
        return _modified(limits, either([word.head or f"{word.mod} 이야기" for word in words]))
    *before, last = _chained(words, slugs)
    if words[-1].head:
        return _modified([*limits, *before], words[-1].head)
    return _modified([*limits, *before, last], "이야기")


def _modified(modifiers, head):
    """`head` after its modifiers; a clause before another clause is set off by a comma."""
    said = ""
    for one, after in zip(modifiers, [*modifiers[1:], ""], strict=False):
        apart = _is_clause(one) and _is_clause(after)
        said += one + (", " if apart else " ")
    return said + head


def _is_clause(modifier):
    return " " in modifier and final_of(modifier) == NIEUN


def _chained(words, slugs):
    """Each modifier in the form it takes before the next: a tone before another tone is joined to it."""
    following = [*slugs[1:], ""]
    return [
        TONES_AND[slug] if slug in TONES_AND and after in TONES_AND else word.mod
        for word, slug, after in zip(words, slugs, following, strict=True)
    ]


def limits(wish):
    """What the wish asks besides the kind of book, each as a modifier."""
    said = [*_years(wish)]
    if wish.edition:
        said.append(f"{EDITIONS.get(wish.edition, '번역판')}이 있는")
    if wish.anime is not None:
        said.append("애니메이션으로도 나온" if wish.anime else "애니메이션이 없는")
    if wish.less_known:
        said.append("덜 알려진")
    status = () if wish.max_volumes == 1 and wish.status == "completed" else STATUSES.get(wish.status, ())
    return [*said, *_volumes(wish), *status]


def _years(wish):
    first, last = wish.min_year, wish.max_year
    if first and last:
        yield f"{first}년에 나온" if first == last else f"{first}년부터 {last}년 사이에 나온"
    elif first or last:
        yield f"{first}년 이후에 나온" if first else f"{last}년까지 나온"


def _volumes(wish):
    least, most = wish.min_volumes, wish.max_volumes
    if most == 1:
        yield "한 권으로 끝나는"
    elif most:
        yield f"{least}권에서 {most}권 사이의" if (least or 0) > 1 else f"{most}권을 넘지 않는"
    elif (least or 0) > 1:
        yield f"{least}권 이상인"


STATUSES = {"completed": ("완결된",), "ongoing": ("아직 연재 중인",)}


def without(things):
    return finish(f"{listing(things)}[은] 빼고 ") if things else ""


def condition(kind, wish, thing):
    """A constraint of the wish as a noun, for saying that nothing keeps it."""
    if kind == "volumes":
        return f"{wish.max_volumes}권 이하" if wish.max_volumes else f"{wish.min_volumes or 1}권 이상"
    if kind == "status":
        return "연재 중" if wish.status == "ongoing" else "완결"
    if kind == "year":
        return f"{wish.min_year}년 이후에 나온 책" if wish.min_year else f"{wish.max_year}년까지 나온 책"
    if kind == "edition":
        return EDITIONS.get(wish.edition, "번역판")
    if kind == "anime":
        return "애니메이션화" if wish.anime else "애니메이션이 없는 책"
    return thing


def unknown_tag(label):
    """Words for a tag this table does not know."""
    return Words(label, f"{label} 요소가 있는")
