#!/usr/bin/env python3
"""Country and currency names (Debian package iso-codes) and region names (npm package idn-area-data) as plain tables.

Usage: make_reference.py OUT_DIR NODE_MODULES. Countries carry the Indonesian name from iso-codes' own translation.
Without idn-area-data the region table is empty and pages that need it say so.
"""
import csv
import gettext
import json
import pathlib
import sys

ISO = pathlib.Path("/usr/share/iso-codes/json")
# Names that Indonesian documents and advertisements use beside the official one.
ALSO = {"HK": "Hongkong|Hong Kong", "KR": "Korea|Korsel|Korea Selatan|South Korea", "SA": "Saudi|Saudi Arabia|Arab Saudi|KSA",
        "TW": "Taiwan", "TR": "Turki|Turkiye|Turkey", "JP": "Jepang|Japan|Nihon", "MY": "Malaysia|Malay", "SG": "Singapura|Singapore",
        "AE": "UEA|Dubai|Abu Dhabi|Uni Emirat Arab|UAE", "KH": "Kamboja|Cambodia", "MM": "Myanmar|Birma", "LA": "Laos",
        "TH": "Thailand", "PL": "Polandia|Poland", "DE": "Jerman|Germany", "BN": "Brunei", "QA": "Qatar", "KW": "Kuwait",
        "AU": "Australia", "NZ": "Selandia Baru|New Zealand", "CN": "China|Tiongkok|Cina", "GB": "Inggris|United Kingdom|UK",
        "US": "Amerika|Amerika Serikat|USA", "CA": "Kanada|Canada", "IT": "Italia|Italy", "RO": "Rumania|Romania",
        "HU": "Hongaria|Hungary", "RS": "Serbia", "MV": "Maladewa|Maldives", "JO": "Yordania|Jordan", "OM": "Oman",
        "BH": "Bahrain", "LB": "Lebanon", "SY": "Suriah|Syria", "EG": "Mesir|Egypt", "PH": "Filipina|Philippines", "VN": "Vietnam"}


def main() -> int:
    out = pathlib.Path(sys.argv[1])
    node = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    indonesian = {d: gettext.translation(d, "/usr/share/locale", languages=["id"], fallback=True) for d in ("iso_3166-1", "iso_4217")}
    countries = json.loads((ISO / "iso_3166-1.json").read_text(encoding="utf-8"))["3166-1"]
    with open(out / "countries.tsv", "w", encoding="utf-8") as f:
        for c in sorted(countries, key=lambda c: c["alpha_2"]):
            english = c.get("common_name", c["name"])
            local = indonesian["iso_3166-1"].gettext(c.get("common_name", c["name"]))
            also = ALSO.get(c["alpha_2"], "")
            f.write("\t".join([c["alpha_2"], c["alpha_3"], local, english, also]) + "\n")
    with open(out / "currencies.tsv", "w", encoding="utf-8") as f:
        for c in json.loads((ISO / "iso_4217.json").read_text(encoding="utf-8"))["4217"]:
            f.write("\t".join([c["alpha_3"], indonesian["iso_4217"].gettext(c["name"]), c["name"]]) + "\n")
    rows = []
    base = node / "idn-area-data" / "data"
    for name, kind in (("provinces", "province"), ("regencies", "regency")):
        file = base / f"{name}.csv"
        if file.exists():
            with open(file, encoding="utf-8") as f:
                for r in csv.DictReader(f):
                    rows.append((r["code"], kind, r["name"].title()))
    for name, kind in (("districts", "district"), ("villages", "village")):  # Jakarta only: addresses of the office's own area
        file = base / f"{name}.csv"
        if file.exists():
            with open(file, encoding="utf-8") as f:
                rows += [(r["code"], kind, r["name"].title()) for r in csv.DictReader(f) if r["code"].startswith("31")]
    with open(out / "regions.tsv", "w", encoding="utf-8") as f:
        for r in sorted(rows):
            f.write("\t".join(r) + "\n")
    return 0


sys.exit(main())
