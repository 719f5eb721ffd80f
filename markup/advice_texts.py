"""What is said of a text that may be published, but could be better, and of one that names a person."""

from markup.wording import Wording

ADVICE: dict[str, Wording] = {
    "possible_cpr": Wording(
        "there is what looks like a CPR number",
        "her står, hvad der ligner et CPR-nummer",
        "Remove it: nothing here may point to a person.",
        "Fjern det: intet her må pege på en person.",
    ),
    "verb_too_strong": Wording(
        "'{word}' in the {obligation} '{instruction}'",
        "»{word}« i anvisningen »{instruction}«, som er et {obligation}",
        "Name the provision in that sentence if the law demands it, or say it more mildly.",
        "Nævn paragraffen i sætningen, hvis loven kræver det, eller sig det mildere.",
    ),
    "verb_too_weak": Wording(
        "'{word}' in the {obligation} '{instruction}', whose text demands nothing",
        "»{word}« i anvisningen »{instruction}«, som er et {obligation}, men hvis tekst intet kræver",
        "Say what the law demands, or make it a Bør.",
        "Skriv, hvad loven kræver, eller gør den til et Bør.",
    ),
    "hard_to_read": Wording(
        "'{part}' is hard to read: LIX {lix}, where {most} is the limit",
        "»{part}« er svær at læse: lixtal {lix}, hvor grænsen er {most}",
        "Write shorter sentences and plainer words.",
        "Skriv kortere sætninger og mere almindelige ord.",
    ),
    "long_sentence": Wording(
        "a sentence of {count} words: '{start} …'",
        "en sætning på {count} ord: »{start} …«",
        "Make it two; {most} words is the limit.",
        "Del den i to; grænsen er {most} ord.",
    ),
    "long_title": Wording(
        "the title has {length} characters: '{title}'",
        "titlen er på {length} tegn: »{title}«",
        "Make it at most {most}.",
        "Gør den højst {most} lang.",
    ),
    "many_passives": Wording(
        "{count} passives in one sentence: {verbs}",
        "{count} passiver i én sætning: {verbs}",
        "Say who does it.",
        "Skriv, hvem der gør det.",
    ),
    "unlisted_actor": Wording(
        "'{name}' acts in the text, but is not among the actors of {place}",
        "»{name}« gør noget i teksten, men står ikke som aktør i {place}",
        "Add one of: {slugs}, if it concerns them.",
        "Tilføj {slugs}, hvis det angår dem.",
    ),
}
