"""The folder that is served: the newest version at the root, old ones under their number."""

import json
import mimetypes
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from docs_ext import ROOT, DocsError
from docs_ext.publish import compose, keep, kept, main, mark

SITE = ROOT / "site"
URL = "https://lossref.github.io/lossref/"
WHAT = "\n\n### Formulas and claims\n\n- SE.2\n\n"
LOG = (
    f"# Changelog\n\n## 0.4.0 - 2027-03-01\n\n## 0.2.0 - 2026-12-20{WHAT}"
    f"## 0.10.0 - 2027-02-01{WHAT}## 0.1.0 - 2026-12-01{WHAT}## 0.0.1 - unreleased{WHAT}"
)


def make_site(folder: Path, number: str, pages: dict[str, str]) -> Path:
    """A small site: page -> its text; canonical links as MkDocs writes them."""
    for page, text in {"": "home", **pages}.items():
        path = folder / page / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        link = f'<link rel="canonical" href="{URL}{page}">'
        path.write_text(
            f'{link}<body dir="ltr">\n<div data-md-component="announce">\n</div><p>{text}</p>',
            encoding="utf-8",
        )
    eq = folder / "eq" / "SE.2" / "index.html"
    eq.parent.mkdir(parents=True)
    eq.write_text('<link rel="canonical" href="../../a/#SE.2">\n<body>\nSE.2')
    (folder / "404.html").write_text("<body>not found")
    about = {"version": number, "date": f"2026-12-{number[2]}0"}
    (folder / "formulas.json").write_text(json.dumps(about))
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "versions").mkdir()
    return tmp_path / "versions", tmp_path / "pages"


def test_before_the_first_release(tmp_path: Path, folders) -> None:
    versions, pages = folders
    compose(make_site(tmp_path / "site", "0.1.0", {"a/": "first"}), versions, pages)
    assert "first" in (pages / "a" / "index.html").read_text()
    assert not (pages / "dev").exists()
    assert json.loads((pages / "versions.json").read_text()) == []
    assert "No version has been released" in (pages / "versions" / "index.html").read_text()


def test_two_releases_and_the_work_on_the_third(tmp_path: Path, folders) -> None:
    versions, pages = folders
    first = make_site(tmp_path / "1", "0.1.0", {"a/": "first", "gone/": "only here"})
    second = make_site(tmp_path / "2", "0.2.0", {"a/": "second"})
    third = make_site(tmp_path / "3", "0.3.0", {"a/": "third"})
    keep(first, versions, "0.1.0", LOG)
    keep(second, versions, "0.2.0", LOG)
    compose(third, versions, pages)

    def page(path: str) -> str:
        return (pages / path / "index.html").read_text(encoding="utf-8")

    assert "second" in page("a")
    assert "second" in page("0.2.0/a")
    assert "third" in page("dev/a")
    for same in ("a", "0.2.0/a"):
        assert "md-banner" not in page(same)
    assert f'href="{URL}a/"' in page("0.1.0/a")
    assert "This is version 0.1.0 of lossref. The newest is 0.2.0." in page("0.1.0/a")
    assert page("0.1.0/a").count("md-banner") == 1
    assert "not finished" in page("dev/a")
    assert "The site in the newest version" in page("0.1.0/gone")
    canonical = '<link rel="canonical" href="{}">'
    assert canonical.format(f"{URL}a/") in page("0.1.0/a")
    assert canonical.format(f"{URL}0.1.0/gone/") in page("0.1.0/gone")
    for folder in ("0.1.0", "0.2.0", "dev"):
        assert canonical.format(f"{URL}a/#SE.2") in page(f"{folder}/eq/SE.2")
    assert "md-banner" in page("0.1.0/eq/SE.2")
    assert "md-banner" not in (pages / "0.1.0" / "404.html").read_text()
    rows = json.loads((pages / "versions.json").read_text())
    assert [(row["version"], row["date"]) for row in rows] == [
        ("0.2.0", "2026-12-20"),
        ("0.1.0", "2026-12-10"),
    ]
    for row in rows:
        assert f'href="../{row["version"]}/"' in page("versions")
    # what is kept is as it was built
    for number, built in (("0.1.0", first), ("0.2.0", second)):
        for path in built.rglob("*.html"):
            assert (versions / number / path.relative_to(built)).read_bytes() == path.read_bytes()


def test_order_of_versions(tmp_path: Path, folders) -> None:
    versions, _ = folders
    for number in ("0.2.0", "0.10.0", "0.1.0"):
        keep(make_site(tmp_path / number, number, {}), versions, number, LOG)
    (versions / ".git").touch()
    assert kept(versions) == ["0.10.0", "0.2.0", "0.1.0"]


BAD = {
    "v0.1.0": "not a version",
    "0.1": "not a version",
    "../0.1.0": "not a version",
    "0.3.0": "gives no date",
    "0.0.1": "gives no date",
    "0.4.0": "no 'Formulas and claims'",
    "0.2.0": "was built as version 0.1.0",
}


@pytest.mark.parametrize("number", BAD)
def test_what_is_no_release_is_not_kept(tmp_path: Path, folders, number: str) -> None:
    versions, _ = folders
    with pytest.raises(DocsError, match=BAD[number]):
        keep(make_site(tmp_path / "site", "0.1.0", {}), versions, number, LOG)
    assert not kept(versions)


def test_a_release_never_changes(tmp_path: Path, folders) -> None:
    versions, pages = folders
    site = make_site(tmp_path / "site", "0.1.0", {})
    keep(site, versions, "0.1.0", LOG)
    with pytest.raises(DocsError, match="never changes"):
        keep(site, versions, "0.1.0", LOG)
    pages.mkdir()
    with pytest.raises(DocsError, match="made anew"):
        compose(site, versions, pages)


def test_a_site_without_an_address(tmp_path: Path, folders, capsys) -> None:
    versions, pages = folders
    site = make_site(tmp_path / "site", "0.1.0", {})
    (site / "index.html").write_text("<body>")
    assert main([str(site), str(versions), str(pages)]) == 1
    assert "no canonical link" in capsys.readouterr().err


def test_a_banner_is_where_the_theme_swaps_it(tmp_path: Path) -> None:
    html = (SITE / "losses" / "squared-error" / "index.html").read_text(encoding="utf-8")
    marked = mark(html, "losses/squared-error/", URL, "0.1.0", SITE, "Old.")
    place, _, _ = marked.partition('<aside class="md-banner"')
    assert place.rstrip().endswith('<div data-md-component="announce">')


def test_the_workflow_publishes_what_was_tested() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert jobs["publish"]["needs"] == "test"
    steps = jobs["publish"]["steps"]
    assert any("bash .ci/publish" in step.get("run", "") for step in steps)
    assert [s["with"]["path"] for s in steps if "pages-artifact" in s.get("uses", "")] == ["pages"]


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RIGHTS = {"contents: read", "contents: write", "pages: write", "id-token: write"}


def careless(text: str) -> list[str]:
    """Actions that are not pinned to a commit, and rights beyond those of a job that needs them."""
    data = yaml.safe_load(text)
    found = [] if data.get("permissions") == {} else [f"permissions: {data.get('permissions')}"]
    for name, job in data["jobs"].items():
        rights = job.get("permissions")
        if not isinstance(rights, dict) or not {f"{k}: {v}" for k, v in rights.items()} <= RIGHTS:
            found.append(f"{name}: permissions: {rights}")
        used = [step["uses"] for step in [job, *job.get("steps", [])] if "uses" in step]
        found += [use for use in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use)]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_careful(path: Path) -> None:
    assert not careless(path.read_text(encoding="utf-8"))


GOOD_JOB = "jobs: {a: {permissions: {contents: read}, steps: [{uses: a/b@" + "0" * 40 + "}]}}"
CARELESS = {
    "no rights given": GOOD_JOB,
    "all rights": f"permissions: write-all\n{GOOD_JOB}",
    "rights of a job": "permissions: {}\n" + GOOD_JOB.replace("contents", "packages"),
    "all rights of a job": "permissions: {}\n" + GOOD_JOB.replace("{contents: read}", "write-all"),
    "tag": "permissions: {}\n" + GOOD_JOB.replace("0" * 40, "v4"),
}


@pytest.mark.parametrize("case", CARELESS)
def test_a_careless_workflow_is_found(case: str) -> None:
    assert not careless("permissions: {}\n" + GOOD_JOB)
    assert careless(CARELESS[case])


def test_the_script_with_a_repository(tmp_path: Path) -> None:
    """Two releases by .ci/publish, into an empty repository of our own."""
    origin, work = tmp_path / "origin.git", tmp_path / "work"
    who = [f"-c user.{key}=test" for key in ("name", "email")]

    def run(*command: str, cwd: Path = work) -> str:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("git", "init", "-q", "--bare", str(origin), cwd=tmp_path)
    (work / "docs_ext").mkdir(parents=True)
    (work / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "publish", work / ".ci")
    for name in ("__init__.py", "publish.py", "release.py"):
        shutil.copy(ROOT / "docs_ext" / name, work / "docs_ext")
    (work / "CHANGELOG.md").write_text(LOG)
    run("git", "init", "-q")
    run("git", *" ".join(who).split(), "commit", "-q", "--allow-empty", "-m", "start")
    run("git", "remote", "add", "origin", str(origin))
    for part in ("name", "email"):
        run("git", "config", f"user.{part}", "test")
    for number in ("0.1.0", "0.2.0"):
        shutil.rmtree(work / "site", ignore_errors=True)
        make_site(work / "site", number, {"a/": number})
        run("bash", ".ci/publish", number)
    run("bash", ".ci/publish")
    names = run("git", "ls-tree", "--name-only", "versions", cwd=origin).split()
    assert names == ["0.1.0", "0.2.0"]
    assert "0.2.0" in (work / "pages" / "a" / "index.html").read_text()
    assert "md-banner" in (work / "pages" / "0.1.0" / "a" / "index.html").read_text()
    run("git", "remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    lost = subprocess.run(["bash", ".ci/publish"], cwd=work, capture_output=True, check=False)
    assert lost.returncode, "an origin that cannot be reached must not look like an empty one"
    assert not (work / "pages").exists()


@pytest.mark.browser
def test_an_old_version_in_the_browser(browser, tmp_path: Path, folders) -> None:
    """Banner, links, search and formulas of /0.1.0/, at the address of the site."""
    versions, pages = folders
    small = tmp_path / "site"
    for part in ("losses", "assets", "search", "eq/SE.2", "comparison/limitations"):
        shutil.copytree(SITE / part, small / part)
    for name in ("index.html", "sitemap.xml", "formulas.json"):
        shutil.copy(SITE / name, small)
    for number in ("0.1.0", "0.2.0"):
        shutil.copytree(small, versions / number)
    compose(small, versions, pages)
    context = browser.new_context()
    complaints: list[str] = []

    def answer(route) -> None:
        path = pages / re.sub("[?#].*", "", route.request.url.removeprefix(URL))
        path = path / "index.html" if path.is_dir() else path
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        found = path.is_file()
        route.fulfill(
            status=200 if found else 404,
            body=path.read_bytes() if found else b"",
            headers={"content-type": kind},
        )

    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{URL}0.1.0/losses/squared-error/", timeout=90_000)
    page.wait_for_load_state("networkidle")
    banner = page.locator(".md-banner:visible")
    assert "This is version 0.1.0" in banner.inner_text()
    assert banner.locator("a").get_attribute("href") == f"{URL}losses/squared-error/"
    page.locator(".md-nav__link:visible", has_text="Variants").first.click()
    page.wait_for_url(f"{URL}0.1.0/losses/variants/**")
    page.wait_for_function(
        "url => document.querySelector('.md-banner a').href === url",
        arg=f"{URL}losses/variants/",
    )
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.press_sequentially("masking")
    found = page.locator(".md-search-result__link[href*='comparison/limitations']")
    found.first.click(timeout=90_000)
    page.wait_for_url(f"{URL}0.1.0/comparison/limitations/**")
    page.locator(".md-banner a").click()
    page.wait_for_url(f"{URL}comparison/limitations/**")
    page.goto(f"{URL}0.1.0/eq/SE.2/")
    assert page.locator("math").first.is_visible()
    assert page.locator(".md-banner").is_visible()
    page.goto(f"{URL}eq/SE.2/")
    assert page.locator("math").first.is_visible()
    assert not page.locator(".md-banner").count()
    page.goto(f"{URL}versions/")
    assert page.get_by_role("link", name="0.1.0").is_visible()
    assert not complaints
    context.close()
