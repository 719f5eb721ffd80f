"""The instruction finder: which instructions fit a question, and how many each further choice would leave.

It works on slim rows of all instructions, read in a fixed number of queries, since every count needs them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from django.utils.text import Truncator, capfirst

from guidelines.models import Actor, Guideline, Instruction, Situation
from library.danish import sort_key
from library.facets import Facet, FacetList, Term, Value, select
from library.models import Provision, Source, TaggedRecord
from library.spreadsheet import plain_text
from markup.kinds import Obligation
from principles.models import Principle

LONGEST_LABEL = 70
# The parameter of each filter and what the page calls it, in the order of the page.
LEGENDS = {
    "forpligtelse": "Forpligtelse",
    "tema": "Tema",
    "princip": "Princip",
    "aktoer": "Hvem",
    "lov": "Lov",
    "kilde": "Kilde",
    "emne": "Emne",
    "situation": "Situation",
    "retningslinje": "Retningslinje",
}


@dataclass
class Row:
    """One instruction: its primary key, its words, and per filter the values that it has."""

    pk: int
    title: str
    html: str
    values: dict[str, dict[str, Term]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def sort_key(self) -> str:
        return sort_key(self.title)

    def has_words(self, words: Sequence[str]) -> bool:
        """Whether all `words`, in lower case, occur in its title or text."""
        if not words:
            return True
        text = f"{self.title} {plain_text(self.html)}".casefold()
        return all(word in text for word in words)


@lru_cache(maxsize=2000)
def _shortened(title: str) -> str:
    """Each stands in as many rows as instructions rest on it."""
    return Truncator(title).chars(LONGEST_LABEL)


def _values(name: str, row: Row) -> Iterable[Term]:
    return row.values[name].values()


FACETS: tuple[Facet[Row], ...] = tuple(Facet(name, legend, partial(_values, name)) for name, legend in LEGENDS.items())


class Finder:
    """All instructions as rows in reading order, and per filter every value that may be asked for (`offer`)."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.offer: dict[str, dict[str, Value]] = {name: {} for name in LEGENDS}
        by_guideline = self._add_instructions()
        self._add_tags(by_guideline)
        self._add_actors()
        self._add_principles()
        self._add_law()
        self._add_sources()
        self._add_situations()

    def find(self, chosen: Mapping[str, Sequence[str]], text: str = "") -> tuple[list[int], list[FacetList]]:
        """The primary keys of the instructions that fit, in reading order, and the choices with their counts."""
        words = text.casefold().split()
        rows = [row for row in self.rows.values() if row.has_words(words)]
        selected, facets = select(rows, FACETS, chosen, self.offer)
        return [row.pk for row in selected], facets

    def _add(self, name: str, term: Term, rows: Iterable[Row | None] = ()) -> None:
        """Offer `term` under the filter `name` and give it to `rows`; None stands for no instruction."""
        self.offer[name].setdefault(term.slug, term)
        for row in rows:
            if row is not None:
                row.values[name][term.slug] = term

    def _add_instructions(self) -> dict[int, list[Row]]:
        """Also what they get from their guidelines; returns the rows by the primary keys of those."""
        for word in Obligation:
            self._add("forpligtelse", Term(word.value, word.label))
        by_guideline: dict[int, list[Row]] = defaultdict(list)
        instructions = Instruction.objects.in_reading_order().select_related("guideline__theme")
        guideline, theme = "guideline__", "guideline__theme__"
        for instruction in instructions.only(
            "title", "html", "obligation", f"{guideline}slug", f"{guideline}title", f"{theme}slug", f"{theme}title"
        ):
            row = self.rows[instruction.pk] = Row(instruction.pk, instruction.title, instruction.html)
            word = Obligation(instruction.obligation)
            source = instruction.guideline
            self._add("forpligtelse", Term(word.value, word.label), [row])
            self._add("tema", Term(source.theme.slug, source.theme.title), [row])
            self._add("retningslinje", Term(source.slug, source.title), [row])
            by_guideline[source.pk].append(row)
        return by_guideline

    def _add_tags(self, by_guideline: Mapping[int, list[Row]]) -> None:
        """An instruction has the tags of its guideline."""
        kind = Guideline._meta
        tagged = TaggedRecord.objects.filter(
            content_type__app_label=kind.app_label, content_type__model=kind.model_name
        ).select_related("tag")
        for item in sorted(tagged, key=lambda item: sort_key(item.tag.name)):
            self._add("emne", Term(item.tag.slug, item.tag.name), by_guideline.get(item.object_id, ()))

    def _add_actors(self) -> None:
        actors = Actor.objects.order_by("sort_key").values_list("slug", "title", "instructions")
        for slug, title, pk in actors:
            self._add("aktoer", Term(slug, title), [self.rows.get(pk)])

    def _add_principles(self) -> None:
        principles = Principle.objects.order_by("number").values_list("slug", "title", "number", "instructions")
        for slug, title, number, pk in principles:
            self._add("princip", Term(slug, f"{number} {title}", number=number), [self.rows.get(pk)])

    def _add_law(self) -> None:
        """Acts as "serviceloven", each followed by its provisions as "serviceloven:110"."""
        provisions = Provision.objects.values_list(
            "act__slug", "act__short_title", "key", "number", "bases__instruction"
        )
        ordered = provisions.order_by("position")
        for act, title, key, number, pk in sorted(ordered, key=lambda found: sort_key(found[1])):
            row = self.rows.get(pk)
            self._add("lov", Term(act, capfirst(title)), [row])
            self._add("lov", Term(f"{act}:{key}", f"{capfirst(title)} § {number}"), [row])

    def _add_sources(self) -> None:
        """Those that some instruction rests on; of a long title, its beginning."""
        sources = Source.objects.filter(bases__isnull=False).in_danish_order()
        for slug, title, pk in sources.values_list("slug", "title", "bases__instruction"):
            self._add("kilde", Term(slug, _shortened(title)), [self.rows.get(pk)])

    def _add_situations(self) -> None:
        situations = Situation.objects.order_by("number").values_list("slug", "title", "instructions")
        for slug, title, pk in situations:
            self._add("situation", Term(slug, title), [self.rows.get(pk)])
