"""Coverage-guided fuzzing of the parser, the validator and the formatter, with atheris.

    python fuzz/language.py [-max_total_time=SECONDS] [-seed=NUMBER] [any other option of libFuzzer] [FILE...]

Seeds and what was found go to build/fuzz. With files it only tries these, for example the one of a finding.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["prisma_decouple"]):
    from promises import check_promises

from seeds import MAX_BYTES, write_seeds

FOLDER = Path(__file__).parents[1] / "build" / "fuzz"
DICTIONARY = Path(__file__).with_name("prisma.dict")
TOKENS = [
    re.sub(r"\\x([0-9a-f]{2})|\\(.)", lambda found: chr(int(found[1], 16)) if found[1] else found[2], token)
    for token in re.findall(r'^"(.*)"$', DICTIONARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
]
_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


def try_bytes(data: bytes) -> None:
    """What libFuzzer calls; any bytes are a text, with lone surrogates where they are not UTF-8."""
    check_promises(data.decode("utf-8", "surrogateescape"))


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Half of the time change a text as people do, by lines and words; else leave it to libFuzzer."""
    choose = random.Random(seed)  # noqa: S311 - libFuzzer's own seed makes a run repeatable
    if choose.random() < 0.5:  # noqa: PLR2004
        return bytes(atheris.Mutate(data, max_size))
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(choose.randint(1, 3)):
        text = choose.choice((_change_lines, _change_words))(text, choose)
    return text.encode("utf-8", "surrogateescape")[:max_size]


def _change_lines(text: str, choose: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, other = choose.randrange(len(lines)), choose.randrange(len(lines))
    change = choose.randrange(4)
    if change == 0:
        del lines[at]
    elif change == 1:
        lines.insert(at, lines[other])
    elif change == 2:  # noqa: PLR2004
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = lines[at].rstrip("\r\n") + " " + lines[other].lstrip()
    return "".join(lines)


def _change_words(text: str, choose: random.Random) -> str:
    words = _WORD.findall(text) or [""]
    at = choose.randrange(len(words))
    new = choose.choice((choose.choice(TOKENS), choose.choice(words)))
    return "".join([*words[:at], new, *words[at + choose.randrange(2) :]])


def main() -> None:
    """Write the seeds and start libFuzzer, which ends the process."""
    given = sys.argv[1:]
    arguments = [sys.argv[0], f"-dict={DICTIONARY}", f"-max_len={MAX_BYTES}", "-timeout=20", *given]
    if all(argument.startswith("-") for argument in given):
        write_seeds(FOLDER / "seeds")
        (FOLDER / "found").mkdir(exist_ok=True)
        arguments += [f"-artifact_prefix={FOLDER}/", str(FOLDER / "found"), str(FOLDER / "seeds")]
    atheris.Setup(arguments, try_bytes, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
