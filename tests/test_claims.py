"""The register of claims: what the file accepts and rejects, its page and its export."""

import json
import re

import markdown
import pytest

from docs_ext import DOCS, DocsError, claims

GOOD = """
[[place]]
id = "A"
title = "An article"
url = "https://example.org/article"
date = "2025"
heading = "Article A"

[[claim]]
id = "A1"
said = "A"
quote = "it is so"
verdict = "correct with conditions"
loss = "ce"
statement = "It is so, [SE.2][]."
conditions = "If it is."
sources = ["Bishop06"]
evidence = ["SE.2", "snippet gradients/races", "experiment noise", "walkthrough digits"]
"""

# name: (what stands in GOOD, what the fault makes of it, what the message says)
BAD = {
    "not TOML": ("[[claim]]", "[[claim]", "claims.toml"),
    "another table": ("[[place]]", "[[note]]\na = 1\n[[place]]", "nothing else"),
    "place without a title": ('title = "An article"', "", "needs id"),
    "address that is none": ("https://example.org/article", "example.org", "full address"),
    "no verdict": ('verdict = "correct with conditions"\n', "", "verdict"),
    "no source": ('sources = ["Bishop06"]', "sources = []", "sources"),
    "sources left out": ('sources = ["Bishop06"]\n', "", "sources"),
    "no evidence": (
        'evidence = ["SE.2", "snippet gradients/races", "experiment noise", "walkthrough digits"]',
        "evidence = []",
        "evidence",
    ),
    "unknown field": ('loss = "ce"', 'loss = "ce"\ncolor = "red"', "color"),
    "id in lower case": ('id = "A1"', 'id = "a1"', "looks like A7"),
    "id with a zero": ('id = "A1"', 'id = "A01"', "looks like A7"),
    "id of a formula": ('id = "A1"', 'id = "SE.1"', "looks like A7"),
    "verdict that is none": ('"correct with conditions"', '"true"', "not a verdict"),
    "conditions missing": ('conditions = "If it is."\n', "", "which"),
    "empty conditions": ('"If it is."', '" "', "not a text"),
    "loss that is none": ('loss = "ce"', 'loss = "mae"', "not a loss"),
    "said nowhere": ('said = "A"', 'said = "Z"', "neither place nor reference"),
    "neither quotation nor summary": ('quote = "it is so"\n', "", "either"),
    "quotation and summary": ('quote = "it is so"', 'quote = "it is so"\nclaim = "x"', "either"),
    "quotation of a passage": ('"it is so"', f'"{"word " * 33}"', "longer"),
    "secondhand, and it is false": (
        'quote = "it is so"',
        'claim = "“a”"\nsecondhand = false',
        "true",
    ),
    "secondhand, and nothing quoted": (
        'quote = "it is so"',
        'claim = "it is so"\nsecondhand = true',
        "quotes nothing",
    ),
    "quoted in a summary, and not secondhand": (
        'quote = "it is so"',
        'claim = "it is “so”"',
        "secondhand",
    ),
    "statement that is a number": ('"It is so, [SE.2][]."', "1", "not a text"),
    "unknown source": ("Bishop06", "Nobody99", "Nobody99"),
    "source twice": ('["Bishop06"]', '["Bishop06", "Bishop06"]', "twice"),
    "unknown formula": ('"SE.2",', '"SE.99",', "SE.99"),
    "unknown snippet": ("gradients/races", "gradients/none", "gradients/none"),
    "unknown experiment": ("experiment noise", "experiment network", "network"),
    "unknown walkthrough": ("walkthrough digits", "walkthrough none", "none"),
    "evidence of another kind": ("walkthrough digits", "rumor digits", "rumor"),
    "evidence that is no list": ('["SE.2",', '"SE.2" #', "evidence"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_register_is_rejected(case: str) -> None:
    old, new, says = BAD[case]
    assert old in GOOD
    with pytest.raises(DocsError, match=re.escape(says)):
        claims.parse(GOOD.replace(old, new, 1))


@pytest.mark.parametrize("table", ["place", "claim"])
def test_two_with_one_id_are_rejected(table: str) -> None:
    part = GOOD[GOOD.index(f"[[{table}]]") :]
    part = part.partition("\n\n[[claim]]")[0] if table == "place" else part
    with pytest.raises(DocsError, match="twice"):
        claims.parse(f"{GOOD}\n{part}")


def test_a_good_register_is_read() -> None:
    found = claims.parse(GOOD)
    assert found.claims["A1"].title == "“it is so”"
    assert found.claims["A1"].sources == ("Bishop06",)


def test_the_register_is_whole() -> None:
    """Fifty-five claims of two articles, and what was added; ids are permanent."""
    ids = list(claims.register().claims)
    assert [id for id in ids if id[0] == "A"] == [f"A{n}" for n in range(1, 36)]
    assert [id for id in ids if id[0] == "B"] == [f"B{n}" for n in range(1, 21)]
    assert [id for id in ids if id[0] == "C"] == [f"C{n}" for n in range(1, len(ids) - 54)]


def unnamed(claim: claims.Claim) -> set[str]:
    """Formulas that the text of a claim leans on, and its evidence does not name."""
    return set(re.findall(r"\[([A-Z]{2,4}\.\d+)\]\[\]", claim.statement + claim.conditions)) - set(
        claim.evidence
    )


@pytest.mark.parametrize("id", claims.register().claims)
def test_a_statement_leans_on_its_evidence(id: str) -> None:
    assert not unnamed(claims.register().claims[id])


def test_a_formula_that_is_no_evidence_is_found() -> None:
    text = GOOD.replace("It is so, [SE.2][].", "It is so, [SE.2][], [SE.3][].")
    assert unnamed(claims.parse(text).claims["A1"]) == {"SE.3"}


def test_every_verdict_is_in_use() -> None:
    assert {claim.verdict for claim in claims.register().claims.values()} == set(claims.VERDICTS)


def test_the_page_shows_every_claim_with_its_anchor() -> None:
    text = "\n".join(claims.markdown())
    html = markdown.markdown(text, extensions=["md_in_html", "attr_list"])
    for claim in claims.register().claims.values():
        assert re.search(rf'<h3 id="{claim.id}">{claim.id}: ', html)
    assert html.count("<section") == html.count("</section>") == len(claims.register().claims)
    assert html.count('type="radio"') == len(claims.VERDICTS) + 1 + 3


def test_the_filter_has_a_rule_for_every_choice() -> None:
    css = (DOCS / "assets" / "site.css").read_text(encoding="utf-8")
    for verdict in claims.VERDICTS:
        slug = verdict.replace(" ", "-")
        assert f'#verdict-{slug}:checked) .claim:not([data-verdict="{slug}"])' in css
    for loss, other in (("ce", "mse"), ("mse", "ce")):
        assert f'#loss-{loss}:checked) .claim[data-loss="{other}"]' in css


def test_the_page_and_the_export_say_what_is_secondhand() -> None:
    """The seven quotations of article A that rest on notes: its second half is not to be had."""
    marked = [claim.id for claim in claims.register().claims.values() if claim.secondhand]
    assert marked == ["A14", "A17", "A20", "A22", "A25", "A29", "A35"]
    sections = "\n".join(claims.markdown()).split("<section")
    shown = [s for s in sections if "quoted from our notes" in s]
    assert [re.findall(r"{ #(\w+) }", section)[0] for section in shown] == marked
    rows = json.loads(claims.as_json("https://example.org/"))["claims"]
    assert [row["id"] for row in rows if "notes" in row["wording"]] == marked
    assert all((row["wording"] == "quoted") == ("quote" in row) for row in rows)


def test_the_tally_counts_all() -> None:
    cells = [int(n) for n in re.findall(r"\| (\d+)(?= \|)", "\n".join(claims.tally()))]
    assert sum(cells) == len(claims.register().claims)


def test_the_export() -> None:
    data = json.loads(claims.as_json("https://example.org/"))
    assert len(data["claims"]) == len(claims.register().claims)
    text = json.dumps(data)
    assert "{{ " not in text
    for row in data["claims"]:
        assert row["url"] == f"https://example.org/claims/#{row['id']}"
        assert row["evidence"]
        for item in row["evidence"]:
            assert item["url"].startswith("https://example.org/")


def test_evidence_on_no_page_is_rejected() -> None:
    with pytest.raises(DocsError, match="on no page"):
        claims.evidence_link("snippet limitations/values")
