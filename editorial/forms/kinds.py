"""One form for each kind of record: its help texts and what it has besides plain fields."""

from typing import Any, ClassVar

from editorial.forms.fields import LinesField, TagsField
from editorial.forms.record_form import RecordForm
from editorial.forms.rows import CHANGES, PROVISIONS, STEPS, RowSpec
from guidelines.models import Actor, Guideline, Instruction, Situation, Theme
from library.models import Act, GlossaryTerm, Resource, Source
from principles.models import Principle

SUMMARY_HELP = "Én sætning: vises i lister og i søgeresultater."
REVIEW_HELP = "Én sætning om det, der endnu ikke er bekræftet. Vises for læserne som et forbehold."
ALIASES_HELP = "Ét på hver linje."
SEARCH_WORDS_HELP = (
    "Ord, som folk siger og skriver, når de mener dette, og som teksten ikke selv bruger. "
    "Ét ord eller én kort vending på hver linje. Søgningen kender dem; læserne ser dem ikke."
)
TAGS_HELP = "Adskil emner med komma."
REVIEW_BY_HELP = "Er dagen gået, står teksten på redaktionens bord som én, der skal læses. Læserne ser den ikke."
HELP_TEXTS = {"summary": SUMMARY_HELP, "review": REVIEW_HELP, "review_by": REVIEW_BY_HELP}
FIELDS = ()  # the admin names the fields, in its fieldsets


class SearchWordsForm(RecordForm):
    """The kinds that are also found by what people say and the text does not."""

    search_words = LinesField(label="Søgeord", required=False, help_text=SEARCH_WORDS_HELP)


class ThemeForm(SearchWordsForm):
    class Meta:
        model = Theme
        fields = FIELDS
        help_texts = HELP_TEXTS


class PrincipleForm(SearchWordsForm):
    class Meta:
        model = Principle
        fields = FIELDS
        help_texts = HELP_TEXTS | {"short": "Et eller to ord, til tabeller og mærker."}


class GuidelineForm(SearchWordsForm):
    tags = TagsField(label="Emner", required=False, help_text=TAGS_HELP)

    class Meta:
        model = Guideline
        fields = FIELDS
        help_texts = HELP_TEXTS | {
            "draft_title": "Kun hvis titlen i den udgivne udgave er en anden.",
            "law_checked": "Den dag, hvor nogen sidst holdt teksten op mod loven.",
        }


class SituationForm(RecordForm):
    ROWS: ClassVar[tuple[RowSpec, ...]] = (STEPS,)

    aliases = LinesField(label="Andre ord for situationen", required=False, help_text=ALIASES_HELP)

    class Meta:
        model = Situation
        fields = FIELDS
        help_texts = HELP_TEXTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {
            instruction.identifier: f"{instruction} ({instruction.guideline.title})"
            for instruction in Instruction.objects.select_related("guideline")
        }
        for row in self.row_sets["instructions"]:
            field = row["instruction"]
            field.help_text = titles.get(field.value() or "", "")

    def _old(self, name: str, default: Any) -> Any:
        old = super()._old(name, default)
        return [{"instruction": identifier} for identifier in old] if name == "instructions" else old

    def _row_values(self, spec: RowSpec) -> list[Any]:
        return [row["instruction"] for row in super()._row_values(spec)]


class ActorForm(SearchWordsForm):
    class Meta:
        model = Actor
        fields = FIELDS
        help_texts = HELP_TEXTS


class ActForm(SearchWordsForm):
    ROWS: ClassVar[tuple[RowSpec, ...]] = (PROVISIONS, CHANGES)

    aliases = LinesField(
        label="Navne i tekster",
        help_text="Alle måder, teksterne nævner loven på. Ét navn på hver linje, med små bogstaver.",
    )

    class Meta:
        model = Act
        fields = FIELDS
        help_texts = HELP_TEXTS | {"url": "Lovens adresse hos Retsinformation."}


class GlossaryTermForm(SearchWordsForm):
    aliases = LinesField(label="Andre ord for det samme", required=False, help_text=ALIASES_HELP)

    class Meta:
        model = GlossaryTerm
        fields = FIELDS
        help_texts = HELP_TEXTS


class ResourceForm(SearchWordsForm):
    tags = TagsField(label="Emner", required=False, help_text=TAGS_HELP)

    class Meta:
        model = Resource
        fields = FIELDS
        help_texts = HELP_TEXTS


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = FIELDS
        help_texts = HELP_TEXTS | {"license": "Hvis udgiveren siger noget om, hvordan teksten må bruges."}
