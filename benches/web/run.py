#!/usr/bin/env python3
"""Runs the web bench and writes benches/results/web.md. Called by run.sh."""
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

ROUNDS, SECONDS = int(sys.argv[1]), int(sys.argv[2])
ROOT = pathlib.Path.cwd()
WORK = ROOT / "build/bench/web"
HZ = os.sysconf("SC_CLK_TCK")
LIMITLESS = {"RANTAU_RATE_LIMIT": "0"}  # the load comes from one address: the limits would answer instead of the server


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Served:
    """A server process with what it cost."""

    def __init__(self, words, port, cwd=None, env=None):
        self.port = port
        began = time.monotonic()
        self.process = subprocess.Popen(words, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    raise SystemExit(f"did not start: {words}")
                time.sleep(0.005)
        self.start_ms = (time.monotonic() - began) * 1000

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / HZ

    def memory(self, what="VmRSS"):
        return int(re.search(what + r":\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(25)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def load(server, script, connections, path, seconds=SECONDS, threads=1):
    before = server.cpu()
    out = subprocess.run(["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(ROOT / "benches/web" / script),
                          f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, check=True).stdout
    rate, p50, p99, errors = re.search(r"RESULT (\d+) ([\d.]+) ([\d.]+) (\d+)", out).groups()
    cpu = (server.cpu() - before) / max(1, int(rate) * seconds) * 1e6
    return {"rate": float(rate), "p50": float(p50), "p99": float(p99), "errors": int(errors), "cpu": cpu, "rss": server.memory(), "peak": server.memory("VmHWM")}


def fresh(name):
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def registrations(name, extra=()):
    port, data = free_port(), fresh(name)
    return Served([ROOT / "build/release/bench_registrations", data, str(port), *extra], port, env=LIMITLESS)


def store_alone(threads, extra=()):
    """The same registration written by threads that call the store: no HTTP, no load generator."""
    data = fresh("store")
    out = subprocess.run([ROOT / "build/release/bench_registrations", data, "--store", str(threads), str(SECONDS), *extra], capture_output=True, text=True, check=True).stdout
    rate, cpu, group = map(float, out.split()[1:])
    return {"rate": rate, "cpu": cpu, "group": group}


def disk():
    out = subprocess.run([ROOT / "build/release/bench_registrations", fresh("disk"), "--disk"], capture_output=True, text=True, check=True).stdout
    return float(out.split()[1])


def pocketbase():
    port = free_port()
    return Served([ROOT / "build/bench/pocketbase/pocketbase", "serve", f"--http=127.0.0.1:{port}"], port, cwd=fresh("pocketbase"))


def get(port, path, headers=None):
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers or {})) as r:
        return r.read()


def median(rows, key):
    return statistics.median(r[key] for r in rows)


def main():
    subprocess.run(["cmake", "--build", "build/release", "--target", "bench_registrations", "rantau"], check=True, stdout=subprocess.DEVNULL)
    peer = (ROOT / "build/bench/pocketbase/pocketbase").exists() or build_peer()
    results = {}

    def note(what, row):
        results.setdefault(what, []).append(row)
        print(f"{what:44} {row['rate']:9.0f}/s  p50 {row['p50']:7.2f} ms  p99 {row['p99']:7.2f} ms  errors {row['errors']}", flush=True)

    province = WORK / "province"
    if not (province / "rantau.db").exists():
        fresh("province")
        subprocess.run([ROOT / "build/release/rantau", "demo", "--data", province, "--companies", "5000", "--orders", "20000", "--seed", "7"], check=True,
                       stdout=subprocess.DEVNULL)
    alone, syncs = {}, []
    for _ in range(ROUNDS):
        syncs.append(disk())
        for threads in (64, 512):
            for what, extra in (("group", ()), ("each", ("--one-each",))):
                row = store_alone(threads, extra)
                alone.setdefault((threads, what), []).append(row)
                print(f"store alone, {threads} threads, {what:6} {row['rate']:9.0f}/s  {row['group']:.1f} a commit", flush=True)
        for connections in (64, 512):
            s = registrations("group"); note(f"registration, group commit, c{connections}", load(s, "post.lua", connections, "/daftar")); s.stop()
        s = registrations("single", ("--one-each",)); note("registration, one transaction each, c64", load(s, "post.lua", 64, "/daftar")); s.stop()
        if peer:
            for connections in (64, 512):
                s = pocketbase(); note(f"registration, PocketBase FULL, c{connections}", load(s, "post_json.lua", connections, "/daftar")); s.stop()
            s = pocketbase(); note("job page, PocketBase, c64", load(s, "get.lua", 64, "/lowongan")); s.stop()
        port = free_port()
        s = Served([ROOT / "build/release/rantau", "serve", "--data", province, "--port", str(port)], port, env=LIMITLESS)
        start_ms, idle = s.start_ms, s.memory()
        code = re.search(rb"/lowongan/([0-9A-Z]{9})", get(port, "/lowongan").replace(b"-", b""))
        code = code or re.search(rb"/lowongan/([0-9A-Z-]+)", get(port, "/lowongan"))
        row = load(s, "get.lua", 64, "/lowongan/" + code[1].decode()); row.update(start=start_ms, idle=idle)
        note("public job page, c64", row)
        note("verdict on 1,000 characters, c4", load(s, "check.lua", 4, "/api/v1/offer-checks"))
        s.stop()
    write(results, peer, alone, statistics.median(syncs))


def build_peer():
    folder = WORK.parent / "pocketbase"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("main.go", "go.mod", "go.sum"):
        shutil.copy(ROOT / "benches/web/pocketbase" / name, folder)
    return shutil.which("go") and subprocess.run(["go", "build", "-o", "pocketbase", "."], cwd=folder).returncode == 0


def write(results, peer, alone, sync_ms):
    lines = ["# Web bench", "", f"`./bench web {ROUNDS} {SECONDS}` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} cores, load generator (wrk) on the same cores; median of {ROUNDS} rounds of {SECONDS} s,",
             "all in one run. synchronous=FULL on both sides; every registration is one row and one journal row. CPU is the server's own.", "",
             "| what | requests/s | p50 ms | p99 ms | errors | CPU µs/request | RSS MB | peak MB |", "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for what, rows in results.items():
        lines.append(f"| {what} | {median(rows, 'rate'):,.0f} | {median(rows, 'p50'):.2f} | {median(rows, 'p99'):.2f} | {sum(r['errors'] for r in rows)} | {median(rows, 'cpu'):.0f} | {median(rows, 'rss'):.0f} | {max(r['peak'] for r in rows):.0f} |")
    rate = {k: median(v, "rate") for k, v in results.items()}
    page = results["public job page, c64"]
    lines += ["", f"The store alone (threads call it directly: no HTTP, no load generator). A 4 KiB append and fdatasync takes {sync_ms:.2f} ms here (median).", "",
              "| what | registrations/s | CPU µs each | registrations a commit |", "|---|---:|---:|---:|"]
    for (threads, what), rows in alone.items():
        name = "group commit" if what == "group" else "one transaction each"
        lines.append(f"| {name}, {threads} threads | {median(rows, 'rate'):,.0f} | {median(rows, 'cpu'):.0f} | {median(rows, 'group'):.1f} |")
    lines += ["", "| ratio | value |", "|---|---:|",
              *[f"| group commit to one transaction each, store alone, {t} threads | {median(alone[t, 'group'], 'rate') / median(alone[t, 'each'], 'rate'):.1f}× |" for t in (64, 512)],
              f"| group commit to one transaction each, over HTTP, c64 | {rate['registration, group commit, c64'] / rate['registration, one transaction each, c64']:.1f}× |"]
    if peer:
        lines += [f"| registrations, Rantau to PocketBase, c64 | {rate['registration, group commit, c64'] / rate['registration, PocketBase FULL, c64']:.1f}× |",
                  f"| registrations, Rantau to PocketBase, c512 | {rate['registration, group commit, c512'] / rate['registration, PocketBase FULL, c512']:.1f}× |",
                  f"| job page, Rantau to PocketBase | {rate['public job page, c64'] / rate['job page, PocketBase, c64']:.1f}× |"]
    else:
        lines.append("| PocketBase | not run |")
    size = (ROOT / "build/release/rantau").stat().st_size / 1e6
    lines += ["", f"With 5,000 companies and 20,000 job orders: start to first connection {median(page, 'start'):.0f} ms, idle memory {median(page, 'idle'):.0f} MB. Binary {size:.1f} MB.", ""]
    (ROOT / "benches/results/web.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


main()
