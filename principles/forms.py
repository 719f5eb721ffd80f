"""What readers may send to the pages of the principles."""

from library.forms import FacetFilter, KnownChoices


class PrincipleFilter(FacetFilter):
    """Which of a principle's instructions to list."""

    forpligtelse = KnownChoices()
    aktoer = KnownChoices()


class MatrixForm(FacetFilter):
    """Which instructions to count in the table: of one obligation, of one actor, or all."""

    forpligtelse = KnownChoices()
    aktoer = KnownChoices()

    def first(self) -> dict[str, str]:
        """The obligation and the actor asked for; empty for all, and for what the table does not know."""
        return {name: slugs[0] if slugs else "" for name, slugs in self.chosen().items()}
