# The laptop that visitors use alone, in both languages of the guide. Sourced by
# scripts/screenshots.
# shellcheck shell=bash

pictures_kiosk() {
  (visitors true) && (visitors in_english)
}

# visitors COMMAND: the kiosk and its warning, in a window after COMMAND. The code of
# the officer is not part of the picture: the window is ended without it.
visitors() {
  scene light 1366 768
  opened --kiosk-idle 8s --kiosk-countdown 20s
  "$1"
  RAIL=$(pixel 10 700)
  begin_kiosk 250714
  until_true 10 "the kiosk" left_alone
  picture borne
  sleep 1 # it looks each second
  $X11 xdotool mousemove 640 700 # only who came can have left
  until_true 20 "the warning" warned
  picture borne-alerte
  crash
}

# left_alone is whether the rail begins with Accueil, where visitors begin.
left_alone() { ! is_there "$RAIL" 2 81; }

warned() { ! is_there "$RAIL" 10 700; }
