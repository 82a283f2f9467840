"""How ages and birthdays are written in Japanese and English."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["is", "turns", "from", "below", "decade", "late"]

_N: Final = r"(?P<years>[0-9]{1,3})"
_SOON: Final = "もうすぐ|まもなく|来月|来週|来年|今度|明日|あした|そろそろ|[0-9]+月に|じき"
_JUST: Final = "今日|きょう|本日|昨日|きのう|おととい|先日|先週|先月|こないだ|この間"
_SPAN_OF_TIME: Final = "".join(
    f"(?<!{word} )" for word in ("for", "in", "after", "every", "last", "next", "within", "past", "here", "reiwa")
)
_EN_PERSON: Final = (
    "i am|i'm|im|she is|he is|she's|he's|hes|shes|who's|who is|(?<!doctor )is|aged?|at|age of"
    "|mother|father|mom|mum|dad|grandma|grandpa"
    "|grandmother|grandfather|husband|wife|in-law|me|son|daughter|kid|child|baby|boy|girl|twins|toddler"
    "|(?:dear|gent|chap|bloke|fellow|soul|baby) of"
    "|gentleman of|landlady of|somebody of|someone of|patient of|lodger of|grandson|granddaughter|in law"
    "|lady of|man of|woman of|they're|they are|both|i'm also|nan|gran|granny|obaa?(?:chan|san)|ojii?(?:chan|san)"
    "|(?:(?:next|new|a|the|this|my) )?(?:patient|pt|client|customer|resident)(?: [a-z],)?"
)
_EN_NO_AGE: Final = (
    r"%|percent|yen|o'?clock|months?|weeks?|days?|[0-9/-]|:[0-9]|\.[0-9]|(?:am|pm|st|nd|rd|th)\b"
    "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_JA_PERSON: Final = (
    "母|父|じい(?:ちゃん|さん)|ばあ(?:ちゃん|さん)|兄|姉|弟|妹|わし|私|わたし|俺|本人|自分"
    "|祖母|祖父|義母|義父|妻|夫|主人|家内|叔母|伯母|叔父|親|姑|舅|女性|男性|患者|利用者|娘|息子|孫|うちの人|旦那|子"
)
_JA_NO_AGE: Final = r"[0-9割円%月日年/:時分回人か万枚]|\.[0-9]"
_OLD: Final = r"(?P<years>(?:[6-9][0-9]|10[0-9]))"
_JA_GOES_ON: Final = (
    "です|なん(?:です|や|だ)|なの(?:。|、|よ|で)|だっけ|になられ|でして|でございます|じゃ(?=[。、]|\\Z)|や(?=[。、]|\\Z)|だ(?=[。、]|\\Z)|ばい|ですけん|っす|だよ|だわ|だべ|なり|だども|だけん|だけど|やけど|やけん|ばってん|じゃ(?:けど|が|けん)|なんじゃ|だで|やねん|の者"
    f"|になる(?:{_JA_PERSON})"
)
_NOT_BEFORE: Final = r"(?<![0-9./:r年月日第番%-])"
#: How ages are written, each with its kind; where two overlap, the earlier line counts.
WRITINGS: Final[tuple[tuple[str, Kind], ...]] = (
    (rf"{_N}(?:歳|才|さい)?\s*(?:以上|を超え|過ぎの|すぎの|から上)", "from"),
    (rf"(?:over|above|older than|at least)\s+(?:the age of )?{_N}(?!\s*(?:%|percent|yen|00))\b", "from"),
    (rf"\b{_N}\s*(?:\+|(?:years? )?(?:or|and) (?:over|older|above))", "from"),
    (rf"{_N}(?:歳|才|さい)?\s*(?:以下|未満|前|まで)", "below"),
    (rf"(?:under|below|younger than)\s+{_N}\b", "below"),
    (rf"(?:{_SOON})[^。!?]{{0,8}}?{_N}(?:歳|才|さい)?(?:に(?:なり|なる)|の誕生日|です|で)", "turns"),
    (rf"(?:{_SOON})[^。!?]{{0,8}}?[でに]{_OLD}(?=[やだじよ、。]|っけ|\Z)", "turns"),
    (rf"(?:{_JUST})[^。!?0-9]{{0,6}}{_N}(?:歳|才)?のお?誕生日", "is"),
    (rf"{_N}(?:歳|才)?のお?誕生日[をがはも]?(?:もう|とうに)?(?:迎えた|迎えまし|過ぎ|すぎ|済|来まし|きたばか)", "is"),
    (rf"{_N}(?:歳|才)?の(?:お)?誕生日", "turns"),
    (rf"{_N}(?:歳|才|さい)に(?:なる|なります|なれば|なると|なったら)", "turns"),
    (rf"\b(?:turn|turns|turning|will be|about to be|almost|soon)\s+{_N}\b(?!\s*(?:%|percent|yen))", "turns"),
    (rf"{_N}歳?代後半", "late"),
    (rf"{_N}歳?代", "decade"),
    (r"\bin (?:his|her|their|my) (?P<word>seventies|eighties|nineties)", "decade"),
    (rf"\b(?:in )?(?:his|her|their|my) {_N}s\b", "decade"),
    (rf"{_N}\s*(?:か月)(?:の)?(?:赤|子|乳|息子|娘|ベビー|孫|弟|妹|[上下]の子)", "is"),
    (rf"(?:子|児|孫|さん|くん|ちゃん|の方|ほう)(?:さん)?(?:は|が|、)(?:まだ)?{_N}\s*か月(?=[、。で])", "is"),
    (rf"\b{_N}[\s-]*(?:days?|weeks?|months?)[\s-]+old\b", "is"),
    (rf"{_N}\s*(?:歳|才|さい(?!ふ|た))(?!(?:で|の(?:とき|時)に?)(?:作|つく|申|取)|になる前|の年度末)", "is"),
    (rf"(?<![0-9.:/%月護援級])(?<!要支){_N}に(?:なり(?:まし|ます|、)|なった(?!ら)|なって|もなる)", "is"),
    (rf"\bturned {_N}\b(?! ?(?:%|yen))", "is"),
    (rf"\b{_N}[\s-]*(?:(?:years?|yrs?)[\s-]*(?:old|of age)|yo|y/o)\b", "is"),
    (rf"\b(?:is|she's|he's|baby|only) (?:now |only )?{_N} months?\b(?! (?:ago|pregnant|late|left|of|to|for))", "is"),
    (
        rf"{_SPAN_OF_TIME}\b{_N}[\s-]*(?:years?|yrs?|yo|y/o)(?:[\s-]*(?:old|of age))?\b"
        r"(?! (?:ago|later|visa|limit|valid|in))",
        "is",
    ),
    (rf"\b(?:{_EN_PERSON})(?:'s)?[\s,(:]+{_N}(?!\s*(?:{_EN_NO_AGE}))\b", "is"),
    (rf"(?:{_JA_PERSON})[はがも、\s(]{{0,2}}{_N}(?!{_JA_NO_AGE})", "is"),
    (rf"{_NOT_BEFORE}{_OLD}(?:{_JA_GOES_ON})", "is"),
    (rf"(?:\A|[。、]|当方|当年とって|満){_OLD}(?=[。、]|\Z|で(?:す|国保|社保))", "is"),
    (rf"(?:わたくし|わたし|あたし|私|俺|僕|わし)(?:は|も|ゃ){_OLD}(?=[でのやじだよわ、])", "is"),
    (rf"(?:いま|今|現在){_OLD}(?=[でのにか、。])", "is"),
    (rf"{_NOT_BEFORE}{_OLD}の(?:{_JA_PERSON}|お?(?:ば|じ|年寄り)|老|高齢|独居|利用者|方)", "is"),
    (r"[\s(]\(?(?P<years>[1-9][0-9])\)", "is"),
    (r"(?:\A|[,.:;?] )(?<!reiwa )(?P<years>[1-9][0-9])(?=[,.?!;]|\Z)(?!, ?(?:20)?[0-9])", "is"),
    (r"(?:\A|[\s,(])(?P<years>[1-9][0-9]) ?(?:f|m|y\.o\.?)(?![\w'])", "is"),
    (rf"(?:[、。はがも\s]|まだ|ほう){_OLD}(?:で(?=[、す。勤働国社])|に(?:も)?な(?:って|る(?:爺|婆|者|年寄)))", "is"),
    (rf"(?:で|、|は){_OLD}(?=、(?![0-9]))", "is"),
    (r"(?:[、。はがも\s]|うち|\A)(?P<years>[2-9][0-9])で(?=国保|社保|会社|健保|協会|組合|無職|自営|勤め|独身)", "is"),
    (r"(?:て(?:い)?る|の|は)(?P<years>[2-9][0-9])です(?=[。、]|\Z)", "is"),
    (rf"(?:年|歳|とし|よわい|齢)(?:は|が|も){_OLD}", "is"),
    (r"(?:年|歳|とし)(?:は|が)(?P<years>[1-9])つ(?!しか|違|ちが|上|下|年)", "is"),
    (rf"(?:もう|はや|はあ|御年|おん年|満|数えで|同い年の|当年|今年){_OLD}(?=[でのにか、。やじだば]|\Z)", "is"),
    (rf"{_NOT_BEFORE}{_OLD}(?:の(?:もん|者|婆|爺|ばあ|じい|じじ|ばば|警備|大工|独り|一人|元)|[男女]性?)", "is"),
    (rf"\A{_OLD}(?=窓口|負担|医療|国保|社保|何割|一人|ひとり|男|女|独居)", "is"),
    (rf"\A\W?{_OLD}の(?![0-9]|割|枚|誕生)", "is"),
    (r"(?<![0-9.])(?P<years>[1-9])つ(?:の(?:子|孫|息子|娘|坊|男|女)|に(?:なる|なった)(?:子|孫|息子|娘|坊))", "is"),
    (r"(?:孫|子|息子|娘|坊や?)(?:は|が|、)?(?:まだ)?(?P<years>[1-9])つ", "is"),
    (rf"\b(?:patient|customer|resident|user|aunt|uncle|parents?|neighbou?r),? \(?{_OLD}\b(?! ?%)", "is"),
)  # fmt: skip
