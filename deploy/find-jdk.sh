# SPDX-License-Identifier: Apache-2.0
# Sourced: sets JAVA_HOME to a JDK 25, or says what to install and exits.
# A JAVA_HOME that is already a JDK 25 is kept.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25' "$1/release"
}
found=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* "$HOME"/.jdks/*25* /opt/*jdk*25*; do
  if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
    found=$candidate
    break
  fi
done
if [ -z "$found" ]; then
  echo "A JDK 25 is needed and none was found in JAVA_HOME, /usr/lib/jvm, ~/.jdks or /opt." >&2
  echo "Install one (Debian: openjdk-25-jdk, or Temurin's temurin-25-jdk) or set JAVA_HOME." >&2
  exit 69
fi
JAVA_HOME=$found
