#!/usr/bin/env python3
"""SQL stands in *store.cc, src/db and schema/ alone; a table is named after its module; a statement names its own tables.

A module whose line in MODULES says * may also read the pub_... views of the modules above it.
--list FILE writes every statement, each after a line `-- path:line` and before a byte 0x1E, for the tests to prepare.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
SQL = re.compile(r"\s*(?:--[^\n]*\n\s*)*(SELECT\s|INSERT INTO\s|UPDATE\s\w+\s+SET\s|DELETE FROM\s|WITH\s(RECURSIVE\s+)?\w+\s*(\([^)]*\)\s*)?AS\s|"
                 r"(CREATE|DROP|ALTER)\s+(TABLE|VIEW|INDEX|UNIQUE|TRIGGER)\s)")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\((?P<raw>.*?)\)(?P=d)"|"(?P<text>(?:\\.|[^"\\\n])*)"|\'(?:\\.|[^\'\\])\'|(?P<word>\w+)'
                   r"|(?P<other>\S)", re.DOTALL)
NAMED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|REFERENCES|TABLE(?:\s+IF\s+(?:NOT\s+)?EXISTS)?|VIEW(?:\s+IF\s+(?:NOT\s+)?EXISTS)?|"
                   r"INDEX\s+\w+\s+ON)\s+([a-z_]\w*)(?!\s*\()((?:\s+(?:AS\s+)?(?!(?:where|on|join|order|left|set)\b)[a-z]\w*)?\s*,\s*[a-z_]\w*(?!\s*\())?")
MADE = re.compile(r"\bCREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)")
ENGINE = {"sqlite_master", "pg_views"}
bad: list[str] = []


def literals(text: str):
    """Runs of adjacent string literals, joined: (line, content). Names #defined in the file stand for their text."""
    defined = {m[1]: "".join(re.findall(r'"((?:\\.|[^"\\])*)"', m[2])) for m in re.finditer(r"#define (\w+) ((?:\\\n|[^\n])*)", text)}
    run, line = None, 0
    for t in TOKEN.finditer(text):
        piece = t["raw"] if t["raw"] is not None else t["text"]
        if piece is None and t["word"] in defined:
            piece = defined[t["word"]]
        if piece is not None:
            if t["raw"] is None:
                piece = piece.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
            if run is None:
                run, line = "", text.count("\n", 0, t.start()) + 1
            run += piece
        elif t["word"] or t["other"]:
            if run is not None:
                yield line, run
            run = None


def views_above() -> dict[str, set[str]]:
    """Module -> prefixes of the views it may read."""
    above, seen = {}, []
    for line in (ROOT / "MODULES").read_text(encoding="utf-8").splitlines():
        if m := re.match(r"([a-z]+):(.*)", line):
            above[m[1]] = {f"pub_{s}_" for s in seen} if "*" in m[2].split() else set()
            seen.append(m[1])
    return above


def check(where: str, owners: set[str], views: set[str], sql: str) -> None:
    plain = re.sub(r"--[^\n]*|'(?:[^']|'')*'", " ", sql)
    own = tuple(f"{p}{o}_" for o in owners for p in ("", "pub_"))
    bad.extend(f"{where}: {n} is not named after its module" for n in MADE.findall(plain) if not n.startswith(own))
    plain = re.sub(r"\bDISTINCT\s+FROM\b|\b(EXTRACT|SUBSTRING|TRIM)\s*\([^()]*\bFROM\b|\bDO\s+UPDATE\b", " ", plain, flags=re.IGNORECASE)
    local = set(re.findall(r"(?:\bWITH\s+(?:RECURSIVE\s+)?|,\s*)(\w+)\s*(?:\([^()]*\)\s*)?AS\s+(?:NOT\s+MATERIALIZED\s+)?\(", plain, re.IGNORECASE))
    for first, more in NAMED.findall(plain):
        for name in [first] + ([more.split(",")[1].strip()] if more else []):
            if name not in local and name not in ENGINE and not name.startswith(own) and not name.startswith(tuple(views) or "\0"):
                bad.append(f"{where}: the statement names {name}, a table of another module")


statements: list[tuple[str, str]] = []
views = views_above()
for path in sorted([*SRC.rglob("*.cc"), *SRC.rglob("*.h"), *SRC.rglob("*.sql")]):
    part, at = path.relative_to(SRC).parts, path.relative_to(ROOT)
    if path.name.endswith("_test.cc"):
        continue
    owner = part[1] if part[0] == "modules" else part[0]
    owners = {"db", "web"} if owner == "db" else {owner}  # the kit's tables are laid down together
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        check(str(at), owners, views.get(owner, set()), text)
        continue
    for line, literal in literals(text):
        if not SQL.match(literal):
            continue
        if not path.name.endswith("store.cc") and part[0] != "db":
            bad.append(f"{at}:{line}: SQL stands in *store.cc, src/db and schema/ alone")
        check(f"{at}:{line}", owners, views.get(owner, set()), literal)
        if not re.match(r"\s*(CREATE|DROP|ALTER)", literal) and path.name not in ("sqlite.cc", "postgres.cc"):
            statements.append((f"{at}:{line}", literal))
if "--list" in sys.argv[1:-1]:
    text = "".join(f"-- {where}\n{sql}\x1e" for where, sql in statements)
    pathlib.Path(sys.argv[sys.argv.index("--list") + 1]).write_text(text, encoding="utf-8")
print("\n".join(bad), end="\n" if bad else "")
sys.exit(1 if bad else 0)
