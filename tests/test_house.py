"""The house keeps its own rules: contracts, sizes, rooms, and documents that agree with the code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
ROOMS = ("pages", "web", "engine", "policies", "jobs", "sandbox", "bench")
LAYERS = (
    "signal",
    "planning",
    "creative",
    "execution",
    "optimisation",
    "attribution",
    "reporting",
)
SOURCES = [
    HOUSE / "app.py",
    *sorted(
        path
        for room in (*ROOMS, "tests")
        for path in (HOUSE / room).rglob("*.py")
        if "__pycache__" not in path.parts
    ),
]


def text(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def plug_ins(folder: str) -> list[str]:
    """The names of the plug-in files or folders of a room."""
    found = (HOUSE / folder).iterdir()
    names = (
        p.stem for p in found if p.suffix == ".py" or (p.is_dir() and (p / "__init__.py").exists())
    )
    return sorted(n for n in names if not n.startswith("_"))


def test_every_import_contract_is_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_file_is_longer_than_300_lines():
    long = {
        str(p.relative_to(HOUSE)): n
        for p in SOURCES
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 50:
                    long.append(f"{path.relative_to(HOUSE)}:{node.lineno} {node.name} {length}")
    assert long == []


@pytest.mark.parametrize(("file", "most"), [("engine/loop.py", 150), ("app.py", 120)])
def test_the_first_files_a_newcomer_reads_stay_short(file: str, most: int):
    assert len(text(file).splitlines()) <= most


def test_no_page_file_lies_directly_in_pages_where_it_would_open_before_sign_in():
    assert [p.name for p in (HOUSE / "pages").glob("*.py") if p.name != "__init__.py"] == []


def test_every_page_asks_for_access_before_it_reads_anything():
    routed = set(re.findall(r'"([a-z_]+/[a-z_]+)": \("', text("pages/parts/screens.py")))
    screens = {
        str(path.relative_to(HOUSE / "pages").with_suffix("")): path.read_text(encoding="utf-8")
        for path in (HOUSE / "pages").glob("*/*.py")
    }
    assert routed == {name for name, code in screens.items() if code.endswith("\npage()\n")}
    for name in routed:
        assert "access.require(" in screens[name], f"{name} never calls access.require"


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md", "engine/__init__.py"])
def test_the_seven_layers_are_told_in_the_same_order_everywhere(name: str):
    told = text(name)
    places = [re.search(rf"(?m)^\W*\d\W+{layer}\b", told) for layer in LAYERS]
    assert all(places), f"{name} does not list {LAYERS}"
    starts = [place.start() for place in places if place]
    assert starts == sorted(starts)


@pytest.mark.parametrize("room", [*ROOMS, "static", "docs", "tests"])
def test_the_readme_names_every_room(room: str):
    assert f"{room}/" in text("README.md")


@pytest.mark.parametrize(
    ("folder", "document"),
    [
        ("policies/rules", "docs/guardrails.md"),
        ("engine/optimisation/agents", "docs/architecture.md"),
        ("engine/platforms", "docs/architecture.md"),
    ],
)
def test_every_plug_in_is_documented(folder: str, document: str):
    told = text(document)
    assert [name for name in plug_ins(folder) if f"`{name}`" not in told] == []


def test_every_decision_page_is_listed_in_the_architecture():
    told = text("docs/architecture.md")
    pages = [p.name for p in (HOUSE / "docs" / "decisions").glob("*.md")]
    assert pages
    assert [p for p in pages if p not in told] == []


def test_every_make_target_the_readme_names_exists():
    targets = set(re.findall(r"(?m)^([a-z-]+):", text("Makefile")))
    named = set(re.findall(r"make ([a-z-]+)`", text("README.md")))
    assert named
    assert named - targets == set()


def test_every_required_package_is_used_or_says_who_needs_it():
    spelling = {
        "pillow": "PIL",
        "duckdb-sqlalchemy": "duckdb_sqlalchemy",
        "google-ads": "google.ads",
        "pydantic-settings": "pydantic_settings",
    }
    code = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES)
    unused = []
    for line in text("requirements.in").splitlines():
        name, _, comment = line.partition("#")
        package = re.split(r"[<>=\[]", name.strip())[0].strip()
        if not package or comment.strip():
            continue
        module = spelling.get(package, package)
        if not re.search(rf"(?m)^\s*(import|from) {re.escape(module)}\b", code):
            unused.append(package)
    assert unused == []


def test_requirements_are_pinned_in_full():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [
            line
            for line in text(name).splitlines()
            if line and not line.startswith(("#", " ", "-c"))
        ]
        assert lines
        assert [line for line in lines if "==" not in line] == []


def test_only_the_gate_makes_cleared_actions():
    makers = [
        str(p.relative_to(HOUSE))
        for p in SOURCES
        if "tests" not in p.parts and re.search(r"\bCleared\(", p.read_text(encoding="utf-8"))
    ]
    assert makers in (["policies/gate.py"], [])
