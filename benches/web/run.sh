#!/usr/bin/env bash
# ./bench web: durable registrations, public job page, verdict; beside PocketBase with the same two jobs. Everything on one
# machine in one run, alternating, median of the rounds; load generator included in the two cores.
#   ./bench web [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 benches/web/run.py "${1:-3}" "${2:-8}"
