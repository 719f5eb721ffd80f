"""Words with forms that no ending explains, form → stem: nouns and verbs that change their vowel, and look-alikes."""

_NOUN_ENDINGS = ("", "en", "er", "erne", "ens", "ers", "ernes", "ene", "enes")
# "indsats" is no genitive of "indsat" (inmate); "bolig" and "pligt" are no adjectives; a "forening" is not "fore".
_NOUNS = (
    "bolig",
    "forening",
    "hensigt",
    "indsats",
    "indsigt",
    "oversigt",
    "pligt",
    "plads",
    "proces",
    "succes",
    "udsigt",
)
# A "lejlighed" has nothing to do with "leje", nor "rådighed" with "råd": what is before the ending is another word.
_NOUNS_IN_HED = ("færdighed", "ledighed", "lejlighed", "menighed", "rettighed", "rådighed", "varighed")
_ADJECTIVE_ENDINGS = ("", "t", "e", "ere", "st", "ste")
# "Billig" is not "bil", "tidlig" not "tid", "ledig" not "leder".
_ADJECTIVES = ("billig", "daglig", "farlig", "færdig", "ledig", "lovlig", "navnlig", "retlig", "tidlig", "varig")
# The forms of one word on each line, the stem first.
_FORMS = """
afgør afgøre afgørs afgjorde afgjort
aftal aftale aftaler aftalte aftalt
bed bede beder bedt
brug bruge bruges brugte brugt
drik drikke drikker drak drukket
dræb dræbe dræber dræbte dræbt
find finde finder findes fandt
fortæl fortælle fortæller fortalte fortalt
fortsæt fortsætte fortsætter fortsatte fortsat
fratag fratage fratager fratages fratog frataget
giv give giver gives gav givet
hør høre hører høres hørte hørt
kør køre kører køres kørte kørt
kend kende kender kendes kendte kendt
køb købe køber købes købte købt
lille små
lån låne låner lånes lånte lånt
lær lære lærer læres lærte lært
modtag modtage modtager modtages modtog modtaget
mød møde møder mødes mødte mødt
ophør ophøre ophører ophørte ophørt
optag optage optager optages optog optaget
overtag overtage overtager overtages overtog overtaget
inddrag inddrage inddrager inddrages inddrog inddraget
foretag foretage foretager foretages foretog foretaget
deltag deltage deltager deltog deltaget
vedtag vedtage vedtager vedtages vedtog vedtaget
forlad forlade forlader forlades forlod forladt
løslad løslade løslader løslades løslod løsladt
opsig opsige opsiger opsiges opsagde opsagt
sælg sælge sælger sælges solgte solgt
skriv skrive skriver skrives skrev skrevet
spørg spørge spørger spørges spurgte spurgt
stjæl stjæle stjæler stjal stjålet
tab tabe taber tabes tabte tabt
træf træffe træffer træffes traf truffet
træk trække trækker trækkes trak trukket
bror broren broderen brødre brødrene
egen eget egne
gammel gammelt gamle
syg sygt syge
uge uger ugen ugerne
voksen voksent voksne voksnes
yngre yngst yngste
år året årene
"""
IRREGULAR: dict[str, str] = {
    **{form: line.split()[0] for line in _FORMS.split("\n") for form in line.split()},
    **{noun + ending: noun for noun in _NOUNS for ending in _NOUN_ENDINGS},
    **{f"process{ending}": "proces" for ending in _NOUN_ENDINGS if ending},
    **{noun + ending: noun for noun in _NOUNS_IN_HED for ending in (*_NOUN_ENDINGS, "s")},
    **{adjective + ending: adjective for adjective in _ADJECTIVES for ending in _ADJECTIVE_ENDINGS},
    **dict.fromkeys(("værelse", "værelset", "værelser", "værelserne"), "værelse"),  # not of "være"
    **dict.fromkeys(("sparring", "sparringen"), "sparring"),  # not of "spare"
    **dict.fromkeys(("indsat", "indsatte", "indsattes"), "indsat"),  # not of "indsætte"
    **dict.fromkeys(("bruger", "brugeren", "brugere", "brugerne", "brugers", "brugernes"), "bruger"),  # or of "bruge"
    # Nouns that change their vowel.
    **dict.fromkeys(("barn", "barnet", "barnets", "børn", "børnene", "børns", "børnenes"), "barn"),
    **dict.fromkeys(("mand", "manden", "mandens", "mænd", "mændene", "mænds", "mændenes"), "mand"),
    **dict.fromkeys(("nat", "natten", "nætter", "nætterne"), "nat"),
    **dict.fromkeys(("tand", "tanden", "tænder", "tænderne", "tænders"), "tand"),
    **dict.fromkeys(("mor", "moren", "moderen", "mødre", "mødrene", "mødres"), "mor"),
    **dict.fromkeys(("far", "faren", "faderen", "fædre", "fædrene", "fædres"), "far"),
    **dict.fromkeys(("læge", "lægen", "læger", "lægerne", "lægens", "lægernes"), "læge"),  # not of "lægge"
    **dict.fromkeys(("søn", "sønnen", "sønner"), "søn"),
    **dict.fromkeys(("datter", "datteren", "døtre"), "datter"),
    **dict.fromkeys(("fængsel", "fængslet", "fængsler", "fængslerne", "fængsels", "fængslets"), "fængsel"),
    **dict.fromkeys(("lejemål", "lejemålet", "lejemålets", "lejemålene"), "lejemål"),
    # Strong and contracted verbs whose forms meet in this field.
    **dict.fromkeys(("bo", "bor", "boede", "boet", "boende"), "bo"),
    **dict.fromkeys(("sætte", "sætter", "sættes", "sat", "satte"), "sæt"),
    **dict.fromkeys(
        ("anbringe", "anbringes", "anbringelse", "anbringelsen", "anbringelser", "anbragt", "anbragte"), "anbring"
    ),
    **dict.fromkeys(("vælge", "vælger", "vælges", "valg", "valget", "valgt", "valgte"), "vælg"),
    **dict.fromkeys(("hjælpe", "hjælper", "hjælpes", "hjælp", "hjælpen", "hjalp", "hjulpet"), "hjælp"),
    **dict.fromkeys(("følge", "følger", "følges", "fulgt", "fulgte"), "følg"),
    **dict.fromkeys(("tilbyde", "tilbyder", "tilbydes", "tilbyd", "tilbudt", "tilbød"), "tilbud"),
    **dict.fromkeys(("flygtning", "flygtninge", "flygtningen", "flygtningene"), "flygtning"),
    **{verb + ending: verb for verb in ("anvend", "henvend", "send", "godkend") for ending in ("e", "er", "es")},
    **dict.fromkeys(("sidde", "sidder", "siddende", "sad", "siddet"), "sidde"),  # not of "side"
    **dict.fromkeys(("levere", "leverer", "leveres", "leveret", "levering"), "lever"),  # not of "leve"
    **dict.fromkeys(("skyldes", "skyldtes"), "skyldes"),  # not of "skylde"
    "videre": "videre",  # not of "viden"
    **dict.fromkeys(("politisk", "politiske"), "politisk"),  # not of the police
    **dict.fromkeys(("by", "byen", "byer", "byerne", "byens"), "by"),
    **dict.fromkeys(("ældre", "ældres"), "ældre"),
    **dict.fromkeys(("regler", "reglerne", "regel", "reglen"), "regel"),
    **dict.fromkeys(("center", "centeret", "centret", "centre", "centrene", "centres", "centrets"), "center"),
    **dict.fromkeys(("midler", "midlerne", "middel", "midlet"), "middel"),
    **dict.fromkeys(("kvalitet", "kvaliteten"), "kvalitet"),
}
# Words that end no compound: "debatten" is no eighteen, nor "rådgivningen" a no.
# Numbers are the same in letters and in digits.
_FROM_THREE = "tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve"
WHOLE_WORDS: dict[str, str] = {
    **dict.fromkeys(("ingen", "intet"), "ingen"),
    **{word: str(number) for number, word in enumerate(_FROM_THREE.split(), 3)},
    "tredive": "30",
    "halvfems": "90",
}
