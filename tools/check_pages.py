#!/usr/bin/env python3
"""Checks the pages: nothing unescaped but drawings, nothing inline that the content policy forbids, every sentence there."""
import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
RULES = (
    (re.compile(r"\{\{&"), "{{& is not allowed"),
    (re.compile(r"\{\{\{(?!\s*(?:[a-z_0-9.?]*\.)?(?:svg_[a-z_0-9]*|style|json_ld)\s*\}\}\})"), "only drawings (svg_…, style, json_ld) stand unescaped"),
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "style attribute"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "inline handler"),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript: address"),
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.IGNORECASE), "script without src"),
    (re.compile(r"(?:src|href|action)=[\"']https?://(?!wa\.me/)(?!\{\{)", re.IGNORECASE), "address of another host"),
    (re.compile(r"\{\{=|set_delimiter"), "other delimiters"),
    (re.compile(r"<img(?![^>]*\balt=)", re.IGNORECASE), "image without alt"),
    (re.compile(r"<t[hd][^>]*>\s*</th>", re.IGNORECASE), "empty table header"),
)
FRAMES = ("citizen.html", "console.html")
findings: list[str] = []


def complain(path: pathlib.Path, line: int, what: str) -> None:
    findings.append(f"{path.relative_to(SRC.parent)}:{line}: {what}")


def keys() -> set[str]:
    found = set()
    for path in [*SRC.glob("web/text/*.id.txt"), *SRC.glob("modules/*/text/*.id.txt")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "=" in line and not line.strip().startswith("#"):
                found.add(line.partition("=")[0].strip())
    return found


def check_sections(path: pathlib.Path, text: str) -> None:
    open_sections: list[tuple[str, int]] = []
    for match in re.finditer(r"\{\{\s*([#^/])\s*([^}\s]+)\s*\}\}", text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1] != "/":
            open_sections.append((match[2], line))
        elif not open_sections or open_sections.pop()[0] != match[2]:
            return complain(path, line, f"{{{{/{match[2]}}}}} closes what is not open")
    for name, line in open_sections:
        complain(path, line, f"{{{{#{name}}}}} is not closed")


def main() -> int:
    known = keys()
    pages = sorted([*SRC.glob("web/layout/*.html"), *SRC.glob("modules/*/pages/*.html")])
    for path in pages:
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, what in RULES:
                if pattern.search(line):
                    complain(path, number, what)
            for key in re.findall(r"\{\{[#^]?t\.([^}]+)\}\}", line):
                if key.strip() not in known:
                    complain(path, number, f"no sentence {key}")
            for name in re.findall(r"\{\{>\s*([^}\s]+)\s*\}\}", line):
                if name != "body" and not any((folder / f"{name}.html").exists() for folder in (path.parent, SRC / "web/layout")):
                    complain(path, number, f"no partial {name}")
        check_sections(path, text)
        frame = path.parent.name == "layout" and path.name in FRAMES
        if frame != ("<html" in text) and "{{! bare }}" not in text.split("\n")[0]:
            complain(path, 1, "a frame needs <html lang>, a page must leave it to the frame")
        if frame and ('<html lang="{{lang}}"' not in text or "<main" not in text or 'class="skip"' not in text):
            complain(path, 1, "the frame needs lang, main and a skip link")
        if 'method="post"' in text and "csrf" not in text and "{{> form}}" not in text:
            complain(path, 1, "a form that posts needs csrf")
    print("\n".join(findings), end="\n" if findings else "")
    print(f"check_pages: {len(pages)} pages, {len(findings)} findings")
    return 1 if findings else 0


sys.exit(main())
