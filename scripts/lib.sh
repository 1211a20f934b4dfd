# Shared by the scripts of this folder: source it, do not run it.
# shellcheck shell=bash

# One set of build tags for the program, its tests and its linters, so that all
# share one build cache (a cold build of the window library takes minutes).
#   migrated_fynedo  widgets are only touched on the window's own thread
#   x11              Linux windows go through X11, or XWayland
#   no_emoji         leaves out an emoji font of 4 MB
#   no_animations    a blinking caret would cost 6 % of a core without a GPU
TAGS=migrated_fynedo,x11,no_emoji,no_animations
# The same without migrated_fynedo: the window library then reports every widget
# that is touched on another thread.
TAGS_DETECTOR=x11,no_emoji,no_animations

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

system() {
  case "$(uname -s)" in
    Linux) if command -v apt-get >/dev/null 2>&1; then echo debian; else echo linux; fi ;;
    Darwin) echo macos ;;
    MINGW* | MSYS* | CYGWIN*) echo windows ;;
    *) echo other ;;
  esac
}

# apt_bring PACKAGE...: installs packages through apt, saying which.
apt_bring() {
  local as_root=()
  say "Installing through apt: $*" >&2
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || die "This needs root. Please run as root:
  apt-get update && apt-get install -y --no-install-recommends $*"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq || say "apt-get update failed; trying with the package lists that are here." >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    die "apt-get could not install: $*"
}

need_go() {
  command -v go >/dev/null 2>&1 || die "Go is missing: install Go 1.26 or newer from https://go.dev/dl/ and put it on the PATH."
}

# can_build says whether the C compiler and, on Linux, the headers are here.
can_build() {
  # shellcheck disable=SC2046 # CC may carry arguments
  printf 'int main(void){return 0;}\n' | $(go env CC) -x c -o /dev/null - 2>/dev/null || return 1
  case "$(system)" in
    debian | linux) pkg-config --exists gl x11 xcursor xrandr xinerama xi xxf86vm 2>/dev/null ;;
  esac
}

# need_build brings what a build with the window library needs, or says exactly
# what to install where that is not ours to do.
need_build() {
  need_go
  can_build && return
  case "$(system)" in
    debian)
      apt_bring gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev
      can_build || die "The C compiler or the OpenGL and X11 headers are still missing after the installation." ;;
    linux) die "A C compiler or the OpenGL and X11 headers are missing. Please install them:
  Fedora:   sudo dnf install gcc pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel
  Arch:     sudo pacman -S gcc pkgconf mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm
  openSUSE: sudo zypper install gcc pkgconf-pkg-config Mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel" ;;
    macos) die "The C compiler is missing. Please run: xcode-select --install" ;;
    windows) die "The C compiler is missing. Please install MSYS2 (https://www.msys2.org), then in its UCRT64 window run:
  pacman -S mingw-w64-ucrt-x86_64-gcc
and put C:\\msys64\\ucrt64\\bin on the PATH." ;;
    *) die "A C compiler is missing: install gcc or clang, and the OpenGL and X11 headers of this system." ;;
  esac
}

# need_trace brings strace: a test looks with it that the headless commands open
# no socket. Elsewhere that test is skipped and says why.
need_trace() {
  command -v strace >/dev/null 2>&1 || [ "$(system)" != debian ] || apt_bring strace
}

# need_display brings what a journey in a real window needs: a display without a
# screen, a window manager, and tools that type, click and look. Fails where
# they are not to be had.
need_display() {
  local tool missing=()
  for tool in Xvfb:xvfb xdotool:xdotool openbox:openbox xclip:xclip import:imagemagick xdpyinfo:x11-utils xkbcomp:x11-xkb-utils; do
    command -v "${tool%%:*}" >/dev/null 2>&1 || missing+=("${tool##*:}")
  done
  # Without a GPU, OpenGL is drawn by Mesa's own software driver.
  [ "$(system)" = debian ] && ! dpkg-query -W -f='${Status}' libgl1-mesa-dri 2>/dev/null | grep -q 'ok installed' &&
    missing+=(libgl1-mesa-dri)
  [ ${#missing[@]} = 0 ] && return
  if [ "$(system)" = debian ]; then apt_bring "${missing[@]}"; else
    say "Not here: ${missing[*]}"
    return 1
  fi
}

# need_opponents brings what the speed is measured beside: Node with the packages of
# test/versus/publicodes, LibreOffice, and what a window needs. What is not to be had is
# said, and measured is what is there.
need_opponents() {
  local place=test/versus/publicodes
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || bring_or_say "Node and npm" nodejs npm
  command -v soffice >/dev/null 2>&1 || bring_or_say LibreOffice libreoffice-calc-nogui
  (need_display) >&2 || say "A window cannot be measured." >&2
  [ "$place/node_modules/.package-lock.json" -nt "$place/package-lock.json" ] ||
    (cd "$place" && npm ci --silent --ignore-scripts --no-audit --no-fund >&2) ||
    say "npm could not install publicodes." >&2
}

# bring_or_say WHAT PACKAGE...: as apt_bring, without ending the script.
bring_or_say() {
  if [ "$(system)" = debian ]; then (apt_bring "${@:2}") || say "$1 could not be installed." >&2; else
    say "Not here: $1. Please install it." >&2
  fi
}

# app_version is the version that FyneApp.toml gives.
app_version() {
  local version
  version=$(sed -n 's/^Version = "\(.*\)"$/\1/p' FyneApp.toml)
  [ -n "$version" ] || die "FyneApp.toml gives no version."
  say "$version"
}

# app_commit is the commit of the source, with "-dirty" where files differ from it;
# nothing where the source is no checkout.
app_commit() { git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || true; }

# build_app TAGS FILE [FLAG...]: builds the program, which then knows its version
# and commit. LINK holds further flags for the linker.
build_app() {
  local version
  version=$(app_version) || exit 1
  go build -tags "$1" -ldflags "-X main.version=$version -X main.commit=$(app_commit) ${LINK:-}" -o "$2" "${@:3}" ./cmd/app
}

# binary NAME: where a build goes.
binary() {
  case "$(system)" in windows) echo "bin/$1.exe" ;; *) echo "bin/$1" ;; esac
}
