#!/usr/bin/env python3
"""Runs the journal bench and writes benches/results/journal.md. Called by run.sh."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ENTRIES, ROUNDS = int(sys.argv[1]), int(sys.argv[2])
ROOT = pathlib.Path.cwd()
BUILD = pathlib.Path(os.environ.get("RANTAU_BUILD", ROOT / "build/release"))
DATA = ROOT / "build/bench/journal"
PROGRAM = BUILD / "bench_journal"


def figures(*words):
    out = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=True).stdout
    return [float(x) for x in out.split()[1:]]


def main():
    subprocess.run(["cmake", "--build", BUILD, "--target", "bench_journal"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    load = os.getloadavg()[0]
    one_each, bulk, append_mb = figures("append", DATA, ENTRIES)
    proofs = [figures("verify", DATA) for _ in range(ROUNDS)]
    noted = [figures("verify-noted", DATA) for _ in range(ROUNDS)]
    size = (DATA / "rantau.db").stat().st_size / 1e6

    def median(rows, column):
        return statistics.median(r[column] for r in rows)

    lines = [
        "# Journal bench", "",
        f"`./bench journal {ENTRIES} {ROUNDS}` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} cores, load {load:.1f} before; synchronous=FULL; medians of {ROUNDS} rounds.", "",
        "| what | value |", "|---|---:|",
        f"| append, a transaction an entry, 64 callers, sealed | {one_each:,.0f} entries/s |",
        f"| append, 1,000 entries a transaction, sealed | {bulk:,.0f} entries/s |",
        f"| append, peak memory | {append_mb:.0f} MB |",
        f"| verify {ENTRIES:,} entries, {proofs[0][2]:,.0f} checkpoints | {median(proofs, 3):.2f} s |",
        f"| verify, best of {ROUNDS} | {min(r[3] for r in proofs):.2f} s |",
        f"| verify, processor time | {median(proofs, 4):.2f} s |",
        f"| verify against a checkpoint noted outside | {median(noted, 3):.2f} s |",
        f"| verify, peak memory | {max(r[5] for r in proofs):.0f} MB |",
        f"| database | {size:,.0f} MB |", "",
    ]
    (ROOT / "benches/results/journal.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    shutil.rmtree(DATA)


main()
