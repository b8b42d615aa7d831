#!/usr/bin/env bash
# Builds the fuzz targets (libFuzzer, clang 14) and runs each for N seconds from its corpus. A crash stops with its input.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-10}
cmake --preset fuzz >build/fuzz-configure.log 2>&1 || { cat build/fuzz-configure.log; exit 1; }
targets=()
for f in tests/fuzz/*_fuzz.cc; do targets+=("$(basename "$f" .cc)"); done
cmake --build build/fuzz --target "${targets[@]}" | grep -vE '^\[[0-9]+/[0-9]+\]' || true
for target in "${targets[@]}"; do
  corpus="tests/fuzz/corpus/${target%_fuzz}"; found="build/fuzz/found/$target"
  mkdir -p "$found" "$corpus"
  build/fuzz/"$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=20000 -print_final_stats=1 \
    -artifact_prefix="$found/" "$found" "$corpus" >"build/fuzz/$target.log" 2>&1 || { tail -40 "build/fuzz/$target.log"; exit 1; }
  printf '%-18s %s executions\n' "$target" "$(awk '/number_of_executed_units/ {print $2}' "build/fuzz/$target.log")"
done
