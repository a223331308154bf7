#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# report-picture.sh [FILE.png]: a picture of the demo's report for the README, by default docs/pictures/report.png.
# Needs chromium (Debian: chromium).
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
picture=${1:-$here/docs/pictures/report.png}
command -v chromium >/dev/null 2>&1 || { echo "report-picture: chromium is missing; on Debian: apt-get install chromium" >&2; exit 69; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# REPORT: a page made before, instead of the demo's.
report=${REPORT:-$work/report.html}
[ -n "${REPORT:-}" ] || "$here/patchoscope" demo --html --out "$report" 2>/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" --window-size=880,740 \
  --screenshot="$work/report.png" "file://$report" >/dev/null 2>&1
size=$(wc -c <"$work/report.png")
if [ "$size" -gt 153600 ]; then
  echo "report-picture: $size bytes are too many for the repository (150 KB)" >&2
  exit 70
fi
mv "$work/report.png" "$picture"
echo "$picture: $size bytes"
