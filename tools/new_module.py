#!/usr/bin/env python3
"""Makes the skeleton of a module: its folder, header, README, texts, and its line in MODULES.

Usage: tools/new_module.py NAME [USES...]
"""
import pathlib
import re
import sys

name, uses = sys.argv[1], sys.argv[2:]
if not re.fullmatch(r"[a-z]+", name):
    sys.exit("a module's name is one word of small letters, a word of the field")
folder = pathlib.Path("src/modules") / name
folder.mkdir()
for part in ("pages", "schema", "text"):
    (folder / part).mkdir()
(folder / f"{name}.h").write_text(f"""// What {name} is for, in one or two lines.
#pragma once
#include "base/result.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::{name} {{

void routes(web::Router&);

}}  // namespace rantau::{name}
""")
(folder / "routes.cc").write_text(f"""// All HTTP of {name}.
#include "modules/{name}/{name}.h"

namespace rantau::{name} {{

void routes(web::Router&) {{}}

}}  // namespace rantau::{name}
""")
(folder / "README.md").write_text(f"# {name}\n\nWhat for · words · rules and their source in law · what it never does · how tested.\n")
for lang in ("id", "en"):
    (folder / "text" / f"{name}.{lang}.txt").write_text(f"# {name}\n")
with open("MODULES", "a", encoding="utf-8") as f:
    f.write(f"{name}: {' '.join(uses or ['access'])}\n")
print(f"made {folder}; call {name}::routes in src/cli/program.cc")
