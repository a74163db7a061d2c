#!/bin/bash
# Gives WeasyPrint its system libraries: root installs them, anybody else unpacks Debian's packages into .venv/debian.
# Where neither works it says what to run; the portal starts all the same, and documents wait.
set -eu
cd "$(dirname "$0")/.."
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
work() { .venv/bin/python -m portal.base.pango; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" "${packages[@]}" >>"$log" 2>&1; }

unpack() { # apt resolves and checks what is missing here; only dpkg's own step, which needs root, is ours
  local temporary; temporary=$(mktemp -d)
  mkdir -p "$temporary/lists/partial" "$temporary/cache/archives/partial"
  local without_root=(--download-only -o Debug::NoLocking=1 -o "Dir::Cache=$temporary/cache")
  install "${without_root[@]}" || {
    local lists=(-o "Dir::State::Lists=$temporary/lists" -o Debug::NoLocking=1)
    apt-get update -qq "${lists[@]}" -o "Dir::Cache=$temporary/cache" >>"$log" 2>&1 && install "${without_root[@]}" "${lists[@]}"
  } || { rm -rf "$temporary"; return 1; }
  rm -rf .venv/debian
  for package in "$temporary"/cache/archives/*.deb; do dpkg-deb -x "$package" .venv/debian; done
  rm -rf "$temporary"
}

work && exit 0
log=.venv/pdf-libraries.log
: >"$log"
if command -v apt-get >/dev/null; then
  echo 'Getting the libraries for PDFs …'
  if [ "$(id -u)" = 0 ]; then install || { apt-get update -qq >>"$log" 2>&1 && install; } || true; else unpack || true; fi
fi
work || echo "PDFs will wait until root has run: apt-get install -y --no-install-recommends ${packages[*]}   (why: $log)"
