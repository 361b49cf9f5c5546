#!/usr/bin/env bash
# Installs the system parts that packages.txt names, where it may; else prints the one command to run.
#   system/install.sh [PYTHON]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${1:-python3}
column() { awk -v c="$1" '!/^#/ && NF && $c != "-" {print $c}' "$here/packages.txt"; }

if command -v apt-get >/dev/null; then
  mapfile -t wanted < <(column 1)
  # Debian's Python comes without what makes a virtual environment.
  "$python" -c 'import ensurepip, venv' 2>/dev/null || wanted+=(python3-venv)
  missing=()
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && exit 0
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    echo "Fanjian needs system packages. Run this once, then make again:" >&2
    echo "  sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  echo "installing: ${missing[*]}"
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -qq &&
         DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    exit 1
  fi
elif command -v brew >/dev/null; then
  for package in $(column 2); do
    brew list "$package" >/dev/null 2>&1 || brew install "$package"
  done
else
  echo "Fanjian needs Pango, HarfBuzz-subset, Noto Serif CJK, Noto Sans CJK and LXGW WenKai." >&2
  echo "Install them with your system's package manager, then: mkdir -p .venv && touch .venv/.system && make editions" >&2
  exit 1
fi
