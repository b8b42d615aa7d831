#!/usr/bin/env bash
# What no program can test of itself: that `./run` needs the packages it installs and no others, and what it does with an
# unfinished demo; and that the guides name what exists. A second or two; installs nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
fail() { echo "run_test: $1" >&2; exit 1; }

# The release preset finds neither gtest nor rapidcheck, and says nothing that would hide an error.
said=$(cmake --preset release -B "$place/build" 2>&1) || fail "configuring fails: $said"
grep -qi "warning" <<<"$said" && fail "configuring warns: $said"
grep -qE "RAPIDCHECK|GTest_DIR" "$place/build/CMakeCache.txt" && fail "the release preset looks for gtest or rapidcheck"
grep -E '^run ' tools/packages.txt | grep -qE 'gtest|rapidcheck|clang' && fail "a package of the tests stands among those of run"

# The guides name tests that exist: `web_page_test` is src/web/page_test.cc.
for name in $(grep -ohE '`[a-z]+_[a-z_]+_test`' ./*.md | tr -d '`' | sort -u); do
  [ -e "src/${name%%_*}/${name#*_}.cc" ] || [ -e "tests/house/${name#house_}.cc" ] || fail "a guide names $name, which does not exist"
done

# ./run with everything around it replaced by what only says its words.
mkdir -p "$place/at/tools" "$place/at/build/release" "$place/bin"
cp run "$place/at/run"
printf '#!/bin/sh\nexit 0\n' | tee "$place/at/tools/setup.sh" >"$place/bin/cmake"
printf '#!/bin/sh\necho "$@"\n' >"$place/at/build/release/rantau"
chmod +x "$place/at/run" "$place/at/tools/setup.sh" "$place/bin/cmake" "$place/at/build/release/rantau"
runs() { env -u RANTAU_DATA -u RANTAU_DB PATH="$place/bin:$PATH" "$place/at/run" "$@"; }
expect() { [ "$1" = "$2" ] || fail "expected [$1], got [$2]"; }

expect $'demo --data data --people 20000 --seed 1\nserve --data data --port 9000' "$(runs --port 9000)"
expect $'demo --data elsewhere --people 20000 --seed 1\nserve --data elsewhere --data elsewhere' "$(runs --data elsewhere)"
expect "build/release/rantau" "$(runs --no-serve)"
mkdir "$place/at/data"; touch "$place/at/data/rantau.db"
expect "serve --data data" "$(runs)"
touch "$place/at/data/demo.unfinished"
expect $'demo --data data --people 20000 --seed 1\nserve --data data' "$(runs)"
expect "serve --data data --db postgres://x" "$(runs --db postgres://x)"
echo "run_test: good"
