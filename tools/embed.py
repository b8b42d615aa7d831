#!/usr/bin/env python3
"""Writes every file the binary carries into one C++ source: schema, pages, texts, browser files, reference tables.

Usage: embed.py SOURCE_DIR REFERENCE_DIR OUT.cc. Browser files get brotli and gzip twins.
"""
import gzip
import pathlib
import subprocess
import sys


def carried(root: pathlib.Path, reference: pathlib.Path):
    src = root / "src"
    for pattern in ("db/schema/*.sql", "modules/*/schema/*.sql", "modules/*/pages/*", "modules/*/text/*.txt", "modules/*/tables/*",
                    "web/text/*.txt", "web/layout/*", "web/assets/*"):
        for path in sorted(src.glob(pattern)):
            yield path.relative_to(src).as_posix(), path.read_bytes()
    for path in sorted(reference.glob("*.tsv")):
        yield f"reference/{path.name}", path.read_bytes()
    yield "MODULES", (root / "MODULES").read_bytes()
    for name in ("htmx.org/dist/htmx.min.js",):  # ready-made files of pinned npm packages, when installed
        path = root / "node_modules" / name
        if path.exists():
            yield f"web/assets/{path.name}", path.read_bytes()


def brotli(data: bytes) -> bytes:
    return subprocess.run(["brotli", "-q", "11", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def main() -> int:
    root, reference, out = (pathlib.Path(a) for a in sys.argv[1:4])
    files = sorted(dict(carried(root, reference)).items())
    blob = bytearray()

    def place(data: bytes) -> str:
        at = len(blob)
        blob.extend(data)
        return f"std::string_view(blob + {at}, {len(data)})" if data else "std::string_view()"

    rows = []
    for path, data in files:
        packed = (brotli(data), gzip.compress(data, 9, mtime=0)) if path.startswith("web/assets/") else (b"", b"")
        rows.append(f'    {{"{path}", {place(data)}, {place(packed[0])}, {place(packed[1])}}},')
    # .incbin: compilers are slow at array literals of a megabyte
    blob_file = out.with_suffix(".bin")
    blob_file.write_bytes(bytes(blob))
    out.write_text(
        '// Written by tools/embed.py. Do not edit.\n#include "base/embedded.h"\n#include <algorithm>\n'
        f'__asm__(".section .rodata\\n.global rantau_blob\\n.balign 16\\nrantau_blob:\\n.incbin \\"{blob_file}\\"\\n.byte 0\\n.previous\\n");\n'
        'extern "C" const char rantau_blob[];\n'
        "namespace rantau {\nnamespace {\nconst std::array<Embedded, " + str(len(rows)) + ">& table() {\n"
        "  static const char* const blob = rantau_blob;\n  static const std::array<Embedded, " + str(len(rows)) + "> files{{\n"
        + "\n".join(rows) + "\n  }};\n  return files;\n}\n}  // namespace\n"
        "std::span<const Embedded> embedded_files() { return table(); }\n"
        "std::optional<Embedded> embedded_file(std::string_view path) {\n  const auto& files = table();\n"
        "  auto at = std::lower_bound(files.begin(), files.end(), path, [](const Embedded& e, std::string_view p) { return e.path < p; });\n"
        "  if (at == files.end() || at->path != path) return std::nullopt;\n  return *at;\n}\n}  // namespace rantau\n",
        encoding="utf-8")
    return 0


sys.exit(main())
