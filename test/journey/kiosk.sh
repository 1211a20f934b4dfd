#!/usr/bin/env bash
# The laptop stands on the booth and visitors use it alone: nothing of the officer's
# is found, who does nothing is warned and then forgotten, and only the code leaves,
# after a power cut as well.
#   kiosk.sh PROGRAM
# without the race detector: the tests of its screens run under it
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: kiosk.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}
CODE=250714
AT_SAMPLE="292 380" # Accueil: the sample of Fès
RAIL="10 500"       # of the rail, where nothing stands

# at ROW: whether the place in that row of the rail is the one that is shown.
at() { is_there "$MARK" 2 $((40 + 41 * $1)); }

# shellcheck disable=SC2086 # two coordinates
awake() { is_there "$GREEN" $RAIL; }

warned() { ! awake; }

# stays ACT...: does something after two of the three seconds: what is not heard as
# somebody being there lets the warning come before the next one.
stays() {
  sleep 2
  awake || fail "a warning while somebody is there, before: $*"
  $X11 xdotool "$@" || fail "$*"
}

# name: what stands in the field of the name.
name() {
  # shellcheck disable=SC2086 # two coordinates
  click $AT_NAME
  key ctrl+a ctrl+c
  clipboard
}

start() { launch "$BIN" --store "$STORE" --theme light --kiosk-idle 3s --kiosk-countdown 3s; }

stage 1366 768
if refused=$("$BIN" --store "$WORK/new.db" --kiosk 2>&1); then fail "a kiosk without a code opens"; fi
note "without a code: $refused"
start
MARK=$(pixel 2 81)
# shellcheck disable=SC2086 # two coordinates
GREEN=$(pixel $RAIL)
# shellcheck disable=SC2086 # two coordinates
click $AT_SAMPLE
key ctrl+s
new_passphrase "quatre mots simples suffisent"
key ctrl+n
enter "Amal Idrissi"
key Tab

begin_kiosk $CODE
until_true 10 "the kiosk" at 1
settle
shot kiosk

began=$SECONDS
for word in idrissi eso; do # a contact, a saved simulation
  key ctrl+k
  typed $word
  [ $word = eso ] || shot search
  key Return Escape
  at 1 || fail "$word is found"
done
key ctrl+4
# shellcheck disable=SC2086 # two coordinates
click $AT_NAME
enter "Visiteur Nordwind"
key ctrl+s
key ctrl+6
at 4 || fail "Ctrl+6 leaves for another place"
key alt+F4
shot close
key Escape

# shellcheck disable=SC2086 # two coordinates
click $AT_NAME
stays mousemove 640 700
stays click 5
stays key Right
stays mousemove 640 710 click 1
stays mousemove 650 700
sleep 2
awake || fail "a moved pointer is not heard"
note "moving, the wheel, a key and a click are heard"

until_true 8 "the warning" warned
key z
awake || fail "a key does not take the warning away"
expect "the name after the warning" "$(name)" "Visiteur Nordwind"
until_true 8 "the second warning" warned
shot warning
until_true 8 "the end of the countdown" awake
settle
at 1 || fail "the next visitor is not at Accueil"
[ -z "$(clipboard 2>/dev/null)" ] || fail "the clipboard holds $(clipboard)"
shot forgotten
key ctrl+4
expect "the name for the next visitor" "$(name)" "Nouvelle simulation"
note "two visitors: $((SECONDS - began)) s"

key ctrl+shift+l
typed 000000
key Return
sleep 1
settle
shot wrong
key Escape ctrl+7
at 6 || fail "a wrong code leaves the kiosk"

crash
start
at 1 || fail "not at Accueil after a kill"
key ctrl+7
at 6 || fail "the officer's window opens after a kill"
key ctrl+shift+l
typed $CODE
key Return
sleep 2 # after a wrong one there is a wait
settle
key ctrl+7
until_true 5 "the officer's places" at 7
key ctrl+6
at 6 || fail "Dossiers is not back"
shot back
end
for file in "$WORK"/fair*; do
  ! grep -qai nordwind -r "$file" || fail "$file holds what a visitor typed"
done
