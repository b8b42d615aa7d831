#!/usr/bin/env python3
"""Checks the sentences: the same keys and places in both languages, none unused, none missing, no forbidden word.

A key built at run time is declared in its text file by a comment line `# used: prefix.*`.
"""
import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
FORBIDDEN = re.compile(r"\bperlindungan\b|\bTKI\b", re.IGNORECASE)
PLACE = re.compile(r"\{([a-z_0-9]+)(?:\|[^}]*)?\}")
findings: list[str] = []


def complain(path: pathlib.Path, line: int, what: str) -> None:
    findings.append(f"{path.relative_to(SRC.parent)}:{line}: {what}")


def read(lang: str):
    """key -> (path, line, sentence), and the declared prefixes."""
    sentences: dict[str, tuple[pathlib.Path, int, str]] = {}
    declared: list[str] = []
    for path in sorted([*SRC.glob(f"web/text/*.{lang}.txt"), *SRC.glob(f"modules/*/text/*.{lang}.txt")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = line.strip()
            if line.startswith("# used:"):
                declared += line[7:].split()
            if not line or line.startswith("#"):
                continue
            key, equals, sentence = (part.strip() for part in line.partition("="))
            if not equals or not sentence:
                complain(path, number, f"no sentence: {line}")
                continue
            if key in sentences:
                complain(path, number, f"key twice: {key}")
            if FORBIDDEN.search(sentence):
                complain(path, number, f"forbidden word: {sentence}")
            module = path.parts[-3] if path.parts[-4] == "modules" else None
            if module and not key.startswith(module + "."):
                complain(path, number, f"key does not begin with {module}.: {key}")
            sentences[key] = (path, number, sentence)
    return sentences, declared


def code():
    """Every quoted word of the sources and every {{t.key}} of the pages, with where it stands."""
    quoted: set[str] = set()
    asked: list[tuple[pathlib.Path, int, str]] = []
    for path in sorted(p for p in SRC.rglob("*") if p.suffix in (".cc", ".h", ".html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            quoted.update(re.findall(r'"([a-z_0-9]+(?:\.[A-Za-z_0-9]+)*\.?)"', line))
            for key in re.findall(r"\{\{[#^/]?t\.([A-Za-z_0-9.]+)\}\}", line if path.suffix == ".html" else ""):
                asked.append((path, number, key))
            if path.suffix == ".cc" and not path.name.endswith("_test.cc"):
                asked += [(path, number, k) for k in re.findall(r'\bq\.t\("([^"]+)"[,)]', line)]
    return quoted, asked


def main() -> int:
    indonesian, declared = read("id")
    english, _ = read("en")
    quoted, asked = code()
    for here, there, lang in ((indonesian, english, "en"), (english, indonesian, "id")):
        for key, (path, line, _) in here.items():
            if key not in there:
                complain(path, line, f"{key} is missing in {lang}")
    for key, (path, line, sentence) in english.items():
        if key in indonesian and set(PLACE.findall(sentence)) != set(PLACE.findall(indonesian[key][2])):
            complain(path, line, f"{key} has other places than in id")
    for path, line, key in asked:
        if key not in indonesian:
            complain(path, line, f"no sentence {key}")
    wanted = quoted | {key for _, _, key in asked}
    for key, (path, line, _) in indonesian.items():
        form = next((q for q in quoted if key.startswith(q + ".")), None)  # labels of a Form by its key
        if key not in wanted and form is None and not any(key.startswith(d.rstrip("*")) for d in declared):
            complain(path, line, f"{key} is not used")
    words = [len(s.split()) for _, _, text in indonesian.values() for s in re.split(r"[.!?](?:\s|$)", text) if s.strip()]
    print("\n".join(findings), end="\n" if findings else "")
    print(f"check_text: {len(indonesian)} sentences, {sum(words) / max(len(words), 1):.1f} words each on average, {len(findings)} findings")
    return 1 if findings else 0


sys.exit(main())
