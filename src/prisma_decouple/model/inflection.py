"""Names of fields from names of models, as Prisma makes them for the fields that its formatter adds.

Prisma leaves that to the Rust library cruet (psl-core/src/reformat.rs in prisma-engines). What is said here was
measured with the formatter of Prisma 6.19.3, on about 3,400 words of real schemas and word lists.
"""

from __future__ import annotations

import re

# They have no plural; only a whole name counts, not its last word.
_WORDS_WITHOUT_PLURAL = """
accommodation adulthood advertising advice aggression aid air aircraft alcohol anger applause arithmetic assistance
bacon baggage beef biology blood botany bread butter carbon cardboard cash chalk chaos chess countryside dancing deer
dignity dirt dust education electricity engineering enjoyment envy equipment evidence evolution fame fiction flour flu
food fuel fun furniture garbage garlic gold golf gossip grammar gratitude grief guilt happiness hardware harm hate
hatred health heat help homework honesty honey hospitality housework humour hunger hydrogen ice importance inflation
information innocence iron irony jam jewelry judo karate knowledge lack laughter lava leather leisure lightning linguine
linguini literature litter livestock logic loneliness luck luggage macaroni machinery magic management mankind marble
mayonnaise methane milk money mud music nature nitrogen nonsense nurture nutrition obedience obesity oxygen pasta
patience poetry police pollution poverty pride psychology publicity punctuation quartz racism relaxation reliability
research respect revenge rice rubbish rum safety scenery seafood seaside shame sheep shopping sleep smoke smoking snow
soap software soil spaghetti steam stuff stupidity sunshine symmetry tennis thirst thunder timber traffic transportation
trust underwear unemployment unity validity veal vegetarianism vegetation vengeance violence vitality warmth wealth
weather welfare wheat wildlife wisdom yoga zinc zoology
"""
_UNCOUNTABLE = frozenset(_WORDS_WITHOUT_PLURAL.split())

_IRREGULAR = {
    "die": "dice",
    "eave": "eaves",
    "foot": "feet",
    "goose": "geese",
    "man": "men",
    "ox": "oxen",
    "quiz": "quizzes",
    "tooth": "teeth",
    "woman": "women",
    "yes": "yeses",
}

# How a word ends, and what stands there in the plural instead of what the group has caught; the first that fits counts.
_ENDINGS = (
    (r"eaux()", ""),
    (r"child((?:ren)?)", "ren"),
    (r"pe(rson|ople)", "ople"),
    (r"[ml](ouse|ice)", "ice"),
    (r"(?:matr|cod|mur|sil|vert|ind|append)([ie]x)", "ices"),
    (r"(?:x|ch|ss|sh|zz)()", "es"),
    (r"[^ch][ieo][ln](ey)", "ies"),
    (r"(?:[^aeiouy]|qu)(y)", "ies"),
    (r"(?:ar|l|ea|eo|oa|hoo)(f)", "ves"),
    (r"(?:kni|wi|li)(fe)", "ves"),
    (r"(sis)", "ses"),
    (r"(?:apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat)(a|on)", "a"),
    (r"(?:agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat)(a|um)", "a"),
    (r"(?:ov|symposi|curricul|quor)(a|um)", "a"),
    (r"(?:her|at|gr)o()", "es"),
    (r"(?:seraph|cherub)((?:im)?)", "im"),
    (r"(?:alumn|alg|vertebr)(ae?)", "ae"),
    (r"(?:alumn|syllab|octop|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat)(us|i)", "i"),
    (r"(?:[^l]ias|[aeiou]las|[emjzr]as|[iu]am)()", ""),
    (r"e[mn]u(s?)", "s"),
    (r"(?:alias|[^aou]us|tlas|gas|ris)()", "es"),
    (r"(?:ax|test)(is)", "es"),
    (r"[^aeiou]ese()", ""),
    (r"(s?)", "s"),
)


def plural(noun: str) -> str:
    """The English plural of a name: `post` as `posts`, `company` as `companies`, `person` as `people`."""
    if noun in _UNCOUNTABLE:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    # Compiled when it is needed, and kept by `re`: most runs ask for no plural.
    found, ending = next((match, ending) for end, ending in _ENDINGS if (match := re.search(rf"(?:{end})$", noun)))
    return noun[: found.start(1)] + ending


def camel_case(name: str) -> str:
    """`user_account` as `userAccount`, `UserID` as `userID`, but `APIKey` as `apikey`: until a small letter all are."""
    result, last, is_new = "", "", False
    for character in name.rstrip("_-"):
        if not character.isalnum():
            is_new = True
        elif character.isnumeric():
            result += character
            is_new = True
        elif is_new or (last.islower() and character.isupper()):
            result += character.upper() if character.isascii() else character
            is_new = False
        else:
            result += character.lower() if character.isascii() else character
            last = character
    return result
