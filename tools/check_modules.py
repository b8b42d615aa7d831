#!/usr/bin/env python3
"""The dependency rule: a module includes only what its line in MODULES names. Exit 1 with file:line for each breach."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
uses, bad = {}, []
for line in (root / "MODULES").read_text(encoding="utf-8").splitlines():
    if m := re.match(r"([a-z]+):(.*)", line):
        names = m[2].split()
        bad += [f"MODULES: {m[1]} names {n}, which does not stand above it" for n in names if n[0].isalpha() and n not in uses]
        uses[m[1]] = set(names)
folders = {p.name for p in (root / "src/modules").iterdir() if p.is_dir()}
bad += [f"MODULES: {name} has no folder" for name in uses.keys() - folders] + [f"src/modules/{f}: not in MODULES" for f in folders - uses.keys()]
for path in sorted((root / "src").rglob("*.[ch]*")):
    part = path.relative_to(root / "src").parts
    me = part[1] if part[0] == "modules" else None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not (m := re.match(r'#include "((modules|engines|web|db|base|cli|demo)/([^/"]+)/?([^"]*))"', line)):
            continue
        at, (whole, kind, name, rest) = f"{path.relative_to(root)}:{number}", m.groups()
        if whole.endswith("_world.h") and not re.search(r"(_test\.cc|_world\.h)$", path.name):
            bad.append(f"{at}: {whole} is what tests work in, and theirs alone")
        if part[0] in ("base", "db", "web", "engines") and kind in ("modules", "cli", "demo"):
            bad.append(f"{at}: {part[0]} knows no module")
        if part[0] == "base" and kind in ("db", "web") or part[0] == "db" and kind == "web":
            bad.append(f"{at}: {part[0]} stands below {kind}")
        if part[0] == "engines" and kind in ("db", "web"):
            bad.append(f"{at}: an engine knows no {kind}")
        if not me:
            continue
        if kind in ("cli", "demo"):
            bad.append(f"{at}: a module does not know the {kind}")
        if kind == "modules" and name != me:
            if name not in uses.get(me, ()):
                bad.append(f"{at}: {me} does not use {name} (see MODULES)")
            elif rest != f"{name}.h":
                bad.append(f"{at}: {whole} is private to {name}")
        if kind == "engines" and "@" + name not in uses.get(me, ()):
            bad.append(f"{at}: {me} does not use @{name}")
        if kind == "web" and not re.search(r"(routes\.(cc|h)|_test\.cc|_world\.h)$", path.name) and path.name != f"{me}.h":
            bad.append(f"{at}: only routes may know the web")
print("\n".join(bad))
sys.exit(1 if bad else 0)
