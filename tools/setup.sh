#!/usr/bin/env bash
# Installs what the machine lacks: Debian packages of tools/packages.txt and pinned npm packages. Does nothing when all is there.
#   tools/setup.sh run | test
set -euo pipefail
cd "$(dirname "$0")/.."
level=${1:-run}

wanted=$(awk -v level="$level" '$1 == "run" || $1 == level { for (i = 2; i <= NF; i++) print $i }' tools/packages.txt)
have() { [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = "install ok installed" ]; }
missing=()
for package in $wanted; do have "$package" || missing+=("$package"); done
command -v node >/dev/null && command -v npm >/dev/null || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Memasang / installing: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Perlu root untuk memasang paket. / Root is needed to install packages: apt-get install ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  # What is fetched and how far it is set up; the rest of what apt says stands in build/apt.log.
  mkdir -p build
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" 2>&1 | tee build/apt.log |
    awk '/^Need to get|^Fetched|^E: / { print "  " $0; fflush() }
         /^Setting up / && ++done % 20 == 0 { print "  " done " ..."; fflush() }'
fi

# Region names and browser files come from npm. Without npm's registry the program still builds and serves.
want_node=node_modules/.rantau-$level-$(sha256sum package-lock.json | cut -c1-12)
if [ ! -e "$want_node" ] && [ ! -e "${want_node/-run-/-test-}" ]; then
  echo "Memasang / installing: npm (package-lock.json)"
  omit=(); [ "$level" = run ] && omit=(--omit=dev)
  # Older and newer npm disagree on peers in a lock file; the versions are pinned either way.
  if npm ci --no-audit --no-fund --ignore-scripts --loglevel=error "${omit[@]}" >/dev/null 2>&1 ||
     npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "${omit[@]}" >/dev/null; then
    touch "$want_node"
  elif [ "$level" = test ]; then
    echo "npm ci gagal / failed: the browser tests need it." >&2; exit 1
  else
    echo "npm tidak terjangkau: nama wilayah dan htmx tidak ikut. / npm is out of reach: region names and htmx are left out." >&2
  fi
fi
