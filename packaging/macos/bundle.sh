#!/usr/bin/env bash
# Builds "Atlas P2I.app" on a Mac and packs it into dist/macos. A Mac is needed:
# the window is compiled against Apple's frameworks. It has not been run on
# one yet; see docs/install.md.
#   IDENTITY="Developer ID Application: …" signs with that certificate; without
#   it the bundle is signed ad hoc, which a Mac runs only after a person allows it.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

[ "$(system)" = macos ] || die "This needs macOS: the window is compiled against Apple's frameworks."
need_build
version=$(app_version)
arch=$(uname -m)
out=dist/macos
app="$out/Atlas P2I.app"
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
MACOSX_DEPLOYMENT_TARGET=12.0 LINK="-s -w" build_app "$TAGS" "$app/Contents/MacOS/atlas-p2i" -trimpath -buildvcs=false
sed "s/@VERSION@/$version/g" packaging/macos/Info.plist >"$app/Contents/Info.plist"
cp packaging/icons/atlas-p2i.icns "$app/Contents/Resources/"
"$app/Contents/MacOS/atlas-p2i" licences --texts >"$app/Contents/Resources/LICENCES.txt"
cp -R assets/samples "$app/Contents/Resources/samples"
plutil -lint "$app/Contents/Info.plist"
codesign --force --options runtime --sign "${IDENTITY:--}" "$app"
codesign --verify --strict "$app"
# The program must answer from inside of its bundle.
"$app/Contents/MacOS/atlas-p2i" estimate assets/samples/eso-fes.json >/dev/null
archive=$out/atlas-p2i-$version-macos-$arch.zip
rm -f "$archive"
ditto -c -k --keepParent "$app" "$archive"
(cd "$out" && shasum -a 256 "$(basename "$archive")" >SHA256SUMS)
cat "$out/SHA256SUMS"
