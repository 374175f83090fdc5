"""What the finders share: the facts, one file with its delegates, and the list that they fill."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from prisma_decouple.typescript.hints import Confidence, Hint, Kind
from prisma_decouple.typescript.source.exports import exports_of
from prisma_decouple.typescript.source.project import Project, imports_of
from prisma_decouple.typescript.types.expressions import Types
from prisma_decouple.typescript.types.prisma.delegates import Delegates
from prisma_decouple.typescript.types.prisma.forwarded import forwarded_in
from prisma_decouple.typescript.types.prisma.inference import Inference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tree_sitter import Node
    from typing_extensions import Unpack

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import Line, Spot
    from prisma_decouple.typescript.source.declarations import Told
    from prisma_decouple.typescript.source.exports import Exports
    from prisma_decouple.typescript.source.imports import Import
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.source.project import Foreign
    from prisma_decouple.typescript.source.text import Edit, Source
    from prisma_decouple.typescript.types.prisma.forwarded import Forwarded
    from prisma_decouple.typescript.types.typed import Type

# What is raised where a node has not what the grammar promises.
UNFINISHED: tuple[type[Exception], ...] = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class Draft:
    """A hint, and what a patch has to do for it.

    Attributes:
        hint: the hint.
        edits: what is proposed, by file; all of it or nothing is done.
        imports: the names that these edits need from elsewhere, by file.
        subject: what the draft provides, when others need it.
        needs: the subjects without which it makes no sense.
        is_lazy: whether it is only done when another one needs it.
        completes: the subjects that must not be provided without this draft, done or not.
        is_told: whether the rule file names the function that it is about.
        is_quiet: whether it is only told when it is done.
        node: the place itself; None when it is none of the code.
        absent: of a read, what may be absent and is read on from.
        waiting: of a type that is to let null in, the lines that cannot take that yet.
    """

    hint: Hint
    edits: Mapping[str, tuple[Edit, ...]]
    imports: Mapping[str, tuple[Import, ...]] = field(default_factory=dict)
    subject: str = ""
    needs: frozenset[str] = frozenset()
    is_lazy: bool = False
    completes: frozenset[str] = frozenset()
    is_told: bool = False
    is_quiet: bool = False
    node: Node | None = None
    absent: Node | None = None
    waiting: tuple[Line, ...] = ()


class Terms(TypedDict, total=False):
    """What there is to say of the edits of a hint, as far as it is anything.

    Attributes:
        elsewhere: what to change in other files.
        imports: what the edits need from other modules.
        subject: what the edits provide, when others need it.
        needs: the subjects of others without which the edits make no sense.
        is_lazy: whether the edits are only made when another hint needs them.
        completes: the subjects that must not be provided unless these edits are made as well.
        is_told: whether the rule file names the function that it is about.
        is_quiet: whether it is only told when the edits are made.
        absent: of a read, what may be absent and is read on from.
        waiting: of a type that is to let null in, the lines that cannot take that yet.
        part: of a text in which something else is written, from where to where the place goes.
    """

    elsewhere: Mapping[str, tuple[Edit, ...]] | None
    imports: Iterable[Import]
    subject: str
    needs: Iterable[str]
    is_lazy: bool
    completes: Iterable[str]
    is_told: bool
    is_quiet: bool
    absent: Node | None
    waiting: Iterable[Line]
    part: tuple[int, int]


class Lacking(NamedTuple):
    """The new fields of a model that a schema of a validator has to let in, and how sure that is."""

    model: str
    keys: tuple[str, ...]
    confidence: Confidence


class Inserted(NamedTuple):
    """Statements that are to be put into a file so that a record is at hand.

    Attributes:
        block: that they are put into.
        scope: in which their names are declared; of a case of a `switch`, all its cases.
        start: where.
        values: what they give to names.
        edits: they, and what they need.
        imports: what these need from elsewhere.
    """

    block: Node
    scope: Node
    start: int
    values: Mapping[str, str]
    edits: tuple[Edit, ...]
    imports: tuple[Import, ...]


@dataclass
class Findings:
    """What a scan has found so far.

    Attributes:
        drafts: the places where something has to be done.
        fine: how many places were looked at and need nothing.
        too_deep: files with code that is nested more deeply than can be followed, or has to do with unfinished code.
        widened: the names of the members of written types, by place, that have to allow null.
        offered: those of them that only have to when nothing that they are used for minds.
        followed: by the members of written types, by place, that follow a renamed field, the subjects of that.
        left_out: the subjects of values for which `undefined` is handed over where there is nothing.
        let_in: the model and the field whose value such a member is given, and which nothing, by the member's place.
        kept: the members of written types, by place, of whose values records are made that always have such a key.
        nullable_schemas: the members of validators' schemas, by place, that have to let null through, and the field of
            a model that they repeat.
        repeating_schemas: those of them that have to, whatever becomes of the others.
        lacking_schemas: the schemas, by place, that have to let new fields in.
        grown: by the subjects of written types that have to have new keys, their files, and what has these.
        relied_on: the options of relations in queries, by place, whose record is read as if it were always there.
        asked_for: the same, whose record is asked for before it is read, with the lines of those reads that are passed
            over, with what stands around them, where there is none.
        gone_through: the same, when what is read behind it is what the record has itself now.
        handed_on: the same, each with those of the types as which what it loads is read.
        form_readers: the models of which a function, by place, makes a record out of a form that it is sent.
        taken_from_forms: where keys that may be null now are taken out of a form: the field, the model and the key.
        sent_instead: the places of empty texts in a page's states of which null is to be made where they are sent.
        sent_as_texts: the stand-ins for none, by place, that a page sends as they are, for it sends them as texts.
        unread: the places of what is sent to those who read nothing of it: file, line, column and kind.
        for_pages: the places of what is given to pages, with the paths of their components.
        sent: by the options with which a query loads a relation, the places where that is sent to other programs.
        sent_told: such options, when it is told that what they load is sent.
        askers: by the places of what is sent, the functions that ask for it, each with its file.
        unread_loads: such options, all of whose records go to those who read nothing of them.
        believed: by the places of what does not fit its written type, the lines of this that have to let null in.
        received: the places of what is told of what is received from routes.
        seen: the places of what TypeScript minds once what it is made of is mended.
        seen_in: the files with the written types that such a value meets.
        noted: the kinds of the drafts by file, and there by line and column.
    """

    drafts: list[Draft] = field(default_factory=list)
    fine: int = 0
    widened: dict[str, str] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    followed: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    let_in: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    too_deep: set[str] = field(default_factory=set)
    nullable_schemas: dict[str, tuple[str, str]] = field(default_factory=dict)
    repeating_schemas: set[str] = field(default_factory=set)
    lacking_schemas: dict[str, Lacking] = field(default_factory=dict)
    grown: dict[str, tuple[str, RequiredRelation]] = field(default_factory=dict)
    relied_on: set[str] = field(default_factory=set)
    asked_for: dict[str, set[Line]] = field(default_factory=dict)
    gone_through: set[str] = field(default_factory=set)
    handed_on: dict[str, set[str]] = field(default_factory=dict)
    form_readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    taken_from_forms: list[tuple[Place, str, str, str]] = field(default_factory=list)
    sent_as_texts: set[str] = field(default_factory=set)
    sent_instead: set[Spot] = field(default_factory=set)
    unread: set[Spot] = field(default_factory=set)
    for_pages: dict[Spot, str] = field(default_factory=dict)
    sent: dict[str, set[Spot]] = field(default_factory=dict)
    sent_told: set[str] = field(default_factory=set)
    askers: dict[Spot, list[tuple[str, Node]]] = field(default_factory=dict)
    unread_loads: set[str] = field(default_factory=set)
    believed: dict[Spot, frozenset[tuple[str, int]]] = field(default_factory=dict)
    received: set[Spot] = field(default_factory=set)
    seen: set[Spot] = field(default_factory=set)
    seen_in: set[str] = field(default_factory=set)
    noted: dict[str, dict[tuple[int, int], set[Kind]]] = field(default_factory=dict)


@dataclass
class FileContext:
    """One file under examination.

    Attributes:
        facts: the change of the schema.
        source: the file.
        findings: where the finders put what they find.
        project: all files together; the file is one of them.
        expectations: what the places of expressions want, as far as anybody has asked.
        checked: the data, and the calls, that have been looked at, by where they begin and what they must give.
        wanted: the same, those of installed packages included.
        told: the declarations of packages that tell what expressions are, as far as anybody has asked.
        arrivals: the written types that its values of another one are handed to, by that one's node; None until asked.
        copied: the records that it spreads into the data of others, once anybody has asked.
        given: where what is handed to its payload types is loaded, by the type's node, as far as anybody has asked.
        takers: its functions, with a parameter, by the nodes of the types that this receives; None until asked.
        inserted: the statements that are to be put into it.
    """

    facts: SchemaFacts
    source: Source
    findings: Findings
    project: Project = field(default_factory=lambda: Project({}, {}))
    checked: set[tuple[int, object]] = field(default_factory=set)
    expectations: dict[int, Type | None] = field(default_factory=dict)
    wanted: dict[int, Type | None] = field(default_factory=dict)
    told: dict[int, tuple[Told, ...]] = field(default_factory=dict)
    arrivals: dict[int, list[Place]] | None = None
    given: dict[int, list[Place | None]] = field(default_factory=dict)
    copied: list[Type] | None = None
    takers: dict[int, list[tuple[Node, Node]]] | None = None
    inserted: list[Inserted] = field(default_factory=list)

    @cached_property
    def imported(self) -> dict[str, Foreign]:
        """The names that the file imports."""
        return imports_of(self.source.root)

    @cached_property
    def exports(self) -> Exports:
        """What the file exports."""
        return exports_of(self.source.root)

    @cached_property
    def sure_of_null(self) -> Confidence:
        """How sure it is that something has to be done where null arrives: the compiler may be told not to mind."""
        is_minded = self.project.modules.checks_null(self.source.path)
        return Confidence.CERTAIN if is_minded else Confidence.LIKELY

    @property
    def is_second_look(self) -> bool:
        """Whether a reader looks, who sees through `any`, and not the compiler."""
        return self.project.requests is not None

    @property
    def modules(self) -> list[str]:
        """The modules that it imports from."""
        return list(dict.fromkeys(each.module for each in self.imported.values()))

    @cached_property
    def types(self) -> Types:
        """The types of the file's expressions."""
        return Types(self)

    @cached_property
    def delegates(self) -> Delegates:
        """The file's names for the models of the Prisma client."""
        return Delegates(self)

    @cached_property
    def forwarded(self) -> list[Forwarded]:
        """The calls of the file that make queries by way of generic functions."""
        return list(forwarded_in(self))

    @cached_property
    def inference(self) -> Inference:
        """What can be told of the models of the file's expressions."""
        return Inference(self)

    def hint(
        self,
        node: Node,
        kind: Kind,
        confidence: Confidence,
        why: str,
        edits: Iterable[Edit] | None = None,
        **terms: Unpack[Terms],
    ) -> None:
        """Note a place.

        Args:
            node: the place.
            kind: what it is.
            confidence: how sure it is that something has to be done.
            why: the reason, for a person.
            edits: what to change in this file; the hint shows those in the node's lines. None when it cannot be known.
            terms: what else there is to say of the edits.
        """
        path, own, part = self.source.path, tuple(edits) if edits is not None else None, terms.get("part")
        line, column = self.source.place(part[0]) if part is not None else self.source.position(node)
        lines = partial(self.source.lines_of, *part) if part is not None else partial(self.source.lines, node)
        hint = Hint(path, line, column, kind, confidence, lines(), lines(own) if own is not None else None, why)
        self.note((line, column), kind)
        draft = Draft(
            hint,
            {**({path: own} if own else {}), **(terms.get("elsewhere") or {})},
            {path: tuple(terms.get("imports", ()))},
            subject=terms.get("subject", ""),
            needs=frozenset(terms.get("needs", ())),
            is_lazy=terms.get("is_lazy", False),
            completes=frozenset(terms.get("completes", ())),
            is_told=terms.get("is_told", False),
            is_quiet=terms.get("is_quiet", False),
            node=node,
            absent=terms.get("absent"),
            waiting=tuple(terms.get("waiting", ())),
        )
        self.findings.drafts.append(draft)

    def note(self, place: tuple[int, int], kind: Kind) -> None:
        """Keep that there is a hint at a place, by line and column, or one that speaks of it."""
        self.findings.noted.setdefault(self.source.path, {}).setdefault(place, set()).add(kind)

    def is_told(self, node: Node, kind: Kind | None = None) -> bool:
        """Whether there is a hint at a place already, of one kind or of any."""
        kinds = self.noted.get(self.source.position(node), ()) if self.noted else ()
        return bool(kinds) if kind is None else kind in kinds

    def is_told_inside(self, node: Node, kind: Kind) -> bool:
        """Whether there is a hint of one kind in an expression already, its beginning included."""
        start, end = self.source.position(node), (node.end_point.row + 1, node.end_point.column + 1)
        return any(start <= place < end and kind in kinds for place, kinds in self.noted.items())

    def aloud(self, node: Node, kind: Kind, why: str) -> bool:
        """Tell, with this reason, what would only be told of a place when it is changed; whether there is such."""
        place = (self.source.path, *self.source.position(node), kind)
        for n, draft in enumerate(self.findings.drafts):
            hint = draft.hint
            if draft.is_quiet and (hint.file, hint.line, hint.column, hint.kind) == place:
                self.findings.drafts[n] = replace(draft, hint=replace(hint, why=why), is_quiet=False)
                return True
        return False

    @property
    def noted(self) -> Mapping[tuple[int, int], set[Kind]]:
        """The kinds of what is told of the file so far, by line and column."""
        return self.findings.noted.get(self.source.path, {})

    def fine(self) -> None:
        """Note that a place was looked at and needs nothing."""
        self.findings.fine += 1
