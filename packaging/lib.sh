# The steps of scripts/package: source it, do not run it.
# shellcheck shell=bash

DIST=$PWD/dist
VERSION=$(app_version)
# One moment for everything that carries one: that of the commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export VERSION SOURCE_DATE_EPOCH

# tool NAME ARGUMENT...: a tool pinned in tools/go.mod.
tool() { go tool -modfile=tools/go.mod "$@"; }

# need_commands COMMAND:PACKAGE...: brings what is missing.
need_commands() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} = 0 ] && return
  [ "$(system)" = debian ] || die "Please install what gives these commands: $*"
  apt_bring "${missing[@]}"
}

# fresh FOLDER: an empty one.
fresh() {
  rm -rf "$1"
  mkdir -p "$1"
}

# common STAGE PROGRAM: what goes beside the program on each system. PROGRAM is
# one that runs here.
common() {
  "$2" licences --texts >"$1/LICENCES.txt"
  cp -r assets/samples "$1/samples"
}

# dated FOLDER: every file gets the moment of the commit.
dated() { find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

# portable STAGE: makes what is in it a portable program.
portable() {
  mkdir -p "$1/data"
  cp packaging/README.txt "$1/README.txt"
  # An archive tool may drop an empty folder, and with it the portable mode.
  say "Atlas P2I" >"$1/data/README.txt"
}

package_linux() {
  local arch name stage=$DIST/.stage/linux
  [ "$(uname -s)" = Linux ] || die "The Linux packages are built on Linux."
  need_build
  need_commands xz:xz-utils
  arch=$(go env GOARCH)
  name=atlas-p2i-$VERSION-linux-$arch
  rm -f "$DIST/$name.tar.xz" "$DIST/atlas-p2i_${VERSION}_$arch.deb" "$DIST/$name.cdx.json"
  fresh "$stage"
  say "Building for Linux"
  LINK="-s -w" build_app "$TAGS" "$stage/atlas-p2i" -trimpath -buildvcs=false
  common "$stage" "$stage/atlas-p2i"
  deb "$arch" "$stage"
  bom "$stage/atlas-p2i" "$DIST/$name.cdx.json"

  mkdir -p "$stage/out/$name"
  cp -r "$stage/atlas-p2i" "$stage/LICENCES.txt" "$stage/samples" "$stage/out/$name/"
  portable "$stage/out/$name"
  tar -C "$stage/out" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$name" |
    xz -T1 -6 >"$DIST/$name.tar.xz"
}

# deb ARCH STAGE
deb() {
  gzip -9nc "$2/LICENCES.txt" >"$2/LICENCES.txt.gz"
  gzip -9nc CHANGELOG.md >"$2/CHANGELOG.md.gz"
  cp packaging/linux/copyright "$2/copyright"
  dated "$2"
  say "Packing for Debian"
  ARCH=$1 STAGE=$2 MAINTAINER=${MAINTAINER:-Atlas P2I maintainers <maintainers@atlas-p2i.invalid>} \
    tool nfpm package --config packaging/linux/nfpm.yaml --packager deb --target "$DIST/atlas-p2i_${VERSION}_$1.deb" >&2
}

package_windows() {
  local name=atlas-p2i-$VERSION-windows-amd64 stage=$DIST/.stage/windows host=$DIST/.stage/host
  need_go
  need_commands x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64 makensis:nsis zip:zip
  rm -f "$DIST/$name"*
  fresh "$stage"
  say "Building for Windows (a first build takes minutes: it compiles the window library for it)"
  resources
  CC=x86_64-w64-mingw32-gcc CGO_ENABLED=1 GOOS=windows GOARCH=amd64 \
    LINK="-s -w -H=windowsgui" build_app "$TAGS" "$stage/atlas-p2i.exe" -trimpath -buildvcs=false
  rm -f cmd/app/rsrc_windows_amd64.syso
  # The licences are printed by a program that runs here.
  need_build
  build_app "$TAGS" "$host" -trimpath -buildvcs=false
  common "$stage" "$host"
  rm -f "$host"
  dated "$stage"
  bom "$stage/atlas-p2i.exe" "$DIST/$name.cdx.json"
  say "Packing the installer"
  makensis -V2 -NOCD -DVERSION="$VERSION" -DVERSION4="$VERSION.0" -DSTAGE="$stage" \
    -DICON="$PWD/packaging/icons/atlas-p2i.ico" -DOUT="$DIST/$name-setup.exe" packaging/windows/installer.nsi
  zipped "$stage" "$name"
  if [ -n "$MESA" ]; then
    cp "$MESA" "$stage/opengl32.dll"
    zipped "$stage" "$name-compatibility"
    rm "$stage/opengl32.dll"
  fi
}

# resources writes icon, manifest and version into a file that the Go linker picks
# up for Windows.
resources() {
  tool go-winres make --in packaging/windows/winres.json --out cmd/app/rsrc --arch amd64 \
    --product-version "$VERSION.0" --file-version "$VERSION.0"
}

# zipped STAGE NAME: the portable archive.
zipped() {
  local top=$DIST/.stage/zip
  fresh "$top/$2"
  cp -r "$1"/. "$top/$2/"
  portable "$top/$2"
  dated "$top"
  (cd "$top" && find "$2" | LC_ALL=C sort | TZ=UTC zip -q -X -9 -@ "$DIST/$2.zip")
  rm -rf "$top"
}

# bom PROGRAM FILE: the bill of materials, read from the program itself.
bom() { go run -C tools ./bom "$1" ../assets/licences/index.json "$VERSION" >"$2"; }

# sums writes one checksum a line, for `sha256sum -c`.
sums() {
  rm -f "$DIST/SHA256SUMS"
  (cd "$DIST" && find . -maxdepth 1 -type f -name '[!.]*' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum) >"$DIST/.sums"
  mv "$DIST/.sums" "$DIST/SHA256SUMS"
}
