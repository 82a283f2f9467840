"""Words that stand on paper in both languages at once, whatever the language of the page is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask_babel.speaklater import LazyString

from assistant.content.entries import LANGS
from assistant.domain.eras import ERAS, era_year
from assistant.web.http.locale import speaking

Both = Mapping[str, str]

_ROMAN: Final = dict(zip((era.name for era in ERAS), ("Meiji", "Taisho", "Showa", "Heisei", "Reiwa"), strict=True))
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LABELS: Final[Mapping[str, Both]] = {
    "shown": {"ja": "見せる物", "en": "Shown"},
    "pay": {"ja": "支払い", "en": "Pay"},
    "say": {"ja": "伝える言葉", "en": "Say"},
    "note": {"ja": "注意", "en": "Note"},
    "ask": {"ja": "聞く先", "en": "Ask"},
    "visit": {"ja": "受診日", "en": "Visit"},
    "rules": {"ja": "適用", "en": "Rules"},
    "checked": {"ja": "確認日", "en": "Checked"},
    "printed": {"ja": "印刷日", "en": "Printed"},
    "more": {"ja": "くわしくは", "en": "In full:"},
    "sources": {"ja": "出典", "en": "Sources"},
    "version": {"ja": "決まりの版", "en": "Rules version"},
    "site": {"ja": "まどぐち", "en": "Madoguchi"},
    "no_decision": {"ja": "保険者の決定ではありません", "en": "Not an insurer's decision"},
}
COLUMNS: Final[tuple[Both, ...]] = (
    {"ja": "見せた物と場面", "en": "Shown, and what happens"},
    {"ja": "扱い", "en": "Standing"},
    {"ja": "支払い", "en": "Pay"},
    {"ja": "すること", "en": "What to do"},
    {"ja": "請求", "en": "Claim"},
)
SHARES: Final[Mapping[str, Both]] = {
    "online": {"ja": "オンライン確認の割合", "en": "as the online check says"},
    "printed": {"ja": "紙の割合", "en": "as printed on the paper"},
    "screen": {"ja": "画面の割合", "en": "as the screen shows"},
    "declaration": {"ja": "申立書の割合", "en": "as declared"},
    "stored": {"ja": "施設の記録の割合", "en": "as on file here"},
    "full": {"ja": "いったん全額（10割）", "en": "the full cost first"},
    "welfare": {"ja": "生活保護が支払う", "en": "public assistance pays"},
    "unknown": {"ja": "出典がない", "en": "no source settles it"},
}
CLAIMS: Final[Mapping[str, Both]] = {
    "current": {"ja": "現在の資格", "en": "current"},
    "former": {"ja": "旧資格", "en": "former"},
    "unknown": {"ja": "不詳", "en": "unknown"},
}
PROCEDURES: Final[Mapping[str, Both]] = {
    "read": {"ja": "読み取る", "en": "read it"},
    "register": {"ja": "その場で利用登録", "en": "register on the spot"},
    "visual_check": {"ja": "目視確認", "en": "visual check"},
    "mobile_check": {"ja": "モバイル端末で確認", "en": "check with a mobile device"},
    "pair_with_notice": {"ja": "カードとお知らせの組で確認", "en": "card and notice as a pair"},
    "show_portal": {"ja": "マイナポータルの画面を見る", "en": "see the Mynaportal screen"},
    "oral_check": {"ja": "口頭で確認", "en": "ask and check by word"},
    "declaration": {"ja": "資格申立書", "en": "declaration form (申立書)"},
    "query": {"ja": "番号で照会", "en": "enquiry by number"},
    "outage_query": {"ja": "障害時モードで照会", "en": "enquiry in outage mode"},
    "full_payment": {"ja": "全額（10割）を受け取る", "en": "take the full cost"},
    "proviso": {"ja": "やむを得ない事情の扱い", "en": "urgent proviso"},
    "ask_insurer": {"ja": "保険者に聞く", "en": "ask the insurer"},
    "ask_welfare_office": {"ja": "福祉事務所に聞く", "en": "ask the welfare office"},
}


def both(message: LazyString) -> Both:
    """Return a message of the catalogs in both languages."""
    found = {}
    for lang in LANGS:
        with speaking(lang):
            found[lang] = str(message)
    return found


def joined(parts: list[Both], joint: str) -> Both:
    """Return the parts as one text in each language."""
    return {lang: joint.join(part[lang] for part in parts) for lang in LANGS}


def paper_day(day: date) -> Both:
    """Return a day in both languages, each with both calendars."""
    era = era_year(day)
    roman = f"{_ROMAN[era[:2]]} {era[2:].removesuffix('年').replace('元', '1')}"
    return {
        "ja": f"{day.year}年{day.month}月{day.day}日（{era}）",
        "en": f"{day.day} {_MONTHS[day.month - 1]} {day.year} ({roman})",
    }


def paper_span(first: date, last: date | None) -> Both:
    """Return the days in which rules are in force, in both languages and both calendars."""
    begin, end = paper_day(first), paper_day(last) if last else {"ja": "", "en": ""}
    return {"ja": f"{begin['ja']}〜{end['ja']}", "en": f"{begin['en']} – {end['en']}".rstrip()}
