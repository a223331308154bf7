#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds everything and runs all tests, with a real kernel tree where one can be had.
# PATCHOSCOPE_CACHE: where the tree is kept. PATCHOSCOPE_TREE_7_2: a tree to use instead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skipped=
deploy/install-needs.sh --browser

trees=${PATCHOSCOPE_CACHE:-${HOME:-/root}/.cache/patchoscope}/trees
if [[ -n ${PATCHOSCOPE_TREE_7_2:-} ]]; then
  if [[ ! -f $PATCHOSCOPE_TREE_7_2/Kbuild ]]; then
    echo "test: PATCHOSCOPE_TREE_7_2 is $PATCHOSCOPE_TREE_7_2, which is no kernel tree" >&2
    exit 64
  fi
elif deploy/fetch-kernel.sh linux-source-7.2 "$trees"; then
  PATCHOSCOPE_TREE_7_2=$trees/linux-source-7.2
else
  skipped="SKIPPED: kernel run (linux-source-7.2 could not be fetched, see above)"
  unset PATCHOSCOPE_TREE_7_2
  echo "$skipped"
fi
if [[ -n ${PATCHOSCOPE_TREE_7_2:-} ]]; then
  export PATCHOSCOPE_TREE_7_2
fi

# Reports of an earlier run must not be counted.
rm -rf -- */target/surefire-reports bot/*/target/surefire-reports
status=0
./build verify "$@" || status=$?

shopt -s nullglob
echo
reports=({,bot/}*/target/surefire-reports/TEST-*.xml)
# One suite a file; its counts are attributes of the first <testsuite>. A skipped test is not a passed one.
awk '
  function count(name) { return match(head, " " name "=\"[0-9]+\"") ? substr(head, RSTART + length(name) + 3) + 0 : 0 }
  FNR == 1 { head = ""; taken = 0; test = "" }
  !taken { head = head $0; if (match(head, /<testsuite [^>]*>/)) {
    head = substr(head, RSTART, RLENGTH); taken = 1
    tests += count("tests"); failures += count("failures"); errors += count("errors"); skips += count("skipped") } }
  /<testcase / { test = $0; sub(/.*classname="/, "", test); class = test; sub(/".*/, "", class)
    name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name) }
  /<skipped/ { why = ""
    if (match($0, /message="[^"]*"/)) why = substr($0, RSTART + 9, RLENGTH - 10)
    else if (match($0, /CDATA\[[^:]*: /)) why = substr($0, RSTART + RLENGTH)
    sub(/^Assumption failed: /, "", why); sub(/\]\]>.*/, "", why)
    print "SKIPPED: " class "." name (why == "" ? "" : " (" why ")") }
  END {
    printf "Tests run: %d, passed: %d, failures: %d, errors: %d, skipped: %d\n",
      tests, tests - failures - errors - skips, failures, errors, skips
    exit tests == 0 || failures + errors > 0
  }' "${reports[@]}" /dev/null || { [[ $status -ne 0 ]] || status=1; }
if [[ -n $skipped ]]; then
  echo "$skipped"
fi
if [[ $status -ne 0 ]]; then
  echo "FAILED (exit code $status)"
fi
exit "$status"
