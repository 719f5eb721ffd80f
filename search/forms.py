"""What readers may send to the search. Values of filters that it does not know are left out and named."""

from django.http import QueryDict

from guidelines.forms import PrincipleChoices
from library.forms import FacetFilter, KnownChoices
from search.filters import Labels
from search.query import MAX_LENGTH, SearchQuery
from search.words import clean


class SearchForm(FacetFilter):
    """Several values of one filter widen the search, each further filter narrows it. See `search.filters.LEGENDS`."""

    forpligtelse = KnownChoices()
    aktoer = KnownChoices()
    tema = KnownChoices()
    type = KnownChoices()
    princip = PrincipleChoices()
    lov = KnownChoices()
    emne = KnownChoices()

    def __init__(self, data: QueryDict, labels: Labels) -> None:
        # Only what was asked for is compared with all that there is: building every choice costs more than searching.
        asked = {name: {*data.getlist(name)} for name in labels.values}
        asked["princip"] |= {labels.principle_numbers.get(text, text) for text in asked["princip"]}
        super().__init__(data, {name: asked[name] & known.keys() for name, known in labels.values.items()})
        principles = self.fields["princip"]
        if isinstance(principles, PrincipleChoices):
            principles.slugs = labels.principle_numbers
        typed = " ".join(clean(str(data.get("q", ""))[: 10 * MAX_LENGTH]).split())
        self._text = typed[:MAX_LENGTH]
        self.was_cut = len(typed) > MAX_LENGTH

    def query(self) -> SearchQuery:
        """The search that was asked for. A text that is too long is cut; `was_cut` says so."""
        chosen = {name: tuple(slugs) for name, slugs in self.chosen().items()}
        return SearchQuery(self._text, chosen, synonyms=self.data.get("synonymer") != "nej")
