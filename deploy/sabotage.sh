#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes small faults in the machine code of every function of the profiles, asks the engine about each, and prints what it said.
# What is in the output directory already is not done again, so that it can be stopped and started anew.
#
# usage: sabotage.sh TREE OUTPUT [COUNT [SEED [MILLISECONDS [PATTERN]]]]
#
# TREE is a plain kernel source directory, COUNT the faults per architecture (default 1600), MILLISECONDS the processor time for
# each, PATTERN a regular expression for "KIND function". ARCH=arm64 or ARCH=x86_64 in the environment chooses one architecture.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
. "$here/find-jdk.sh"
top=$here/..
tree=$1
output=$2
cache=${PATCHOSCOPE_CACHE:-$HOME/.cache/patchoscope}
arch=${ARCH:-arm64,x86_64}
classpath=$top/bot/review/target/sabotage-classpath.txt
"$top/build" -q -DskipTests -pl bot/review -am package dependency:build-classpath \
  -DincludeScope=test "-Dmdep.outputFile=$classpath"
run() {
  nice -n 10 "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx6g \
    -cp "$top/bot/review/target/test-classes:$top/bot/review/target/classes:$(cat "$classpath")" \
    org.patchoscope.bot.sabotage.Sabotage "$@"
}
run "$arch" "$tree" "$cache" "$output" "${3:-1600}" "${4:-3}" "${5:-1000}" "${6:-.*}"
run table "$output"/*.jsonl
