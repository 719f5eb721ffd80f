"""Whatever stands in a text, no script, style, handler or foreign scheme reaches the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.safety import offences
from markup.catalogue import Catalogue
from markup.clean import clean
from markup.kinds import Kind
from markup.record import Record
from markup.render import plain_text, render, render_record, render_text_inline

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="https://a.dk" onclick="alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    "<iframe src=//evil.dk></iframe>",
    "<!-- --><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x]( javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](/a.png "t\\" onerror=alert(1) x=\\"")',
    '[x](https://a.dk "t\' onclick=alert(1)")',
    "[[nr-2020|<img src=x onerror=alert(1)>]]",
    "[[<script>alert(1)</script>]]",
    '## Titel {#x" onclick=alert(1)}',
    "[x](https://a.dk){: onclick=alert(1) }",
    "| <script>alert(1)</script> |\n| --- |\n| <img onerror=alert(1) src=x> |",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "serviceloven § 110<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_does_not_reach_the_page(catalogue: Catalogue, attack: str) -> None:
    record = Record(Kind.ACT, "serviceloven", {"title": "Lov"}, f"{attack}\n\n## Afsnit\n\n{attack}")
    rendered = render_record(record, catalogue)

    assert offences(render(attack, catalogue).html) == []
    assert offences(rendered.html) == []
    assert offences(rendered.sections[0]["html"]) == []
    assert offences(render_text_inline(attack, catalogue, "serviceloven")) == []


def test_the_inspector_of_these_tests_sees_what_it_should() -> None:
    assert len(offences('<script></script><a href="java&#9;script:x" onclick="x"><img src="//a.dk/x">')) == 4


def test_html_that_got_past_the_conversion_is_stopped_at_the_last_wall() -> None:
    html = (
        '<p style="color:red" onclick="x" data-x="y" class="term">a</p><script>b</script><form><input></form>'
        '<a href="javascript:x" target="_blank" class="citation fremmed">c</a><img src="/x.png" onerror="x">'
    )

    assert clean(html) == '<p>a</p><a class="citation">c</a><img src="/x.png">'


def test_raw_html_is_shown_to_the_reader_as_it_was_written(catalogue: Catalogue) -> None:
    for text in ("En <b>fed</b> <script>alert(1)</script> tekst", "<div>\nblok\n</div>"):
        assert plain_text(render(text, catalogue).html) == " ".join(text.split())


def test_web_and_mail_addresses_are_links_without_a_target(catalogue: Catalogue) -> None:
    html = render("[a](https://a.dk/?x=1&y=2) <https://b.dk/> [c](mailto:c@c.dk) [d](/om/)", catalogue).html

    assert html == (
        '<p><a href="https://a.dk/?x=1&amp;y=2">a</a> <a href="https://b.dk/">https://b.dk/</a> '
        '<a href="mailto:c@c.dk">c</a> <a href="/om/">d</a></p>'
    )


pieces = st.one_of(
    st.sampled_from(ATTACKS),
    st.sampled_from(
        [
            *(
                "<",
                ">",
                '"',
                "'",
                "&",
                "[",
                "](",
                ")",
                "[[",
                "]]",
                "|",
                "`",
                "*",
                "_",
                "\\",
                "{#",
                "}",
                "!",
                "\n",
                "\n\n",
            ),
            *("javascript:", "onerror=", "<a href=", "# ", "- ", "> ", "    ", "serviceloven § 110", "boform", "[^1]"),
            *("[^1]: ", "[1]: ", "\ue000", "\x02", "\x03", "\x00", "| --- |", "&#x6A;", "nr-2020"),
        ]
    ),
    st.text(max_size=6),
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_no_text_at_all_gets_anything_dangerous_through(catalogue: Catalogue, text: str) -> None:
    assert offences(render(text, catalogue, id_prefix="x-").html) == []
    assert offences(render_text_inline(text, catalogue, "serviceloven")) == []


@given(st.text(max_size=80))
def test_a_one_line_field_shows_exactly_its_text(catalogue: Catalogue, text: str) -> None:
    assert plain_text(render_text_inline(text, catalogue)) == " ".join(text.split())
