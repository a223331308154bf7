#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tries logging in at a real issuer: gets Keycloak with Maven, starts it for trying out with realm.json, and runs KeycloakIT with the
# packaged program and Debian's Chromium against it. Needs what ./build needs; nothing is installed.
#   deploy/oidc/try-keycloak.sh [DIRECTORY]        (by default ~/.cache/patchoscope/keycloak)
set -eu
version=26.4.7
port=${KEYCLOAK_PORT:-8481}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${1:-${PATCHOSCOPE_CACHE:-$HOME/.cache/patchoscope}/keycloak}
keycloak=$directory/keycloak-$version
# shellcheck source=/dev/null
. "$root/deploy/find-jdk.sh"

mkdir -p "$directory"
if [ ! -x "$keycloak/bin/kc.sh" ]; then
    mvn -q -B dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -DoutputDirectory="$directory"
    (cd "$directory" && "$JAVA_HOME/bin/jar" xf "keycloak-quarkus-dist-$version.zip" && chmod +x "$keycloak/bin/kc.sh")
fi
mkdir -p "$keycloak/data/import"
cp "$here/realm.json" "$keycloak/data/import/"

JAVA_OPTS='-Xms128m -Xmx900m' "$keycloak/bin/kc.sh" start-dev --import-realm --http-host 127.0.0.1 --http-port "$port" \
    >"$directory/log" 2>&1 &
server=$!
# kc.sh is a shell; the server is its child.
trap 'pkill -P $server 2>/dev/null || true; kill $server 2>/dev/null || true' EXIT INT TERM
tries=0
until grep -q 'Listening on' "$directory/log"; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 $server 2>/dev/null; then
        echo "try-keycloak: Keycloak does not start; see $directory/log" >&2
        exit 1
    fi
    sleep 1
done
cd "$root"
./build -pl config,mail-ingest,differ,semantic-checker,bot,service integration-test \
    -Dtest=KeycloakIT -Dsurefire.failIfNoSpecifiedTests=false \
    -Dpatchoscope.keycloak="http://127.0.0.1:$port/realms/kernel"
