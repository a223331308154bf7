#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what building and testing need besides a JDK 25 and Maven: for root on a machine with apt.
# For anyone else it says what is missing. With --browser also the browser of the web tests.
# Where everything is there, it does nothing: no network, no package lists.
set -eu

# What is looked for, and the Debian package that has it.
needs='bwrap:bubblewrap qemu-aarch64:qemu-user qemu-system-aarch64:qemu-system-arm qemu-system-x86_64:qemu-system-x86 flex:flex bison:bison bc:bc make:make gcc:gcc git:git xz:xz-utils'
headers='stdio.h:libc6-dev libelf.h:libelf-dev'

case ${1:-} in
  '') ;;
  --browser) needs="$needs chromium:chromium" ;;
  *)
    echo "usage: install-needs.sh [--browser]" >&2
    exit 64
    ;;
esac

has_header() {
  printf '#include <%s>\n' "$1" | gcc -E -x c - >/dev/null 2>&1
}

missing() {
  for need in $needs; do
    command -v "${need%%:*}" >/dev/null 2>&1 || printf ' %s' "${need#*:}"
  done
  for header in $headers; do
    has_header "${header%%:*}" || printf ' %s' "${header#*:}"
  done
}

packages=$(missing)
if [ -z "$packages" ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "install-needs: missing (Debian's package names):$packages" >&2
  echo "install-needs: on Debian, as root: apt-get install --no-install-recommends$packages" >&2
  exit 69
fi
echo "install-needs: installing$packages" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get -q update >&2
# The list is words without blanks of their own.
# shellcheck disable=SC2086
apt-get -q install -y --no-install-recommends $packages >&2
packages=$(missing)
if [ -n "$packages" ]; then
  echo "install-needs: still missing after the installation:$packages" >&2
  exit 69
fi
