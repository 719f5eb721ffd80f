"""What every problem with a text is called and how it is mended, in English (files) and Danish (admin)."""

from markup.advice_texts import ADVICE
from markup.wording import Wording

_FILE = {
    "bad_utf8": Wording(
        "the file is not UTF-8 (byte {byte})",
        "filen er ikke UTF-8 (byte {byte})",
        "Save it with the encoding UTF-8.",
        "Gem den med tegnkodningen UTF-8.",
    ),
    "control_character": Wording(
        "control character {character}",
        "styretegn {character}",
        "Remove it.",
        "Fjern det.",
    ),
    "unknown_folder": Wording(
        "'{folder}' is no folder for records",
        "»{folder}« er ikke en mappe til tekster",
        "Move the file to one of: {folders}.",
        "Flyt filen til en af: {folders}.",
    ),
    "bad_file_name": Wording(
        "'{name}' is no file name for a {kind}",
        "»{name}« kan ikke være filnavn for {kind}",
        "Name it {pattern}, with a-z, 0-9 and hyphens.",
        "Kald den {pattern} med a-z, 0-9 og bindestreger.",
    ),
    "no_front_matter": Wording(
        "the file does not begin with front matter",
        "filen begynder ikke med felter",
        "Begin with a line '---', the fields, and another line '---'.",
        "Begynd med en linje »---«, felterne og endnu en linje »---«.",
    ),
    "unclosed_front_matter": Wording(
        "the front matter does not end",
        "felterne slutter ikke",
        "Put a line '---' below the fields.",
        "Sæt en linje »---« under felterne.",
    ),
    "bad_yaml": Wording(
        "the front matter is not valid YAML: {reason}",
        "felterne er ikke gyldig YAML: {reason}",
        "Write 'key: value', and put texts with ': ' or ' #' in quotes.",
        "Skriv »nøgle: værdi«, og sæt tekster med »: « eller » #« i anførselstegn.",
    ),
    "not_a_mapping": Wording(
        "'{key}' is not made of 'key: value' lines",
        "»{key}« består ikke af linjer med »nøgle: værdi«",
        "Write one 'key: value' on each line.",
        "Skriv én »nøgle: værdi« på hver linje.",
    ),
}

_FIELDS = {
    "duplicate_key": Wording(
        "the field stands there twice",
        "feltet står der to gange",
        "Keep one of them.",
        "Behold det ene.",
    ),
    "unknown_key": Wording(
        "{kind} has no field '{key}'",
        "{kind} har ikke feltet »{key}«",
        "Remove it, or use one of: {fields}.",
        "Fjern det, eller brug et af: {fields}.",
    ),
    "missing_field": Wording(
        "the field is missing or empty",
        "feltet mangler eller er tomt",
        "Fill it in.",
        "Udfyld det.",
    ),
    "not_text": Wording(
        "{value} is read as something else than text",
        "{value} læses som andet end tekst",
        'Put it in quotes: "{value}".',
        'Sæt det i anførselstegn: "{value}".',
    ),
    "wrong_type": Wording(
        "{value} is not {expected}",
        "{value} passer ikke til feltet",
        "Write for instance {example}.",
        "Skriv fx {example}.",
    ),
    "value_too_long": Wording(
        "there are {length} characters, and at most {most} may be",
        "der er {length} tegn, og der må højst være {most}",
        "Say it shorter.",
        "Sig det kortere.",
    ),
    "unknown_choice": Wording(
        "'{value}' is not one of the values allowed",
        "»{value}« er ikke en af de tilladte værdier",
        "Use one of: {choices}.",
        "Brug en af: {choices}.",
    ),
    "duplicate_value": Wording(
        "'{value}' stands there twice",
        "»{value}« står der to gange",
        "Keep it once.",
        "Lad det stå én gang.",
    ),
}

_BODY = {
    "top_heading": Wording(
        "a heading with a single #: '{line}'",
        "en overskrift med ét #: »{line}«",
        "The title is a field; begin sections with '## '.",
        "Titlen er et felt; begynd afsnit med »## «.",
    ),
    "underlined_heading": Wording(
        "a line of {sign} turns the line above it into a heading",
        "en linje med {sign} gør linjen over den til en overskrift",
        "Write headings with '## ', and put a blank line above a rule.",
        "Skriv overskrifter med »## «, og sæt en tom linje over en streg.",
    ),
    "raw_html": Wording(
        "HTML is not allowed: {tag}",
        "HTML er ikke tilladt: {tag}",
        "Use Markdown, or put it in backticks to show it as it is.",
        "Brug Markdown, eller sæt det i `…` for at vise det, som det er.",
    ),
    "image_without_text": Wording(
        "the image {image} has no description",
        "billedet {image} har ingen beskrivelse",
        "Write what it shows between the brackets: ![description]({image}).",
        "Skriv, hvad det viser, mellem klammerne: ![beskrivelse]({image}).",
    ),
    "too_deep": Wording(
        "lists or quotations lie too deep inside each other",
        "lister eller citater ligger for dybt inde i hinanden",
        "Use fewer levels.",
        "Brug færre niveauer.",
    ),
    "text_too_long": Wording(
        "the text is longer than {most} characters",
        "teksten er på mere end {most} tegn",
        "Divide it into several pages.",
        "Del den i flere sider.",
    ),
    "dense_block": Wording(
        "the paragraph '{start} …' is too long, or has too many lines or brackets",
        "afsnittet »{start} …« er for langt eller har for mange linjer eller klammer",
        "Divide it with empty lines.",
        "Del det med tomme linjer.",
    ),
    "many_headings": Wording(
        "there are more than {most} headings",
        "der er mere end {most} overskrifter",
        "Divide the text into several pages.",
        "Del teksten i flere sider.",
    ),
    "foreign_image": Wording(
        "the image {image} does not lie with us",
        "billedet {image} ligger ikke hos os",
        "Upload it in the admin, and use the address that it gets.",
        "Læg det op under »Billeder«, og brug den adresse, det får.",
    ),
    "unknown_image": Wording(
        "there is no image {image}",
        "der findes intet billede {image}",
        "Upload it in the admin, or remove the line.",
        "Læg det op under »Billeder«, eller fjern det fra teksten.",
    ),
    "dead_link": Wording(
        "[[{target}]] leads nowhere",
        "[[{target}]] fører ingen steder hen",
        "Use the slug of a record that exists, or remove the brackets.",
        "Brug navnet på en tekst, der findes, eller fjern klammerne.",
    ),
    "ambiguous_link": Wording(
        "[[{target}]] can be one of: {kinds}",
        "[[{target}]] kan være en af: {kinds}",
        "Write the kind first, as in [[{example}]].",
        "Skriv slagsen først, som i [[{example}]].",
    ),
    "unknown_provision": Wording(
        "{act} is cited with § {number}, which is not in its list of provisions",
        "{act} citeres med § {number}, som ikke står på lovens liste",
        "Correct the number, or add the provision to the act.",
        "Ret nummeret, eller føj paragraffen til loven.",
    ),
    "bad_anchor": Wording(
        "'{anchor}' is no anchor",
        "»{anchor}« kan ikke være anker",
        "Write {{#words-with-hyphens}} with a-z, 0-9 and hyphens, or leave it out.",
        "Skriv {{#ord-med-bindestreger}} med a-z, 0-9 og bindestreger, eller udelad det.",
    ),
    "duplicate_anchor": Wording(
        "the anchor '{anchor}' is used twice",
        "ankeret »{anchor}« er brugt to gange",
        "Give the new heading another one; never change an old one.",
        "Giv den nye overskrift et andet; lad det gamle være.",
    ),
}

_GUIDELINE = {
    "no_instructions": Wording(
        "the section '## Anvisninger' is missing",
        "afsnittet »## Anvisninger« mangler",
        "Add it with at least one '### Skal: …', '### Bør: …' or '### Kan: …'.",
        "Tilføj det med mindst én »### Skal: …«, »### Bør: …« eller »### Kan: …«.",
    ),
    "instructions_twice": Wording(
        "there is a second section '## Anvisninger'",
        "der er et afsnit »## Anvisninger« til",
        "Gather the instructions in one.",
        "Saml anvisningerne i ét.",
    ),
    "text_before_instructions": Wording(
        "text between '## Anvisninger' and the first instruction",
        "tekst mellem »## Anvisninger« og den første anvisning",
        "Move it above '## Anvisninger' or into an instruction.",
        "Flyt den op over »## Anvisninger« eller ind i en anvisning.",
    ),
    "bad_instruction_heading": Wording(
        "'{heading}' does not begin with Skal:, Bør: or Kan: and a title",
        "»{heading}« begynder ikke med Skal:, Bør: eller Kan: og en titel",
        "Write for instance '### Bør: Hold kontakten'.",
        "Skriv fx »### Bør: Hold kontakten«.",
    ),
    "title_too_long": Wording(
        "the title '{start} …' has more than {most} characters",
        "titlen »{start} …« har mere end {most} tegn",
        "Say it shorter, and the rest in the text below it.",
        "Sig det kortere og resten i teksten under den.",
    ),
    "missing_line": Wording(
        "the instruction '{instruction}' has no line '{line}:'",
        "anvisningen »{instruction}« har ingen linje »{line}:«",
        "Write it right below the heading: '{line}: {example}'.",
        "Skriv den lige under overskriften: »{line}: {example}«.",
    ),
    "duplicate_line": Wording(
        "the instruction '{instruction}' has '{line}:' twice",
        "anvisningen »{instruction}« har »{line}:« to gange",
        "Gather them in one line.",
        "Saml dem i én linje.",
    ),
    "bad_entry": Wording(
        "'{value}' cannot stand under '{line}:'",
        "»{value}« kan ikke stå under »{line}:«",
        "Write for instance '{example}'.",
        "Skriv fx »{example}«.",
    ),
    "empty_instruction": Wording(
        "the instruction '{instruction}' has no text",
        "anvisningen »{instruction}« har ingen tekst",
        "Write what is to be done below its lines.",
        "Skriv under linjerne, hvad der skal gøres.",
    ),
}

_CONTENT = {
    "no_records": Wording(
        "there are no records here",
        "her er ingen tekster",
        "Give the folder that holds themes/, guidelines/ and the others.",
        "Angiv mappen med themes/, guidelines/ og de andre.",
    ),
    "unknown_instruction": Wording(
        "there is no instruction '{value}'",
        "der findes ingen anvisning »{value}«",
        "Write the guideline's slug, '#' and the instruction's anchor.",
        "Skriv retningslinjens navn, »#« og anvisningens anker.",
    ),
    "unknown_slug": Wording(
        "there is no {kind} '{value}'",
        "der findes ingen {kind} »{value}«",
        "Correct the name, or add the record.",
        "Ret navnet, eller opret teksten.",
    ),
    "unknown_act": Wording(
        "no act is called '{act}'",
        "ingen lov hedder »{act}«",
        "Use one of the aliases of an act, or add this one to it.",
        "Brug et af lovens navne, eller føj dette til loven.",
    ),
    "duplicate_slug": Wording(
        "another {kind} has the slug '{slug}': {other}",
        "en anden {kind} har navnet »{slug}«: {other}",
        "Rename one of them.",
        "Omdøb den ene.",
    ),
    "duplicate_number": Wording(
        "another {kind} has the number {number}: {other}",
        "en anden {kind} har nummer {number}: {other}",
        "Give one of them the next free number.",
        "Giv den ene det næste ledige nummer.",
    ),
    "duplicate_alias": Wording(
        "'{value}' also names {other}",
        "»{value}« er også navn for {other}",
        "Let it stand in one of them only.",
        "Lad det kun stå det ene sted.",
    ),
    "skal_without_provision": Wording(
        "the Skal '{instruction}' names no provision of an act",
        "anvisningen »{instruction}« er et Skal, men nævner ingen paragraf",
        "Name the provision under 'Kilder:', or make it a Bør.",
        "Nævn paragraffen under »Kilder:«, eller gør den til et Bør.",
    ),
    "retired_anchor": Wording(
        "the anchor '{anchor}' was used before and is never reused",
        "ankeret »{anchor}« har været brugt og kan ikke bruges igen",
        "Leave the anchor out; a new one is written at the save.",
        "Udelad ankeret; et nyt bliver skrevet, når du gemmer.",
    ),
    "still_referred_to": Wording(
        "{other} still refers to it",
        "{other} henviser stadig til den",
        "Remove the reference first.",
        "Fjern henvisningen først.",
    ),
    "cycle": Wording(
        "'{value}' makes a circle of parents",
        "»{value}« giver en ring af overordnede",
        "Choose another parent.",
        "Vælg en anden overordnet.",
    ),
    "bad_image": Wording(
        "this is no image as the site makes them: {reason}",
        "det er ikke et billede, som siden laver dem: {reason}",
        "Upload it in the admin and export the content: that makes the file.",
        "Læg det op under »Billeder«, og eksportér indholdet: så bliver filen lavet.",
    ),
    "bad_synonym": Wording(
        "'{line}' is no synonym",
        "»{line}« er ikke et synonym",
        "Write one to six words, a tab, the words to look for as well, and if need be a tab and a note.",
        "Skriv et ord eller højst seks, en tabulator, de ord, der også søges efter, og evt. en tabulator og en note.",
    ),
    "synonym_twice": Wording(
        "'{value}' has two lines",
        "»{value}« har to linjer",
        "Join them.",
        "Saml dem i én.",
    ),
}

WORDINGS: dict[str, Wording] = _FILE | _FIELDS | _BODY | _GUIDELINE | _CONTENT | ADVICE
