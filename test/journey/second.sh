#!/usr/bin/env bash
# A second start while the first holds the store: it is told so, and can read the
# newest verified copy; the first goes on undisturbed.
#   second.sh PROGRAM
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: second.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
fill_eso
# shellcheck disable=SC2086 # two coordinates
click $AT_SAVE
FIRST=$APP
# The copy is taken a moment after the save.
until_true 20 "a snapshot" sh -c "ls '$STORE.snapshots'/* | grep -q ."
settle

OTHER=$FIRST
launch "$BIN" --store "$STORE" --theme light
shot second
key Tab
key Return # open the copy, to read
reopen
expect "the total in the copy" "$(total_on_screen)" "$ESO_TOTAL"
end

APP=$FIRST OTHER=
expect "the total in the first window" "$(total_on_screen)" "$ESO_TOTAL"
end
