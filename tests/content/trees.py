"""A small valid content tree, and the ways in which tests spoil it."""

from collections.abc import Mapping
from pathlib import Path

SOURCE = "sources/rapport-2020.md"
ACT = "laws/testloven.md"
ACTOR = "actors/kommunen.md"
PRINCIPLE = "principles/01-tidlig-hjaelp.md"
THEME = "themes/01-bolig.md"
GUIDELINE = "guidelines/bolig/01-hold-boligen.md"
TERM = "glossary/herberg.md"
RESOURCE = "resources/metoden.md"
SITUATION = "situations/01-fogeden-kommer.md"

FILES = {
    SOURCE: """\
---
title: En rapport
publisher: Styrelsen
year: 2020
url: https://example.org/rapport
accessed: 2026-11-22
---
""",
    ACT: """\
---
title: Lov om test, LBK nr. 1 af 1. januar 2026
short_title: testloven
aliases: [testloven, testlovens, tel]
url: https://example.org/eli/lta/2026/1
provisions:
- number: "5"
  heading: Hjælp
  summary: Kommunen skal hjælpe. Se også § 5 a.
- number: 5 a
  heading: Udsættelse
  summary: Kommunen skal handle straks.
changes:
- date: 2026-01-01
  provision: 5 a
  summary: Ny bestemmelse.
  source: rapport-2020
---
Testloven er lavet til prøver.
""",
    ACTOR: """\
---
title: Kommunen
summary: Den, der handler.
kind: kommune
---
Kommunen handler.
""",
    PRINCIPLE: """\
---
title: Tidlig hjælp
short: Tidlig
summary: Hjælpen kommer, før det er for sent.
---
Princippet følges i [[hold-boligen]].
""",
    THEME: """\
---
title: Bolig
summary: Om boliger.
---
Temaet handler om boliger.
""",
    GUIDELINE: """\
---
title: Hold boligen
summary: Sådan beholder borgeren sin bolig.
principles: [1]
actors: [kommunen]
tags: [udsættelse, økonomi]
sources: [rapport-2020]
---
Uden bolig ender mange på [[herberg|et herberg]]. Det følger af testloven § 5, stk. 1.

## Anvisninger

### Skal: Handl straks {#handl-straks}
Aktører: kommunen
Principper: 1
Kilder: testloven § 5 a, stk. 2; rapport-2020

Kommunen skal handle efter testlovens § 5 a.

### Bør: Ring til borgeren {#ring-til-borgeren}
Aktører: kommunen
Principper: 1
Kilder: rapport-2020

Et opkald er bedre end et brev.

## Ændret siden 2020

- Ingenting.
""",
    TERM: """\
---
title: Herberg
aliases: [herberger, herberget]
summary: Et midlertidigt sted at bo.
sources: [rapport-2020]
---
Et herberg er et sted at bo.
""",
    RESOURCE: """\
---
title: Metoden
kind: metode
publisher: Styrelsen
summary: En måde at gøre det på.
guidelines: [hold-boligen]
principles: [1]
actors: [kommunen]
tags: [metode]
sources: [rapport-2020]
---
Metoden bruges.
""",
    SITUATION: """\
---
title: Fogeden kommer
summary: Lejeren er ved at blive sat ud.
aliases: [fogedsag]
instructions: [hold-boligen#handl-straks, hold-boligen#ring-til-borgeren]
---
Handl først, ring så.
""",
}


def write_tree(
    folder: Path, *, changed: Mapping[str, str | bytes] | None = None, without: tuple[str, ...] = ()
) -> Path:
    """The valid tree below `folder`, with some files replaced or added and some left out."""
    for path, text in {**FILES, **(changed or {})}.items():
        if path in without:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def spoiled(path: str, old: str, new: str) -> dict[str, str]:
    """The file `path` with `old` replaced, for `write_tree(changed=…)`."""
    assert old in FILES[path], f"{old!r} is not in {path}"
    return {path: FILES[path].replace(old, new)}
