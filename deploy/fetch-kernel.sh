#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fetch-kernel.sh PACKAGE DIR: unpacks a Debian kernel source package (linux-source-6.12) to DIR/PACKAGE.
# Nothing is installed and the machine's package lists stay as they are. Where the packages come from
# is what the machine's own apt sources say: its Debian release, and trixie-backports at the same place.
# apt checks the signatures. Runs as any user.
set -eu

fail() {
  echo "fetch-kernel: $1" >&2
  exit "${2:-69}"
}

if [ $# -ne 2 ]; then
  echo "usage: fetch-kernel.sh linux-source-VERSION DIR" >&2
  exit 64
fi
package=$1
case $package in
  linux-source-[0-9]*) ;;
  *) fail "'$package' is not the name of a kernel source package, such as linux-source-6.12" 64 ;;
esac
case $package in *[!a-z0-9.-]*) fail "'$package' is not a package name" 64 ;; esac

if [ -f "$2/$package/Kbuild" ]; then
  echo "fetch-kernel: $2/$package is there already" >&2
  exit 0
fi
if [ -e "$2/$package" ]; then
  fail "$2/$package exists but is no kernel tree; remove it or choose another directory" 73
fi
for tool in apt-get dpkg-deb tar xz awk; do
  command -v $tool >/dev/null 2>&1 || fail "$tool is missing; this needs a Debian-like machine (and xz-utils)"
done
codename=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}") || codename=
[ -n "$codename" ] || fail "/etc/os-release names no release (VERSION_CODENAME)"
mkdir -p "$2" || fail "cannot make the directory $2" 73
dir=$(CDPATH= cd -- "$2" && pwd)

# apt downloads with the rights of its own user, who must get into $work; $unpack is beside its goal.
work=$(mktemp -d)
unpack=
trap 'rm -rf "$work" ${unpack:+"$unpack"}' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
chmod 755 "$work"
mkdir -p "$work/etc" "$work/lists/partial" "$work/cache/archives/partial" "$work/deb"
if [ "$(id -u)" -eq 0 ] && id _apt >/dev/null 2>&1; then
  chown _apt "$work/deb"
fi

# The machine's entries for its own release, and the same with the suite replaced. An entry keeps all
# else it says: place, key, components. Other entries are left out: they have no kernel, and may be slow.
etc=$(apt-config dump --format '%v%n' Dir::Etc 2>/dev/null | head -n 1)
case $etc in /*) ;; *) etc=/${etc:-etc/apt} ;; esac
awk -v release="$codename" -v newer=trixie-backports '
  function own(suites,   n, part, i) {
    n = split(suites, part, /[ \t]+/)
    for (i = 1; i <= n; i++) if (part[i] == release) return 1
    return 0
  }
  function security(suites) { return suites ~ ("(^|[ \t])" release "(-|/)(updates|security)") }
  function field(name,   i) {
    for (i = 1; i <= lines; i++)
      if (tolower(line[i]) ~ ("^" name ":")) return substr(line[i], index(line[i], ":") + 1)
    return ""
  }
  function stanza(suites,   i) {
    for (i = 1; i <= lines; i++)
      print tolower(line[i]) ~ /^suites:/ ? "Suites: " suites : line[i]
    print ""
  }
  function end_of_stanza(   suites) {
    suites = field("suites")
    if (field("types") ~ /(^|[ \t])deb([ \t]|$)/ && field("enabled") !~ /no/ && (own(suites) || security(suites))) {
      stanza(suites)
      if (own(suites)) stanza(newer)
    }
    lines = 0
  }
  FNR == 1 { if (lines) end_of_stanza() }
  FILENAME ~ /\.sources$/ && /^[ \t]*$/ { end_of_stanza(); next }
  FILENAME ~ /\.sources$/ { if ($0 !~ /^#/) line[++lines] = $0; next }
  # One-line entries become stanzas: deb [options] place suite components...
  /^deb[ \t]/ {
    options = ""
    if (match($0, /\[[^]]*\]/)) {
      options = substr($0, RSTART + 1, RLENGTH - 2)
      $0 = substr($0, 1, RSTART - 1) " " substr($0, RSTART + RLENGTH)
    }
    lines = 0
    line[++lines] = "Types: deb"
    line[++lines] = "URIs: " $2
    line[++lines] = "Suites: " $3
    parts = ""
    for (i = 4; i <= NF && $i !~ /^#/; i++) parts = parts " " $i
    line[++lines] = "Components:" parts
    if (match(options, /signed-by=[^ \t]+/))
      line[++lines] = "Signed-By: " substr(options, RSTART + 10, RLENGTH - 10)
    end_of_stanza()
  }
  END { if (lines) end_of_stanza() }
' $(find "$etc/sources.list" "$etc/sources.list.d" -maxdepth 1 \( -name '*.list' -o -name '*.sources' \) -type f 2>/dev/null) \
  /dev/null >"$work/etc/kernel.sources"
[ -s "$work/etc/kernel.sources" ] || fail "no apt source of this machine is for its release, $codename"

cat >"$work/etc/apt.conf" <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "$work/etc/kernel.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::AllowInsecureRepositories "false";
APT::Get::AllowUnauthenticated "false";
CONF

echo "fetch-kernel: reading the package lists" >&2
# Not every place has the newer suite; what counts is whether the package is found.
apt-get -c "$work/etc/apt.conf" -q update >"$work/log" 2>&1 || true
if ! apt-cache -c "$work/etc/apt.conf" show "$package" >/dev/null 2>&1; then
  grep '^[EW]:' "$work/log" >&2 || true
  fail "no package $package in $codename or trixie-backports (or its list could not be read, see above)"
fi
echo "fetch-kernel: downloading $package" >&2
if ! (cd "$work/deb" && apt-get -c "$work/etc/apt.conf" -q download "$package") >"$work/log" 2>&1; then
  cat "$work/log" >&2
  fail "the download of $package failed"
fi

echo "fetch-kernel: unpacking to $dir/$package" >&2
dpkg-deb -x "$work"/deb/*.deb "$work/x" || fail "the package cannot be unpacked" 74
unpack=$(mktemp -d "$dir/.fetch-kernel.XXXXXX") || fail "cannot write to $dir" 73
tar -C "$unpack" --no-same-owner -xf "$work/x/usr/src/$package.tar.xz" || fail "the source cannot be unpacked to $dir" 74
[ -f "$unpack/$package/Kbuild" ] || fail "the package holds no kernel tree named $package" 74
if ! mv -T "$unpack/$package" "$dir/$package" 2>/dev/null; then
  [ -f "$dir/$package/Kbuild" ] || fail "cannot move the tree to $dir/$package" 73
  # Somebody else was faster, with the same tree.
fi
echo "fetch-kernel: $dir/$package is there" >&2
