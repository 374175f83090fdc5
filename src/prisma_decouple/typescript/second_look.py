"""What `any` hides, as `(await fetch("/books")).json()` is `any`, and what pages send to their own routes.

Nobody but a reader finds that, so it is looked for apart, with types that TypeScript has not: what is asked for by an
address is what the handler of that route answers, and what is written as `any` is what it is given. What only comes of
that is never certain, and never patched.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.source import NOWHERE
from prisma_decouple.typescript.finders.creates.lacking_input import find_lacking_input
from prisma_decouple.typescript.finders.forms.named_forms import find_named_forms
from prisma_decouple.typescript.finders.forms.read_forms import note_forms_of_page
from prisma_decouple.typescript.finders.sent.sent_bodies import find_sent_bodies
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.rounds import examined, find_in_components, find_in_received, find_loaded, find_sent
from prisma_decouple.typescript.routes.interceptors import Interceptors
from prisma_decouple.typescript.routes.mounts import Mounts
from prisma_decouple.typescript.routes.origins import SAYS_ANY, origin_of
from prisma_decouple.typescript.routes.requests import MAY_ASK, Requests
from prisma_decouple.typescript.routes.served import routes_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import enclosing_names
from prisma_decouple.typescript.source.templates import templates_of
from prisma_decouple.typescript.types.libraries.messages import MAY_HEAR
from prisma_decouple.typescript.types.libraries.page_data import loaders_beside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import Hint, Spot
    from prisma_decouple.typescript.routes.served import Route
    from prisma_decouple.typescript.source.project import Project
    from prisma_decouple.typescript.source.text import Source


_TOLD = frozenset({Kind.FILTER, Kind.FLOW, Kind.GONE, Kind.READ, Kind.SENTINEL, Kind.TYPE})
# Of these, what may come of something that was received.
_RECEIVED = frozenset({Kind.FILTER, Kind.FLOW, Kind.GONE, Kind.READ})
_SENT = frozenset({Kind.FLOW, Kind.GONE})  # what there is to tell of an answer
_MAKING = frozenset({Kind.CALL, Kind.CREATE})
_LATER = "TypeScript minds it once what it is made of is mended."
_UNCHECKED = "TypeScript minds null nowhere here: `strictNullChecks` is off."
_UNSEEN = "The compiler of TypeScript does not look into components."
# How sure the first look is of what is loaded and of what is sent, and the second one when it knows of somebody.
_RETOLD = {
    (Kind.INCLUDE, Confidence.LIKELY): (Confidence.CERTAIN, Confidence.UNSURE),
    (Kind.FLOW, Confidence.UNSURE): (Confidence.UNSURE,),
    (Kind.GONE, Confidence.UNSURE): (Confidence.UNSURE,),
}


def look_again(
    facts: SchemaFacts, files: Sequence[FileContext], known: Mapping[str, FileContext], told: Iterable[Hint]
) -> frozenset[Spot]:
    """Let the finders look at the files that get something from a route, and at those that use these.

    Args:
        facts: the change.
        files: of a project of their own; their findings are filled.
        known: the same files as TypeScript knows them, by path.
        told: the hints of the first look.

    Returns:
        The places of what is sent to routes; all others are of what is received.
    """
    if not files:
        return frozenset()
    project = files[0].project
    project.requests = requests = _requests(files, known)
    asking = [call for file in files for call in examined(requests.in_file, file)]
    reached = _reached(project, asking)
    names = facts.names_that_matter
    # What is received may be called anything there: `{ writer: book.authorId }`.
    concerned = [
        each for each in files if each.source.path in reached or (names & each.source.words and _hides_something(each))
    ]
    # What is made of it where it is read goes on by types: `{ name: book.author.name }` to whoever calls that.
    given = {each.file for each in told if each.kind is Kind.READ and each.file}
    users = {user for path in given for user in project.users_of(path)}
    concerned += [each for each in files if each.source.path in users and each not in concerned]
    find_in_received(concerned)
    _follow_types(project, concerned)
    files[0].findings.received |= {draft.hint.spot for draft in files[0].findings.drafts}
    return _look_at_sent(files, known, requests, told)


def _look_at_sent(
    files: Sequence[FileContext], known: Mapping[str, FileContext], requests: Requests, told: Iterable[Hint]
) -> frozenset[Spot]:
    """Look at what is loaded and sent, by those who receive it, and at what pages send; the places of what is new."""
    findings = files[0].findings
    relied_on = {place.rpartition(":")[0] for place in findings.relied_on}
    serving = {path for file in files for path in examined(requests.serving, file)}
    answered = len(findings.drafts)
    find_sent(file for file in files if file.source.path in relied_on | serving)
    sent = next((each.findings.sent for each in known.values()), {})  # where all is JavaScript, nothing is known
    findings.unread_loads |= {loaded for loaded, places in sent.items() if places <= findings.unread}
    loading = {place.rpartition(":")[0] for place in findings.unread_loads | findings.asked_for.keys()}
    find_loaded(file for file in files if file.source.path in relied_on | serving | loading)
    unread, asked = {path for path, *_ in findings.unread}, len(findings.drafts)
    drafts = [each for each in findings.drafts[answered:] if each.hint.kind in _SENT and each.hint.file in unread]
    lacking = _lacking(told)
    for file in files:
        examined(partial(find_sent_bodies, lacking=lacking), file)
        examined(partial(find_lacking_input, lacking=lacking), file)
    return frozenset(draft.hint.spot for draft in (*drafts, *findings.drafts[asked:]))


def look_at_components(
    facts: SchemaFacts, files: Sequence[FileContext], known: Mapping[str, FileContext], told: Iterable[Hint]
) -> frozenset[Spot]:
    """Let the finders look at components, which know what they get from routes, and at what these send.

    Args:
        facts: the change.
        files: of a project of their own, and the components; their findings are filled.
        known: the files of the first look by path; what was found there is known to components.
        told: the hints of the looks before.

    Returns:
        The places of what is sent to routes; all others are of what is received.
    """
    files[0].project.requests = requests = _requests(files, known)
    _reached(files[0].project, [call for file in files for call in examined(requests.in_file, file)])
    first = next(iter(known.values()), None)
    if first is not None:
        files[0].findings.widened |= first.findings.widened
        files[0].findings.for_pages |= first.findings.for_pages
    components = [each for each in files if each.source.is_component]
    names = facts.names_that_matter
    # What a page is given may be called anything there as well.
    concerned = [
        each
        for each in components
        if names & each.source.words or any(names & loader.source.words for loader in loaders_beside(each))
    ]
    find_in_components(concerned)
    findings, lacking = files[0].findings, _lacking(told)
    loading = {place.rpartition(":")[0] for place in findings.relied_on | findings.asked_for.keys()}
    find_loaded(file for file in files if file.source.path in loading)
    findings.received |= {draft.hint.spot for draft in findings.drafts}
    serving = {path for file in files for path in examined(requests.serving, file)}
    sending = {hint.file for hint in told if hint.kind in _SENT and hint.confidence is Confidence.UNSURE}
    find_sent(file for file in files if file.source.path in serving & sending)
    received = len(findings.drafts)
    classes = _classes_of(components, files)
    # What a class of Angular sends is sent by a service, and asked for in the template of the class.
    for file in files if classes else components:
        examined(partial(find_sent_bodies, lacking=lacking), file)
    for file in (*components, *classes):
        examined(partial(note_forms_of_page, known=known), file)
        examined(find_named_forms, file)
    return frozenset(draft.hint.spot for draft in findings.drafts[received:])


def _classes_of(components: Sequence[FileContext], files: Sequence[FileContext]) -> list[FileContext]:
    """The files of the classes whose templates are among some components."""
    paths = {each.source.path for each in components}
    return [each for each in files if any(template.path in paths for template in templates_of(each.source))]


def _lacking(told: Iterable[Hint]) -> frozenset[tuple[str | None, int | None]]:
    """The files and lines where a record is made without what it needs now, and stays so."""
    return frozenset((hint.file, hint.line) for hint in told if hint.kind in _MAKING and not hint.patched)


def in_components(hints: Iterable[Hint], files: Mapping[str, FileContext], sent: Collection[Spot]) -> Iterator[Hint]:
    """The hints in components, which are at most likely, and never patched.

    Args:
        hints: of a look at them.
        files: of that look, by path.
        sent: the places of those that are about what is sent.
    """
    for hint in hints:
        file = files.get(hint.file or "")
        if file is not None and hint.spot in file.findings.sent_instead:
            continue
        is_told = hint.kind in _TOLD | {Kind.CALL} and hint.line != NOWHERE
        if file is not None and file.source.is_component and is_told:
            sureness = Confidence.LIKELY if hint.confidence is Confidence.CERTAIN else hint.confidence
            is_received = hint.kind in _RECEIVED and hint.spot not in sent
            origin = origin_of(file, hint.line or 0) if is_received else ""
            why = f"{hint.why} {origin or _UNSEEN}"
            yield replace(hint, file=file.source.file, confidence=sureness, why=why, patched=False, follows=())


def _hides_something(file: FileContext) -> bool:
    """Whether something in a file may be anything, for all that TypeScript knows; so is all of JavaScript."""
    text = file.source.text
    return file.source.is_script or SAYS_ANY.search(text) is not None or MAY_HEAR.search(text) is not None


def _follow_types(project: Project, looked_at: list[FileContext]) -> None:
    """Look at the files whose types have to let null in, and at those that use them, as long as there are more."""
    known = {file.source.path for file in looked_at}
    while looked_at:
        widened = {place.rpartition(":")[0] for place in looked_at[0].findings.widened}
        using = {user for path in widened for user in project.users_of(path)} - known
        files = [project.files[path] for path in sorted(using) if path in project.files]
        looked_at = [each for each in files if each.facts.names_that_matter & each.source.words]
        known |= using
        find_in_received(looked_at)


def is_worth_while(sources: Iterable[Source]) -> bool:
    """Whether a code base may have something of which TypeScript knows nothing: told without parsing anything."""
    return any(pattern.search(each.text) for each in sources for pattern in (MAY_ASK, SAYS_ANY, MAY_HEAR))


def _requests(files: Sequence[FileContext], known: Mapping[str, FileContext]) -> Requests:
    """What is asked for in a code base."""
    interceptors = Interceptors()
    for file in files:
        examined(interceptors.note, file)
    return Requests(_routes(files), known, interceptors)


def _routes(files: Sequence[FileContext]) -> Iterator[Route]:
    """The routes that a code base serves."""
    mounts = Mounts()
    for file in files:
        examined(mounts.note, file)
    yield from (route for file in files for route in examined(partial(routes_of, mounts=mounts), file))


def _reached(project: Project, asking: list[Place]) -> set[str]:
    """The files that get something from a route, or call a function in which something is got."""
    reached, seen = set[str](), set[tuple[str, str, bool]]()
    waiting = [(call, False) for call in asking]
    while waiting:
        call, is_caller = waiting.pop()
        is_open = False if is_caller else next(iter(examined(partial(_openness, call), call.file)), None)
        if is_open is None:
            continue
        path = call.file.source.path
        if not is_open:
            reached.add(path)
        # The function of a query, `useQuery({ queryFn: async () => fetch(url) })`, is called by the hook around it.
        asking_now = {(path, name, is_open) for name in enclosing_names(call.node)} - seen
        seen |= asking_now
        for _, name, _ in asking_now:
            users = project.users_of(path)
            calls = (each for each in project.calls_of(name) if each[0].source.path in users)
            waiting += [(Place(*each), not is_open) for each in calls]
    return reached


def _openness(call: Place, file: FileContext) -> list[bool]:
    """Whether what a call gets is open, if it gets anything."""
    requests = file.project.requests
    found = requests.is_open(call) if requests is not None else None
    return [found] if found is not None else []


def with_received(
    hints: Iterable[Hint], sent: Collection[Spot], told: Iterable[Hint], files: Mapping[str, FileContext]
) -> list[Hint]:
    """The hints of both looks together.

    Args:
        hints: of the second look.
        sent: the places of those that are about what is sent.
        told: of the first one; what was only a guess there gives way to what is known here, and what is loaded or sent
            is told with what becomes of it.
        files: of the second look, by path.
    """
    instead = next((file.findings.sent_instead for file in files.values()), set())
    hints = [hint for hint in hints if hint.file in files and hint.spot not in instead]
    told = [hint for hint in told if hint.spot not in instead]
    sure = [hint for hint in told if hint.confidence is not Confidence.UNSURE]
    surely = {place for hint in sure for place in (hint.spot, (hint.file, hint.line, hint.kind))}
    guessed = {hint.spot for hint in told}
    found = [
        hint
        for hint in hints
        if (hint.kind in _TOLD or hint.spot in sent)
        and _told_at(hint) not in surely
        and (hint.confidence is not Confidence.UNSURE or hint.spot not in guessed)
    ]
    seen = [_as_unsure(hint) if hint.spot in sent else _as_received(hint, files[hint.file or ""]) for hint in found]
    more = _told_once(hint for hint in seen if hint is not None)
    known, better = {hint.spot: hint for hint in hints}, {hint.spot for hint in more}
    unread = next((file.findings.unread for file in files.values()), set())
    told = [hint for hint in told if hint.spot not in unread or hint.confidence is not Confidence.UNSURE]
    kept = (hint for hint in told if hint.confidence is not Confidence.UNSURE or hint.spot not in better)
    return [*(retold(hint, known.get(hint.spot)) for hint in kept), *more]


def _told_at(hint: Hint) -> tuple[object, ...]:
    """Where another look may have told the same: in its line, of a written type at its member, as several share one."""
    is_member = hint.kind is Kind.TYPE and hint.confidence is not Confidence.UNSURE
    return hint.spot if is_member else (hint.file, hint.line, hint.kind)


def _told_once(hints: Iterable[Hint]) -> list[Hint]:
    """The hints without those that say the same of the same line again: `count[name] = count[name] + 1`."""
    first: dict[tuple[object, ...], Hint] = {}
    for hint in hints:
        first.setdefault((hint.file, hint.line, hint.kind, hint.confidence, hint.why, hint.after), hint)
    return list(first.values())


def retold(hint: Hint, known: Hint | None) -> Hint:
    """A hint on what is loaded, or sent, with what the second look knows of those who read it."""
    if known is None or known.confidence not in _RETOLD.get((hint.kind, hint.confidence), ()):
        return hint
    sureness = Confidence.UNSURE if known.confidence is Confidence.UNSURE else hint.confidence
    return replace(hint, why=known.why, confidence=sureness)


def _as_received(hint: Hint, file: FileContext) -> Hint | None:
    """A hint on what no compiler minds, with where that comes from; None when nothing is seen of that."""
    is_seen = hint.spot in file.findings.seen
    later = _LATER if file.project.modules.checks_null(file.source.path) else _UNCHECKED
    origin = later if is_seen else origin_of(file, hint.line or 0)
    if not origin and any(file.source.path in file.project.users_of(path) for path in file.findings.seen_in):
        origin = later
    return replace(_as_unsure(hint), why=f"{hint.why} {origin}") if origin else None


def _as_unsure(hint: Hint) -> Hint:
    """A hint that comes of what only a reader knows: it is never certain, and never patched."""
    sureness = Confidence.LIKELY if hint.confidence is Confidence.CERTAIN else hint.confidence
    return replace(hint, confidence=sureness, patched=False, follows=())
