#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# screenshots.sh ADDRESS DIR [NAME=PATH ...]: pictures of a running service's pages, 1200 pixels wide in light and in dark,
# and 500 wide, which is the least that Chromium's window has. Without names it takes the pages that every service has, and
# the first review's. Needs chromium (Debian: chromium).
set -eu
if [ $# -lt 2 ]; then
  echo "usage: screenshots.sh http://localhost:8080 DIR [NAME=PATH ...]" >&2
  exit 64
fi
site=${1%/}
dir=$2
shift 2
command -v chromium >/dev/null 2>&1 || { echo "screenshots: chromium is missing; on Debian: apt-get install chromium" >&2; exit 69; }
mkdir -p "$dir"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
if [ $# -eq 0 ]; then
  set -- start=/ search=/search?q=_TIF_SYSCALL_AUDIT+arm64 nothing=/search?q=nothing+has+this status=/status lists=/list/ \
    outbox=/outbox/ review=/r/1 series=/s/1 topic=/t/1
fi
take() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" --window-size="$3" \
    --screenshot="$dir/$1.png" $4 "$site$2" >/dev/null 2>&1 || { echo "screenshots: no picture of $2" >&2; exit 70; }
}
for page in "$@"; do
  name=${page%%=*}
  path=${page#*=}
  take "$name" "$path" 1200,1600 ''
  take "$name-phone" "$path" 500,1600 ''
  take "$name-dark" "$path" 1200,1600 '--force-dark-mode --blink-settings=preferredColorScheme=0'
done
ls "$dir"
