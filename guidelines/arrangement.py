"""How the finder lays out what it found: in which order, and under which headings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from guidelines.finder import Row
from guidelines.models import Instruction
from library.facets import Value
from markup.kinds import Obligation

Offer = Mapping[str, Mapping[str, Value]]

# The values of `ordning` and of `gruppe`, the usual one first, and what the page calls them.
ORDERS = {
    "retningslinje": "Retningslinje",
    "forpligtelse": "Skal, bør, kan",
    "lov": "Lov og paragraf",
    "titel": "Titel",
}
GROUPINGS = {"retningslinje": "Retningslinje", "princip": "Princip", "aktoer": "Aktør", "ingen": "Én liste"}
UNGROUPED = "ingen"


@dataclass(frozen=True)
class Layout:
    """What was asked for. The filter of the same name as `grouping` says which groups there are."""

    order: str = "retningslinje"
    grouping: str = "retningslinje"

    def parameters(self) -> dict[str, str]:
        """As the address writes it: without what is usual."""
        usual = Layout()
        given = {"ordning": (self.order, usual.order), "gruppe": (self.grouping, usual.grouping)}
        return {name: value for name, (value, default) in given.items() if value != default}

    @property
    def repeats(self) -> bool:
        """Whether an instruction may stand under several headings."""
        return self.grouping in ("princip", "aktoer")

    @property
    def leaves_guidelines(self) -> bool:
        """Whether no heading names the guideline of an instruction."""
        return self.grouping != "retningslinje"


@dataclass(frozen=True)
class Entry:
    """One line of the list: an instruction, and the slug of the group that it stands in ("" for none)."""

    group: str
    pk: int


def in_order(rows: Iterable[Row], order: str, offer: Offer) -> list[Row]:
    """`rows`, which come in reading order, by `order`; equals stay in reading order."""
    return sorted(rows, key=_order_key(order, offer))


def _order_key(order: str, offer: Offer) -> Callable[[Row], tuple[int, str]]:
    if order == "titel":
        return lambda row: (0, row.sort_key)
    if order == "forpligtelse":
        places = {word.value: place for place, word in enumerate(Obligation)}
        return lambda row: (min(places[slug] for slug in row.values["forpligtelse"]), "")
    if order == "lov":
        # An instruction stands where its first paragraph does; what rests on no law stands last.
        places = {slug: place for place, slug in enumerate(offer["lov"])}
        return lambda row: (min((places[slug] for slug in row.values["lov"] if ":" in slug), default=len(places)), "")
    return lambda row: (0, "")


def arrange(rows: Iterable[Row], layout: Layout, offer: Offer, chosen: Mapping[str, Sequence[str]]) -> list[Entry]:
    """The lines of the whole list. Of groups that are filtered by, only the chosen ones appear."""
    ordered = in_order(rows, layout.order, offer)
    if layout.grouping == UNGROUPED:
        return [Entry("", row.pk) for row in ordered]
    name = layout.grouping
    wanted = [slug for slug in offer[name] if slug in chosen[name] or not chosen[name]]
    entries = [Entry(slug, row.pk) for slug in wanted for row in ordered if slug in row.values[name]]
    return entries + [Entry("", row.pk) for row in ordered if not row.values[name]]


@dataclass
class Group:
    """The instructions under one heading of a page; in a list without headings, `title` is empty."""

    title: str
    address: str = ""
    note: str = ""
    instructions: list[Instruction] = field(default_factory=list)


def groups(entries: Iterable[Entry], layout: Layout, offer: Offer) -> list[Group]:
    """One page of the list with its instructions, fetched in a fixed number of queries."""
    listed = list(entries)
    rows = Instruction.objects.for_list().defer("html").filter(pk__in={entry.pk for entry in listed})
    instructions = {instruction.pk: instruction for instruction in rows}
    found: dict[str, Group] = {}
    for entry in listed:
        instruction = instructions[entry.pk]
        if entry.group not in found:
            found[entry.group] = _heading(entry.group, layout.grouping, offer, instruction)
        found[entry.group].instructions.append(instruction)
    return list(found.values())


def _heading(slug: str, grouping: str, offer: Offer, first: Instruction) -> Group:
    if grouping == "retningslinje":
        guideline = first.guideline
        return Group(guideline.title, guideline.address, f"Retningslinje i {guideline.theme.title}")
    if not slug:
        return Group("" if grouping == UNGROUPED else f"Uden {GROUPINGS[grouping].lower()}")
    page = {"princip": "principles:principle", "aktoer": "guidelines:actor"}[grouping]
    return Group(str(offer[grouping][slug]), reverse(page, args=[slug]), GROUPINGS[grouping])
