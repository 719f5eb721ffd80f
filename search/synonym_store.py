"""The editors' synonyms: rows that come from a file and go back to it, and the thesaurus made with them."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from content.companions import Companion
from content.store import publish
from library.models import Act, GlossaryTerm, Record
from search.models import Synonym
from search.synonym_list import FILE, Line, dump, parse
from search.synonyms import Thesaurus, abbreviations


def stored_thesaurus(instead: Line | None = None) -> Thesaurus:
    """All synonyms as they are now, or as they would be with the line `instead` in the place of that of its term."""
    groups: list[Iterable[str]] = [
        (title, *aliases) for title, aliases in GlossaryTerm.objects.values_list("title", "aliases")
    ]
    groups += [(title, *aliases) for title, aliases in Act.objects.values_list("short_title", "aliases")]
    groups += abbreviations(Record.objects.values_list("title", flat=True))
    one_way = dict(Synonym.objects.order_by("term").values_list("term", "means"))
    if instead:
        one_way[instead.term] = instead.means
    return Thesaurus(groups, sorted(one_way.items()))


def save_synonym(line: Line) -> Synonym:
    """Store a line as an editor wrote it, and publish it if it says something new."""
    with transaction.atomic():
        row = Synonym.objects.select_for_update().filter(term=line.term).first() or Synonym(term=line.term)
        if row.pk and row.line == line:
            return row
        row.means, row.note = line.means, line.note
        row.save()
        publish()
    return row


def delete_synonym(row: Synonym) -> None:
    with transaction.atomic():
        row.delete()
        publish()


class SynonymFile(Companion):
    """`synonyms.tsv`, loaded line by line under the rules that hold for records."""

    path = FILE

    def check(self, file: Path) -> None:
        parse(file.read_bytes())

    def load(self, place: Path, *, overwrite: bool, check: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        rows = {row.term: row for row in Synonym.objects.all()}
        for line in parse(place.read_bytes()) if place.exists() else ():
            row = rows.pop(line.term, None)
            outcome = _outcome(line, row, overwrite)
            counts[outcome] += 1
            if outcome in ("created", "updated") and not check:
                fields = {"means": line.means, "note": line.note, "loaded": str(line)}
                Synonym.objects.update_or_create(term=line.term, defaults=fields)
        for row in rows.values():
            # What no file ever held is an editor's own.
            is_editors = not row.loaded or (row.is_edited and not overwrite)
            counts["kept" if is_editors else "deleted"] += 1
            if not is_editors and not check:
                row.delete()
        return counts

    def dump(self) -> dict[str, bytes]:
        content = dump(row.line for row in Synonym.objects.all())
        return {self.path: content} if content else {}


def _outcome(line: Line, row: Synonym | None, overwrite: bool) -> str:
    if row is None:
        return "created"
    if row.line == line:
        return "unchanged"
    return "kept" if row.is_edited and not overwrite else "updated"
