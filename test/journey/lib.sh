# Shared by the journeys, the screenshots and the measurements: source it, do not
# run it. A journey drives the program as a person does, with keyboard and mouse
# in a real window, on a display without a screen.
# shellcheck shell=bash

# Every wait is bounded: a hung tool must not hang the tests.
X11="timeout -k 1 10"
# What only a fault of the program writes.
FAULT="panic:|Error in Fyne call thread|DATA RACE|fatal error"

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [ -f "${WORK:-}/app.log" ] && grep -E "$FAULT" "$WORK/app.log" >&2
  [ -n "${SHOTS:-}" ] && shot failed && printf 'see %s/failed.png\n' "$SHOTS" >&2
  exit 1
}

note() { printf '%s\n' "$*"; }

# stage WIDTH HEIGHT: a display, a window manager and a home of our own. Ends
# what it started when the script ends.
stage() {
  WORK=$(mktemp -d)
  trap unstage EXIT
  export HOME=$WORK/home XDG_CONFIG_HOME=$WORK/config XDG_CACHE_HOME=$WORK/cache XDG_DATA_HOME=$WORK/data XDG_RUNTIME_DIR=$WORK/run
  mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR" "$WORK/screen"
  chmod 700 "$XDG_RUNTIME_DIR"
  unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
  export LIBGL_ALWAYS_SOFTWARE=1 FYNE_SCALE=1 LANG=C.UTF-8
  STORE=$WORK/fair.db
  MANAGER=
  # The server itself picks a free number and says which.
  Xvfb -noreset -displayfd 3 -screen 0 "${1}x${2}x24" -nolisten tcp -fbdir "$WORK/screen" 3>"$WORK/display" >"$WORK/xvfb.log" 2>&1 &
  SERVER=$!
  until_true 10 "the display to open" test -s "$WORK/display"
  DISPLAY=:$(tr -d '[:space:]' <"$WORK/display")
  export DISPLAY
  # No frame and no title bar: the window fills the screen, so that what is shot
  # and measured is the program alone.
  cat >"$WORK/openbox.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*"><decor>no</decor><maximized>yes</maximized><focus>yes</focus></application></applications>
</openbox_config>
XML
  until_true 20 "the window manager" managed
}

# managed is whether the window manager works. Now and then it finds no display in the
# moment in which that opens, and ends: it is started again then. Without it nobody
# hears the keys that close a window.
managed() {
  if ! { [ -n "${MANAGER:-}" ] && kill -0 "$MANAGER"; }; then
    openbox --config-file "$WORK/openbox.xml" >"$WORK/openbox.log" 2>&1 &
    MANAGER=$!
  fi
  $X11 xdotool get_num_desktops
}

unstage() {
  local pid
  for pid in "${OTHER:-}" "${APP:-}" "${MANAGER:-}" "${SERVER:-}"; do
    [ -n "$pid" ] && kill "$pid" 2>/dev/null
  done
  wait 2>/dev/null
  rm -rf "$WORK"
}

# until_true SECONDS WHAT COMMAND...: waits for a command to succeed.
until_true() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "waited in vain for $what"
    sleep 0.05
  done
}

# laptop NAME: from here on another one, with a home, a key and a store of its own.
# The name of one that was used before is that one again.
laptop() {
  local home=$WORK/$1
  export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
  mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME"
  STORE=$home/fair.db
}

# launch PROGRAM ARGUMENT...: opens its window. Where nothing is kept yet the
# program asks three things first: they are skipped, as a user does.
launch() {
  local first=
  [ -e "$STORE" ] || first=yes
  open_window "$@"
  [ -z "$first" ] || key Escape
}

# open_window PROGRAM ARGUMENT...: starts it and waits for its window to be there, to
# be painted and to have stopped changing.
open_window() {
  : >"$WORK/app.log"
  cp "$WORK/screen/Xvfb_screen0" "$WORK/empty"
  "$@" >>"$WORK/app.log" 2>&1 &
  APP=$!
  until_true 20 "the window" has_window "$APP"
  until_true 10 "the first picture" painted
  settle
}

painted() { ! cmp -s "$WORK/screen/Xvfb_screen0" "$WORK/empty"; }

has_window() { $X11 xdotool search --onlyvisible --pid "$1" --name . >"$WORK/window" && [ -s "$WORK/window" ]; }

# settle waits until the picture has stood still for a moment and the program has
# nothing left to do. A picture alone may stand still because a busy machine lets the
# program wait; then it is waited for longer, but not for ever: a busy machine is no
# fault of the program.
settle() {
  local end=$((SECONDS + 20)) still=0 runs=0 ticks
  local patience=$((still_enough * 6))
  cp "$WORK/screen/Xvfb_screen0" "$WORK/before"
  worked
  ticks=$WORKED
  until [ $still -ge $still_enough ] && { [ $runs -le 2 ] && [ $((WORKED - ticks)) -le 3 ] || [ $still -ge $patience ]; }; do
    [ $SECONDS -lt $end ] || fail "the picture does not come to rest"
    # The moment begins anew where it was not a quiet one.
    [ $((still % still_enough)) = 0 ] && runs=0 ticks=$WORKED
    sleep 0.06
    worked
    [ -z "$RUNS" ] || runs=$((runs + 1))
    if cmp -s "$WORK/screen/Xvfb_screen0" "$WORK/before"; then still=$((still + 1)); else
      still=0
      cp "$WORK/screen/Xvfb_screen0" "$WORK/before"
    fi
  done
}
still_enough=5

# worked puts into WORKED how many hundredths of a second the program has computed so
# far, and into RUNS "yes" where one of its threads wants to compute just now or waits
# for the disk. Both are as good as nothing where the program has ended.
worked() {
  local line fields
  WORKED=0 RUNS=
  [ -n "${APP:-}" ] && read -r line 2>/dev/null <"/proc/$APP/stat" || return 0
  read -r -a fields <<<"${line##*) }"
  WORKED=$((fields[11] + fields[12]))
  for line in "/proc/$APP/task"/*/stat; do
    read -r line 2>/dev/null <"$line" || continue
    case "${line##*) }" in R* | D*) RUNS=yes; return 0 ;; esac
  done
}

# end closes the program as its user does, and wants it to end well.
end() {
  cp "$WORK/screen/Xvfb_screen0" "$WORK/leaving"
  key alt+F4
  ended
}

# end_hasty closes it as somebody does who presses twice because it is busy.
end_hasty() {
  cp "$WORK/screen/Xvfb_screen0" "$WORK/leaving"
  kill -STOP "$APP"
  $X11 xdotool key --delay 30 alt+F4 sleep 0.3 key --delay 30 alt+F4 sleep 0.3 || fail "keys alt+F4"
  kill -CONT "$APP"
  ended
}

# ended wants the program to end well, after it was told to.
ended() {
  local deadline=$((SECONDS + 20)) again=$((SECONDS + 3)) why='it shows what it showed before'
  until gone "$APP"; do
    sleep 0.05
    # A busy machine loses a key between the display and its window manager now and
    # then: it did not arrive where nothing was said or shown.
    if [ $SECONDS -ge $again ]; then
      again=$((deadline + 1))
      if cmp -s "$WORK/screen/Xvfb_screen0" "$WORK/leaving"; then key alt+F4; else why='it shows something new'; fi
      [ -n "${SHOTS:-}" ] && shot asks
    fi
    [ $SECONDS -lt $deadline ] && continue
    [ -n "${SHOTS:-}" ] && shot stays
    kill -QUIT "$APP" # the runtime then says where each goroutine stands
    sleep 1
    standing >&2
    fail "the program does not end: $why"
  done
  local status=0
  wait "$APP" || status=$?
  APP=
  faultless
  [ $status = 0 ] || fail "the program ended with status $status: $(cat "$WORK/app.log")"
}

# standing is what the program wrote before it was told to say where it stands, and
# then in short: where its main goroutine is, and each other one that is in our code.
standing() {
  sed '/^SIGQUIT: quit$/,$d' "$WORK/app.log" | tail -n 20
  awk -v RS= '/^goroutine / && (/^goroutine 1 / || /\natlasp2i/)' "$WORK/app.log" | awk '
    /^goroutine / { lines = 0; print; next }
    /^\t|^runtime\./ { next }
    lines++ < 8 { sub(/\(0x.*|\(\{.*/, ""); print "  " $0 }'
}

# crash ends the program as a power cut does.
crash() {
  kill -9 "$APP"
  wait "$APP" 2>/dev/null
  APP=
  faultless
}

gone() { ! kill -0 "$1" 2>/dev/null; }

faultless() {
  if grep -E -A 30 "$FAULT" "$WORK/app.log"; then fail "the program reported a fault"; fi
}

key() {
  $X11 xdotool key --delay 30 "$@" || fail "keys $*"
  settle
}

# click X Y: the left button, in pixels of the window.
click() {
  $X11 xdotool mousemove "$1" "$2" sleep 0.05 click 1 || fail "click at $1 $2"
  settle
}

# enter TEXT: replaces what the focused field holds, through the clipboard: any
# sign can be typed so, on any keyboard.
enter() {
  printf '%s' "$1" | $X11 xclip -selection clipboard -i || fail "the clipboard"
  $X11 xdotool key --delay 30 ctrl+a ctrl+v || fail "entering $1"
  settle
}

# typed TEXT: plain digits and letters, key by key.
typed() {
  $X11 xdotool key --delay 30 ctrl+a || fail "selecting"
  $X11 xdotool type --delay 30 "$1" || fail "typing $1"
  settle
}

clipboard() { $X11 xclip -selection clipboard -o; }

# shot NAME: what is on the screen, as SHOTS/NAME.png. Always the whole screen:
# a shot of a window that is gone would wait for ever.
shot() {
  mkdir -p "$SHOTS"
  $X11 import -window root "$SHOTS/$1.png" || printf 'no picture of %s\n' "$1" >&2
}

# Where things stand in a window of 1366 x 768. What the keyboard reaches as
# surely is done by keyboard: it moves less when a screen changes.
AT_NAME="468 135"      # Simuler: name of the simulation
AT_TOTAL="740 170"     # Simuler, at its top: the total
AT_SAVE="1279 106"     # Simuler, at its top: save
AT_SAVED="334 84"      # Dossiers: the tab of simulations
AT_NOTE="990 723"      # the answer in the note at the foot of the window
AT_FIRST_ROW="270 286" # first line of its list
AT_OPEN="267 192"      # open
AT_CODE="668 622"      # Règles et données: the code of the kiosk
AT_LANGUAGE="1306 26"  # the header: the next language
ESO_TOTAL="14 669 241,60"

# fill_eso fills Simuler with the specification's worked case: 40 engineers at
# 30,000 MAD a month in Fès Shore, hired in January 2026, over the usual 60 months.
fill_eso() { fill_centre "Centre ESO Fès" "Ingénieur"; }

# fill_centre NAME ROLE: that case, in the words of the window's language.
fill_centre() {
  key ctrl+4
  # shellcheck disable=SC2086 # two coordinates
  click $AT_NAME
  enter "$1"
  key Tab
  key e # the segment that begins so: ESO
  key Tab
  key f               # the place that begins so: Fès Shore
  key Tab Tab Tab Tab # inside the P2I, export share, the role's line
  enter "$2"
  key Tab Tab Tab # proposed level, gross or net
  typed 30000
  key Tab
  typed 01/2026
  key Tab
  typed 40
  # add a hire, ramp, leavers, what is folded, close, remove, add a role, paste a
  # plan
  key Tab Tab Tab Tab Tab Tab Tab Tab Tab
  typed 01/2026 # first month of the project
  key Tab
  to_top
}

# to_top rolls both columns to their top with the wheel, at the edge of the cards.
to_top() {
  $X11 xdotool mousemove 606 500 click --repeat 60 --delay 5 4 mousemove 220 500 click --repeat 60 --delay 5 4 || fail "the wheel"
  settle
}

# proof copies the explanation that is open and gives it as text: what stands on
# the screen, to the centime. The spaces of its numbers, no-break and narrow,
# become plain ones.
proof() {
  printf 'nothing was copied' | $X11 xclip -selection clipboard -i || fail "the clipboard"
  key Tab Tab # full tree, copy
  key Return
  clipboard | sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g'
}

# total_on_screen opens the total of Simuler, reads its amount and closes it.
total_on_screen() {
  # shellcheck disable=SC2086 # two coordinates
  click $AT_TOTAL
  proof >"$WORK/proof.txt"
  key Escape
  sed -n '1s/^Gain[^0-9]*//p' "$WORK/proof.txt" # "Gain : 14 669 241,60"
}

# expect WHAT GOT WANT
expect() {
  [ "$2" = "$3" ] || fail "$1 is \"$2\", \"$3\" is wanted"
  note "$1: $2"
}

# reopen opens the newest saved simulation from Dossiers.
reopen() {
  key ctrl+6
  # shellcheck disable=SC2086 # two coordinates
  click $AT_SAVED
  # shellcheck disable=SC2086
  click $AT_FIRST_ROW
  # shellcheck disable=SC2086
  click $AT_OPEN
}

# new_passphrase WORDS: the first passphrase of the contacts, in Dossiers.
new_passphrase() {
  key ctrl+6 # it is asked for, in its field
  enter "$1"
  key Tab
  enter "$1"
  key Return
  sleep 1
  settle
}

# begin_kiosk CODE: sets the code and leaves the window to visitors.
begin_kiosk() {
  key ctrl+7
  # shellcheck disable=SC2086 # two coordinates
  click $AT_CODE
  typed "$1"
  key Tab
  typed "$1"
  key Return
}

# pixel X Y: its colour, as #RRGGBB.
pixel() { $X11 import -window root -crop "1x1+$1+$2" -depth 8 txt:- | grep -o '#[0-9A-F]\{6\}' | head -1; }

# is_there COLOUR X Y
is_there() { [ "$(pixel "$2" "$3")" = "$1" ]; }
