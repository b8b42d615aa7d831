#!/usr/bin/env python3
"""SQL stands in *store.cc, src/db and schema/ alone; a table is named after its module; a statement names its own tables.

A module whose line in MODULES says * may also read the pub_... views of the modules above it.
--list FILE writes every statement, each after a line `-- path:line` and before a byte 0x1E, for the tests to prepare.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
SQL = re.compile(r"\s*(?:--[^\n]*\n\s*)*(SELECT\s|INSERT INTO\s|UPDATE\s\w+\s+SET\s|DELETE FROM\s|WITH\s(RECURSIVE\s+)?\w+\s*(\([^)]*\)\s*)?AS\s|"
                 r"(CREATE|DROP|ALTER)\s+(TABLE|VIEW|INDEX|UNIQUE|TRIGGER)\s)")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\((?P<raw>.*?)\)(?P=d)"|"(?P<text>(?:\\.|[^"\\\n])*)"|\'(?:\\.|[^\'\\])\'|(?P<word>\w+)'
                   r"|(?P<other>\S)", re.DOTALL)
MADE = re.compile(r"\bCREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)")
ENGINE = {"sqlite_master", "pg_tables", "pg_views"}
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


WORD = re.compile(r'"((?:[^"]|"")*)"|([A-Za-z_]\w*)|\$?\d+(?:\.\d+)?|\$\d+|(\S)')
ENDS_FROM = {"where", "group", "order", "having", "limit", "offset", "fetch", "union", "intersect", "except", "returning", "set", "values", "window", "for"}
NO_TABLE = {"select", "values", "lateral", "only", "with", "recursive", "not", "exists", "if"}
FROM_CALLS = {"extract", "substring", "trim", "overlay"}  # functions whose arguments are parted by FROM


def for_engine(sql: str, engine: str) -> str:
    """The text of one engine, as src/db/db.cc takes it."""
    parts, part = [], "both"
    for line in sql.split("\n"):
        if m := re.fullmatch(r"\s*-- @(sqlite|pg|end)\s*", line):
            part = "both" if m[1] == "end" else m[1]
        elif part in ("both", engine):
            parts.append(line)
    return "\n".join(parts)


def words(sql: str) -> list[str]:
    """Words in lower case and single signs; strings and comments are gone."""
    sql = re.sub(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", " '' ", sql, flags=re.DOTALL).replace("''", "?")
    return [(m[1] or m[2] or m[3] or "0").lower() for m in WORD.finditer(sql)]


def tables(sql: str) -> list[str]:
    """Every table that the statement reads, writes or refers to, in order; names of its own WITH are not tables."""
    w = words(sql) + ["", "", ""]
    found: list[str] = []
    own: list[set[str]] = [set()]       # names made by WITH, for each open parenthesis
    place: list[str] = ["?"]            # what the comma parts there: "from", "with", "call" (arguments), "?"
    i = 0

    def name(at: int) -> int:
        """A table's name stands at `at`: notes it, returns the place behind it."""
        while w[at] in NO_TABLE - {"select", "values", "with"}:
            at += 1
        if not re.match(r"[a-z_]", w[at]) or w[at] in ("select", "values", "with"):
            return at
        if w[at + 1] == "." and re.match(r"[a-z_]", w[at + 2]):  # schema.table
            at += 2
        if w[at + 1] == "(" and w[at - 1] not in ("into", "table", "references", "exists", "on"):  # a function that gives rows
            return at
        if not any(w[at] in names for names in own):
            found.append(w[at])
        return at + 1

    while i < len(w) - 3:
        word, before = w[i], w[i - 1] if i else ""
        i += 1
        if word == "(":
            call = bool(re.match(r"[a-z_]", before)) and before in FROM_CALLS
            inherits = place[-1] == "from" and before in ("from", "join", ",", "(", "lateral")
            place.append("call" if call else "from" if inherits and w[i] not in ("select", "with", "values") else "?")
            own.append(set())
            if place[-1] == "from":
                i = name(i)
        elif word == ")":
            if len(place) > 1:
                place.pop()
                own.pop()
        elif word == "with" and (re.match(r"[a-z_]", w[i]) and (w[i] == "recursive" or w[i + 1] in ("as", "("))):
            place[-1] = "with"
            i += w[i] == "recursive"
            ahead, depth = i, 0
            while ahead < len(w) - 3 and not (depth == 0 and w[ahead] in ("select", "insert", "update", "delete")):
                if depth == 0 and w[ahead - 1] in ("with", "recursive", ",") and w[ahead] != "recursive":
                    own[-1].add(w[ahead])
                depth += (w[ahead] == "(") - (w[ahead] == ")")
                ahead += 1
        elif word == "from" and place[-1] != "call" and before != "distinct":
            place[-1] = "from"
            i = name(i)
        elif word == "distinct" and w[i] == "from":
            i += 1
        elif word == "using" and (before == "" or "delete" in w[:i]) and w[i] != "(":  # DELETE ... USING a, b
            place[-1] = "from"
            i = name(i)
        elif word == "join" or (word == "," and place[-1] == "from"):
            i = name(i)
        elif word in ("into", "references"):
            i = name(i)
        elif word == "update" and before not in ("do", "for", "on", "key", "before", "after", "of", "or"):
            place[-1] = "?"
            i = name(i)
        elif word in ("update", "delete", "insert") and before in ("before", "after", "or") and "trigger" in w[:i]:
            pass
        elif word in ("table", "view") and before in ("create", "drop", "alter", "temp", "temporary"):
            i = name(i)
        elif word == "on" and "index" in w[max(0, i - 8):i] and "create" in w[max(0, i - 10):i]:
            i = name(i)
        elif word in ENDS_FROM and place[-1] in ("from", "with"):
            place[-1] = "?"
        elif word == ";":
            place, own = ["?"], [set()]
    return found


def check(where: str, owners: set[str], views: set[str], sql: str) -> None:
    plain = re.sub(r"--[^\n]*|'(?:[^']|'')*'", " ", sql)
    own = tuple(f"{p}{o}_" for o in owners for p in ("", "pub_"))
    bad.extend(f"{where}: {n} is not named after its module" for n in MADE.findall(plain) if not n.startswith(own))
    for name in dict.fromkeys(n for engine in ("sqlite", "pg") for n in tables(for_engine(sql, engine))):
        if name not in ENGINE and not name.startswith(own) and not name.startswith(tuple(views) or "\0"):
            bad.append(f"{where}: the statement names {name}, a table of another module")


def self_test() -> int:
    """Statements and the tables they name. Wrong ones must be refused before the tree is trusted."""
    cases = json.loads((ROOT / "tools/check_sql_cases.json").read_text(encoding="utf-8"))
    wrong = [f"{c['sql']}\n  should name {c['tables']}, not {found}" for c in cases if (found := tables(c["sql"])) != c["tables"]]
    check("self-test", {"partners"}, {"pub_access_"}, "SELECT 1 FROM partners_company c, pub_access_user u, partners_branch b, offers_order o")
    check("self-test", {"partners"}, set(), "CREATE TABLE company (id BIGINT)")
    if [b.split(": ")[1].split(",")[0] for b in bad] != ["the statement names offers_order", "company is not named after its module",
                                                         "the statement names company"]:
        wrong.append(f"the breaches found are not those made: {bad}")
    bad.clear()
    print("\n".join(f"check_sql.py does not read: {w}" for w in wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


def main() -> int:
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
            # An engine's own files speak to that engine alone; a copy of the file, and its drill, is SQLite's; a making PostgreSQL's.
            if not re.match(r"\s*(CREATE|DROP|ALTER)", literal) and path.name not in ("sqlite.cc", "postgres.cc", "making.cc", "backup.cc"):
                statements.append((f"{at}:{line}", literal))
    if "--list" in sys.argv[1:-1]:
        text = "".join(f"-- {where}\n{sql}\x1e" for where, sql in statements)
        pathlib.Path(sys.argv[sys.argv.index("--list") + 1]).write_text(text, encoding="utf-8")
    print("\n".join(bad), end="\n" if bad else "")
    return 1 if bad else 0


sys.exit(self_test() or main())
