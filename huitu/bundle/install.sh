#!/bin/sh
# Installs Huitu from the bundle that this file lies in, without a network: sh install.sh [TARGET]
#
# TARGET is a folder that is not there yet (default: ~/huitu); to uninstall, remove it. PYTHON names the Python
# (default: python3). Every file is checked before anything is installed.
set -eu
LC_ALL=C
export LC_ALL
unset PYTHONPATH PYTHONHOME # they would lead to packages of another Python
target=${1:-${HOME:?}/huitu}
case $target in /*) ;; *) target=$PWD/$target ;; esac
python=${PYTHON:-python3}
cd "$(dirname "$0")"

fail() {
    printf 'Error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" >&2
    exit 1
}

digests() {
    if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# Prints the lines of $1 that are not among the lines of $2.
without() {
    printf '%s\n' "$1" | grep -vxF -e "$2" || true
}

# Prints the lines of $2, each with $1 before it.
tell() {
    [ -z "$2" ] || printf '%s\n' "$2" | sed "s/^/$1: /" >&2
}

[ -f MANIFEST.sha256 ] || fail "there is no MANIFEST.sha256 here" "Copy the whole bundle."
listed=$(cut -c67- MANIFEST.sha256)
present=$(find . ! -type d ! -path ./MANIFEST.sha256 | cut -c3-)
good=$(digests -c MANIFEST.sha256 2>/dev/null | sed -n 's/: OK$//p')
missing=$(without "$listed" "$present")
damaged=$(without "$(without "$listed" "$good")" "$missing")
foreign=$(without "$present" "$listed")
if [ -n "$missing$damaged$foreign" ]; then
    tell missing "$missing"
    tell damaged "$damaged"
    tell 'not of the bundle' "$foreign"
    fail "the bundle is not as it was made; nothing was installed" "Copy it anew, or make it anew with 'huitu bundle'."
fi

command -v "$python" >/dev/null || fail "there is no $python" "Name another one: PYTHON=/path/to/python3 sh install.sh"
wanted=$(cat PLATFORM)
found=$("$python" -c 'import platform as p; v = p.python_version_tuple()
print(p.python_implementation(), ".".join(v[:2]), p.system(), p.machine())')
[ "$found" = "$wanted" ] || fail "the bundle is for $wanted, and $python is $found" \
    "Name another Python (PYTHON=/path/to/python3 sh install.sh), or make the bundle on a machine like this one."
"$python" -c 'import ensurepip' 2>/dev/null || fail "$python cannot make environments" "Install the package python3-venv."
if [ -e "$target" ]; then
    fail "$target exists" "Remove it, or name another place: sh install.sh TARGET"
fi

printf 'All %s files are as they were made (manifest %s).\n' \
    "$(printf '%s\n' "$listed" | wc -l | tr -d ' ')" "$(digests MANIFEST.sha256 | cut -c-64)"
printf 'Installing into %s ...\n' "$target"
trap 'rm -rf "$target"; printf "Error: it could not be installed; nothing is left of it.\n" >&2' EXIT
trap 'exit 130' HUP INT TERM
mkdir -p "$target/bin" "$target/cache"
"$python" -m venv "$target/venv"
# PIP_CONFIG_FILE: no settings of this machine send pip elsewhere.
PIP_CONFIG_FILE=/dev/null "$target/venv/bin/python" -m pip --isolated --quiet --disable-pip-version-check install \
    --no-index --find-links wheels --no-deps --require-hashes --requirement requirements.txt
PIP_CONFIG_FILE=/dev/null "$target/venv/bin/python" -m pip --isolated --quiet --disable-pip-version-check check
[ ! -d maven ] || cp -R maven "$target/cache/maven"
cp -R samples LICENSE NOTICE "$target"
quoted=$(printf '%s' "$target" | sed "s/'/'\\\\''/g")
cat >"$target/bin/huitu" <<END
#!/bin/sh
# Huitu, with the Java artifacts that were installed with it.
HUITU_CACHE_DIR=\${HUITU_CACHE_DIR:-'$quoted/cache'}
export HUITU_CACHE_DIR
unset PYTHONPATH PYTHONHOME
exec '$quoted/venv/bin/python' -P -m huitu "\$@"
END
chmod 755 "$target/bin/huitu"
"$target/bin/huitu" --version
trap - EXIT
cat <<END
It is installed. Start it with the samples, or with articles of your own:

    '$quoted/bin/huitu' run '$quoted/samples'
END
