#!/usr/bin/env bash
# Installs the system parts that packages.txt names, where it may; else prints the one command to run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
column() { awk -v c="$1" '!/^#/ && NF && $c != "-" {print $c}' "$here/packages.txt"; }

if command -v apt-get >/dev/null; then
  mapfile -t missing < <(for p in $(column 1); do dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"; done)
  [ ${#missing[@]} = 0 ] && exit 0
  run=(); [ "$(id -u)" = 0 ] || run=(sudo -n)
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
    echo "installing: ${missing[*]}"
    "${run[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    exit 0
  fi
  echo "Fanjian needs system packages. Run this once, then make again:" >&2
  echo "  sudo apt-get install ${missing[*]}" >&2
  exit 1
elif command -v brew >/dev/null; then
  mapfile -t missing < <(for p in $(column 2); do brew list "$p" >/dev/null 2>&1 || echo "$p"; done)
  [ ${#missing[@]} = 0 ] || brew install "${missing[@]}"
else
  echo "Fanjian needs Pango, HarfBuzz-subset, Noto CJK Serif and Sans, and LXGW WenKai." >&2
  echo "Install them with your system's package manager, then: mkdir -p .venv && touch .venv/.system && make" >&2
  exit 1
fi
