"""Words that say too little to be searched for, and the three that are a filter instead."""

from markup.kinds import Obligation


def wordlist(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


# The words of the three obligations, in all their forms: the page offers the filter.
OBLIGATION_WORDS: dict[str, Obligation] = {
    "skal": Obligation.SKAL,
    "skulle": Obligation.SKAL,
    "bør": Obligation.BOER,
    "burde": Obligation.BOER,
    "kan": Obligation.KAN,
    "kunne": Obligation.KAN,
}

# Function words only. Words that carry sense in this field stay searchable, though general lists drop them:
# "mod", "under", "selv", "uden", "egen", "før", "efter". So does a no: "vil ikke have hjælp", "har ingen bolig".
STOP_WORDS = wordlist("""
    ad af alle alt altid anden andet andre at begge bl.a da de dem den denne der deraf derefter deres
    derfor derfra deri dermed derpå derved det dette dig din dine disse dit dog du eller en end endnu ene eneste enhver
    ens er et etc fik flere flest for fordi forrige fra få får fået gennem gik gjorde gjort gør gøre går gå ham han hans
    har havde have haft hel hele heller helt hen hende hendes henover her herefter heri herunder hos hun hvad hvem hver
    hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår hvorvidt i ifm ift igen igennem ind inkl ja
    jeg jer jeres jo kom komme kommer lade lader lave laver lavet lige lå man mange med meget mellem men mens mere
    mig min mindre mine mit må måske måtte ned nej noget nogen nogle nok nu når nær næste næsten og også om op os over
    overfor pga på sagde samme samt se ser ses sige siger sagt si sig sin sine sit skal skulle som stadig sådan sådanne
    så tage tager taget thi til tit tilbage ud var ved vedr vedrørende vi via vil ville vor vore vores være været
    bliver blive blev blevet burde bør kan kunne dvs fx mv osv jf eks gang hhv mht ca
""")


def is_stop_word(word: str) -> bool:
    """Whether `word`, in lower case, is too common to be searched for by itself."""
    return word in STOP_WORDS or (len(word) == 1 and not word.isdigit())
