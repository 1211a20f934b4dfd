#!/usr/bin/env bash
# Tries what dist/ holds as its user would: scripts/package try. The Debian package
# is installed and removed (as root), both portable archives are started, and the
# installer of Windows is run under Wine, where the window is typed into and saved.
# Pictures go to dist/try. Nothing of it is left on this machine but what apt brought.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=packaging/lib.sh
. packaging/lib.sh
# shellcheck source=test/journey/lib.sh
. test/journey/lib.sh

export SHOTS=$DIST/try
GAIN="14 669 241,60" # of the sample eso-fes.json
rm -rf "$SHOTS"

# estimates COMMAND...: the sample gives its gain; spaces of numbers are made plain.
estimates() {
  "$@" | sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g; s/\r//' | grep -F "$GAIN" >/dev/null || fail "the estimate of: $*"
}

# since gives the seconds since MICROSECONDS.
since() { awk -v a="$1" -v b="${EPOCHREALTIME/[.,]/}" 'BEGIN { printf "%.1f", (b - a) / 1000000 }'; }

# xdg_default gives the desktop entry that opens a kind of file.
xdg_default() { sed -n "s#^$1=##p" /usr/share/applications/mimeinfo.cache | tr -d ';'; }

try_deb() {
  local file arch begun
  arch=$(dpkg --print-architecture)
  file=$DIST/atlas-p2i_${VERSION}_$arch.deb
  [ -f "$file" ] || { say "no Debian package in dist"; return; }
  if [ "$(id -u)" != 0 ]; then say "Debian package: installing it needs root, not tried"; return; fi
  dpkg-query -W atlas-p2i >/dev/null 2>&1 && die "atlas-p2i is installed on this machine: remove it first, it is the trial's to install."
  begun=${EPOCHREALTIME/[.,]/}
  dpkg -i "$file" >/dev/null
  say "Debian package: installed in $(since "$begun") s"
  trap 'dpkg -P atlas-p2i >/dev/null 2>&1 || true' EXIT
  desktop-file-validate /usr/share/applications/atlas-p2i.desktop
  expect "what opens a rule pack" "$(xdg_default application/vnd.atlas-p2i.pack)" atlas-p2i.desktop
  expect "what opens a colleague's files" "$(xdg_default application/vnd.atlas-p2i.bundle)" atlas-p2i.desktop
  appstreamcli validate --no-net /usr/share/metainfo/atlas.p2i.desktop.metainfo.xml >/dev/null || say "appstreamcli has remarks on the metadata"
  (
    stage 1366 768
    estimates atlas-p2i estimate /usr/share/doc/atlas-p2i/samples/eso-fes.json
    launch atlas-p2i --theme light
    shot debian
    end
  ) || exit 1
  dpkg -P atlas-p2i >/dev/null
  trap - EXIT
  if [ -e /usr/bin/atlas-p2i ] || [ -e /usr/share/doc/atlas-p2i ]; then fail "the removal left files"; fi
  say "Debian package: started, removed, nothing left"
}

try_portable() {
  local name arch
  arch=$(go env GOARCH)
  name=atlas-p2i-$VERSION-linux-$arch
  [ -f "$DIST/$name.tar.xz" ] || { say "no portable archive in dist"; return; }
  (
    stage 1366 768
    tar -C "$WORK" -xf "$DIST/$name.tar.xz"
    estimates "$WORK/$name/atlas-p2i" estimate "$WORK/$name/samples/eso-fes.json"
    launch "$WORK/$name/atlas-p2i" --theme light
    fill_eso
    key ctrl+s
    shot portable
    end
    [ -s "$WORK/$name/data/atlas.db" ] || fail "nothing was kept beside the program"
    [ -z "$(find "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" -iname '*atlas-p2i*' -print -quit)" ] || fail "files in the profile"
  ) || exit 1
  say "Portable archive: started, saved beside the program"
}

# windows_stage prepares Wine in a folder of its own.
windows_stage() {
  stage 1440 860
  # With a frame around it: Wine misplaces the pointer in a window without one.
  kill "$MANAGER"
  printf '<openbox_config xmlns="http://openbox.org/3.4/rc"></openbox_config>' >"$WORK/openbox.xml"
  until_true 10 "the window manager to end" gone "$MANAGER"
  until_true 20 "the window manager" managed
  export WINEPREFIX=$WORK/wine WINEDLLOVERRIDES="mscoree,mshtml=" WINEDEBUG=-all
  timeout -k 2 180 wine wineboot -i >/dev/null 2>&1 || fail "wineboot"
  # Wine 8 lacks a library that every Go program of today loads. Only Wine gets
  # this one: Windows has its own.
  printf '#include <windows.h>\nBOOLEAN NTAPI SystemFunction036(PVOID,ULONG);\n__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p,SIZE_T n){return SystemFunction036(p,(ULONG)n);}\n' >"$WORK/prng.c"
  x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$WORK/prng.c" -ladvapi32
  trap 'set +e; timeout -k 1 10 wineserver -k; unstage' EXIT
}

try_windows() {
  local name=atlas-p2i-$VERSION-windows-amd64
  [ -f "$DIST/$name-setup.exe" ] || { say "no installer in dist"; return; }
  need_commands wine:wine
  (
    windows_stage
    begun=${EPOCHREALTIME/[.,]/}
    timeout -k 2 120 wine "$DIST/$name-setup.exe" /S || fail "the installer"
    home=$(find "$WINEPREFIX/drive_c/users" -type d -path '*/AppData/Local/Programs/Atlas P2I' -print -quit)
    [ -f "$home/atlas-p2i.exe" ] || fail "the installer installed nothing"
    say "Windows installer: installed under Wine in $(since "$begun") s, $(du -sm "$home" | cut -f1) MB"
    [ -n "$(find "$WINEPREFIX/drive_c" -name 'Atlas P2I.lnk' -print -quit)" ] || fail "no entry in the start menu"
    for kind in pack bundle; do
      wine reg query "HKCU\\Software\\Classes\\AtlasP2I.$kind\\shell\\open\\command" 2>/dev/null | grep -q 'atlas-p2i.exe" "%1"' ||
        fail "a double click on .atlas$kind does not open the program"
    done
    estimates wine "$home/atlas-p2i.exe" estimate "$home/samples/eso-fes.json"
    status=0
    wine "$home/atlas-p2i.exe" estimate nothing.json >/dev/null 2>&1 || status=$?
    expect "status of refused input" "$status" 2

    launch wine "$home/atlas-p2i.exe" --theme light
    # An example is opened, its name typed over, and the result saved.
    key ctrl+4
    slow_click 660 323
    slow_click 440 158
    $X11 xdotool key --delay 60 ctrl+a
    $X11 xdotool type --delay 60 "Essai sous Wine"
    settle
    key ctrl+s
    sleep 1
    shot windows-simuler
    key ctrl+2
    shot windows-plateformes
    end
    kept=$(find "$WINEPREFIX/drive_c/users" -name atlas.db -print -quit)
    [ -s "$kept" ] || fail "nothing was kept; that it is what was typed, the picture says"

    # A computer whose OpenGL is too old is told so, and still computes.
    MESA_GL_VERSION_OVERRIDE=1.4 wine "$home/atlas-p2i.exe" >"$WORK/app.log" 2>&1 &
    APP=$!
    until_true 20 "the box about OpenGL" has_title "Atlas P2I"
    sleep 1
    shot windows-opengl
    $X11 xdotool key Return
    until_true 10 "its end" gone "$APP"
    APP=
    estimates env MESA_GL_VERSION_OVERRIDE=1.4 wine "$home/atlas-p2i.exe" estimate "$home/samples/eso-fes.json"

    # The uninstaller goes on as a copy of itself.
    timeout -k 2 60 wine "$home/uninstall.exe" /S || fail "the uninstaller"
    until_true 20 "the removal" test ! -e "$home"
    if wine reg query "HKCU\\Software\\Classes\\.atlaspack" >/dev/null 2>&1; then fail "the uninstaller left what opens a pack"; fi
    [ -s "$kept" ] || fail "the uninstaller took what was saved"
    say "Windows installer: typed into, saved, removed; what was saved stays"
  ) || exit 1
}

# slow_click X Y: Wine hears of a movement later than of
# the press behind it.
slow_click() {
  $X11 xdotool mousemove $(($1 - 3)) "$2" sleep 0.3 mousemove "$1" "$2" sleep 0.5 mousedown 1 sleep 0.3 mouseup 1 sleep 1
  settle
}

has_title() { $X11 xdotool search --onlyvisible --name "$1"; }

need_display || die "The trial needs a display without a screen."
need_commands desktop-file-validate:desktop-file-utils appstreamcli:appstream xz:xz-utils unzip:unzip
(cd "$DIST" && sha256sum -c --quiet SHA256SUMS) || die "dist/ is not what SHA256SUMS says."
try_deb
try_portable
try_windows
say "Pictures: dist/try"
