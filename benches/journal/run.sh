#!/usr/bin/env bash
# ./bench journal: writing, sealing and proving the tamper-evident journal. Writing and proving are processes of their own.
#   ./bench journal [ENTRIES] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 benches/journal/run.py "${1:-1000000}" "${2:-3}"
