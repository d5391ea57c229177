r"""Exercises, as a Markdown extension: a fixed anatomy that a program can read.

    === exercise W5
    title: Where the two goes
    kind: find the error
    about: losses/squared-error.md#gradient
    minutes: 5

    The question, in Markdown.

    === hint

    What to look at first.

    === answer

    The answer: at least one formula, snippet or value, so that it is checked.

    === end

The letter of the id is the level; A to C are claims. A `program` also has `check: word` in its
header, and its question shows the program to start from. snippets/exercises/word.py is the answer
that the page shows, snippets/exercises/checks/word.py what any answer must pass: assertions whose
messages are hints. A line `=== exercises` becomes the list of all of them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from docs_ext import DOCS, SNIPPETS, DocsError, outside_fences
from docs_ext.pages import from_page, title_of

FOLDER = "teach/exercises"
LEVELS = {
    "W": ("First week", "first-week"),
    "F": ("First course", "first-course"),
    "S": ("Second course", "second-course"),
    "G": ("Graduate", "graduate"),
}
KINDS = ("by hand", "derive", "find the error", "program", "experiment", "prove")
ID = re.compile(r"[WFSG][1-9][0-9]*")
CHECKED = re.compile(
    r"^```formula EXE\.\d+$|^\{\{ (?:snippet|output|table|figure) |\{\{ [a-z0-9_]+ \}\}",
    re.MULTILINE,
)
STARTER = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_KEYS = ("title", "kind", "about", "minutes", "check")
_PARTS = ("hint", "answer")


@dataclass(frozen=True)
class Exercise:
    """One exercise as a page states it."""

    id: str
    title: str
    kind: str
    about: str
    minutes: int
    check: str | None
    question: str
    hint: str
    answer: str
    page: str = ""

    @property
    def level(self) -> str:
        """For whom it is."""
        return LEVELS[self.id[0]][0]

    @property
    def starter(self) -> str:
        """The program that a reader completes."""
        match = STARTER.search(self.question)
        return match[1] if match else ""


def check_path(word: str) -> Path:
    """The assertions that an answer must pass."""
    return SNIPPETS / "exercises" / "checks" / f"{word}.py"


def _blocks(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first line, line after the last, id) of each exercise, outside fences."""
    start, id = 0, ""
    for number, line in outside_fences(lines):
        if line.startswith("==="):
            words = line.split()
            if words[:2] == ["===", "exercise"] and len(words) == 3 and not id:
                start, id = number, words[2]
            elif line == "=== end" and id:
                yield start, number + 1, id
                id = ""
            elif not (id and line in {f"=== {part}" for part in _PARTS}) and (
                line != "=== exercises" or id
            ):
                raise DocsError(f"exercise {id or '(none open)'}: cannot read {line!r}")
    if id:
        raise DocsError(f"exercise {id}: the line '=== end' is missing")


def parse(id: str, lines: list[str], page: str = "") -> Exercise:
    """Read the inside of one exercise; every mistake is a DocsError that names it."""
    where = f"exercise {id}" + (f" on {page}" if page else "")
    if not ID.fullmatch(id):
        raise DocsError(f"{where}: an id is a level, {', '.join(LEVELS)}, and a number")
    parts = re.split(r"^=== (hint|answer)$", "\n".join(lines), flags=re.MULTILINE)
    if tuple(parts[1::2]) != _PARTS:
        raise DocsError(f"{where}: needs '=== hint', then '=== answer'")
    head, _, question = parts[0].partition("\n\n")
    header: dict[str, str] = {}
    for line in head.splitlines():
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _KEYS or not value or key in header:
            raise DocsError(f"{where}: cannot read the header line {line!r}")
        header[key] = value
    if missing := set(_KEYS[:4]) - header.keys():
        raise DocsError(f"{where}: the header lacks {', '.join(sorted(missing))}")
    if header["kind"] not in KINDS:
        raise DocsError(f"{where}: the kind is one of {', '.join(KINDS)}")
    if not header["minutes"].isdigit() or not 1 <= int(header["minutes"]) <= 120:
        raise DocsError(f"{where}: minutes are a number from 1 to 120")
    hint, answer = parts[2].strip(), parts[4].strip()
    for name, text in {"question": question.strip(), "hint": hint, "answer": answer}.items():
        if len(text) < 20:
            raise DocsError(f"{where}: the {name} is empty")
    if not CHECKED.search(answer):
        raise DocsError(f"{where}: no formula, snippet or value checks the answer")
    exercise = Exercise(
        id,
        header["title"],
        header["kind"],
        header["about"],
        int(header["minutes"]),
        header.get("check"),
        question.strip(),
        hint,
        answer,
        page,
    )
    if (exercise.kind == "program") != (exercise.check is not None):
        raise DocsError(f"{where}: a program has a check, and nothing else has one")
    if exercise.check:
        if not exercise.starter:
            raise DocsError(f"{where}: the question shows no program to start from")
        if not check_path(exercise.check).is_file():
            raise DocsError(f"{where}: there is no snippets/exercises/checks/{exercise.check}.py")
        if f"{{{{ snippet exercises/{exercise.check} }}}}" not in answer:
            raise DocsError(
                f"{where}: the answer does not show snippets/exercises/{exercise.check}"
            )
    page_of_about = exercise.about.partition("#")[0]
    if title_of(page_of_about) is None:
        raise DocsError(f"{where}: there is no page {page_of_about}")
    return exercise


@cache
def _page_exercises(path: Path, modified: float) -> tuple[Exercise, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    page = path.relative_to(DOCS).as_posix()
    return tuple(parse(id, lines[a + 1 : b - 1], page) for a, b, id in _blocks(lines))


def all_exercises() -> dict[str, Exercise]:
    """Every exercise by id, level by level; two with one id are an error."""
    found: dict[str, Exercise] = {}
    for _, page in LEVELS.values():
        path = DOCS / FOLDER / f"{page}.md"
        for exercise in _page_exercises(path, path.stat().st_mtime):
            if exercise.id in found:
                raise DocsError(f"exercise {exercise.id} is there twice")
            found[exercise.id] = exercise
    return found


def hint_for(word: str, program: str, file: str = "answer.py") -> str | None:
    """What the check of a program says: a hint, or None when all assertions hold."""
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(program, file, "exec"), names)
    path = check_path(word)
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    except AssertionError as error:
        return str(error)
    return None


class _Exercises(Preprocessor):
    def _link(self, page: str) -> str:
        return from_page(self.md, page, unknown=f"{FOLDER}/index.md")

    def _question(self, exercise: Exercise) -> list[str]:
        if not exercise.check:
            return exercise.question.splitlines()
        before, after = exercise.question.split(f"```python\n{exercise.starter}```", 1)
        source = check_path(exercise.check).read_text(encoding="utf-8")
        check = f'<template class="check" data-search-exclude>{html.escape(source)}</template>'
        return [
            *before.splitlines(),
            "",
            f'<div class="snippet attempt" data-snippet="answers/{exercise.check}" markdown>',
            "",
            f'```python title="{exercise.check}.py"',
            *exercise.starter.splitlines(),
            "```",
            "",
            '<p class="run-bar" data-search-exclude></p>',
            "",
            self.md.htmlStash.store(check),
            "",
            "</div>",
            "",
            *after.splitlines(),
        ]

    def _exercise(self, exercise: Exercise) -> list[str]:
        page, hash_, anchor = exercise.about.partition("#")
        title = title_of(page)
        about = f"[{title}]({self._link(page)}{hash_}{anchor})"
        return [
            "",
            f'<section class="exercise" data-kind="{exercise.kind}" markdown>',
            "",
            f"### {exercise.id} · {exercise.title} {{ #{exercise.id} }}",
            "",
            f"{exercise.kind.capitalize()} · {exercise.minutes} min · {about}",
            "{ .exercise-facts }",
            "",
            *self._question(exercise),
            "",
            '<details class="tip hint" data-search-exclude markdown>',
            f'<summary>Hint<span class="visually-hidden"> for {exercise.id}</span></summary>',
            "",
            *exercise.hint.splitlines(),
            "",
            "</details>",
            "",
            '<details class="success answer" data-search-exclude markdown>',
            f'<summary>Answer<span class="visually-hidden"> to {exercise.id}</span></summary>',
            "",
            *exercise.answer.splitlines(),
            "",
            "</details>",
            "",
            "</section>",
            "",
        ]

    def _list(self) -> list[str]:
        out: list[str] = []
        for letter, (level, page) in LEVELS.items():
            of_level = [e for e in all_exercises().values() if e.id[0] == letter]
            out += [
                "",
                f"## {level} {{ #{page} }}",
                "",
                f"{len(of_level)} exercises, about {sum(e.minutes for e in of_level)} minutes: "
                f"[{level.lower()}]({page}.md).",
                "",
                "| | Exercise | Kind | Page | Minutes |",
                "|---|---|---|---|---:|",
            ]
            for e in of_level:
                about, hash_, anchor = e.about.partition("#")
                link = f"[{title_of(about)}]({self._link(about)}{hash_}{anchor})"
                out.append(
                    f"| {e.id} | [{e.title}]({page}.md#{e.id}) | {e.kind} | {link} | {e.minutes} |"
                )
        return [*out, ""]

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        end = 0
        for first, last, id in _blocks(lines):
            out += lines[end:first] + self._exercise(parse(id, lines[first + 1 : last - 1]))
            end = last
        out += lines[end:]
        at = out.index("=== exercises") if "=== exercises" in out else -1
        return out if at < 0 else [*out[:at], *self._list(), *out[at + 1 :]]


class ExercisesExtension(Extension):
    """Registers the blocks before formulas and includes are read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register the preprocessor."""
        md.preprocessors.register(_Exercises(md), "exercises", 29.5)


def makeExtension(**kwargs: object) -> ExercisesExtension:  # noqa: N802
    """Entry point for Markdown."""
    return ExercisesExtension(**kwargs)
