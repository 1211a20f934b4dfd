#!/usr/bin/env bash
# Casablanca, Fès or another, and why: the officer swaps a platform, takes the
# weights proposed for engineering, moves two of them as the investor says, reads
# why the first one leads and how stable that is, and finds it again after a crash.
#   compare.sh PROGRAM
# without the race detector: the tests of its screens run under it
# PACE is how many seconds a person takes before each press; 0 without it.
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: compare.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}
PACE=${PACE:-0}

# press X Y: a person's click, with the time it takes to speak and aim.
press() {
  sleep "$PACE"
  click "$@"
}

# said: the comparison as the button "Copier en texte" gives it.
said() {
  printf 'nothing was copied' | $X11 xclip -selection clipboard -i || fail "the clipboard"
  # shellcheck disable=SC2086 # two coordinates
  press $AT_COPY
  clipboard | sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g'
}

AT_COPY="1112 105"   # copy as text
AT_CHIP="322 133"    # take the first platform out
AT_ADD="377 171"     # add a platform, two chips on one line above it
AT_PRESET="377 381"  # proposals of weights
AT_CAP="400 471"     # the bar of the AIR cap, at 58 of 100
AT_PREMIUM="377 542" # the bar of the territorial premium, in its middle

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
began=$SECONDS
sleep "$PACE"
key ctrl+5
# shellcheck disable=SC2086 # two coordinates each
{
  press $AT_CHIP
  press $AT_ADD
  key Escape # the list; the field keeps the focus
  key t      # the next that begins so: Technopolis
  press $AT_PRESET
  key Escape
  key i # Ingénierie (ESO)
  press $AT_CAP
  press $AT_PREMIUM
  key Right Right
}
said >"$WORK/first.txt"
took=$((SECONDS - began))
note "three platforms, a proposal, two weights and the reasons: $took s"
for word in 'Fès Shore' '5 000 pondérations' "« Plafond de l'AIR »" 'Fès Shore passe devant Casanearshore.* Pour : .* Contre : ' \
  '^Technopolis : qualité' '^Casanearshore : qualité' '^Fès Shore : qualité' 'avant aides 34 172' '28 060'; do
  grep -qE "$word" "$WORK/first.txt" || fail "the comparison does not say \"$word\""
done
[ "$took" -lt 90 ] || fail "it took $took s, 90 are allowed"

sleep 1.5 # what is set is kept a second after the last change
crash
launch "$BIN" --store "$STORE" --theme light
key ctrl+5
said >"$WORK/second.txt"
cmp -s "$WORK/first.txt" "$WORK/second.txt" || fail "after a crash it says something else: $(diff "$WORK/first.txt" "$WORK/second.txt")"
note "after the crash: the same"
end
