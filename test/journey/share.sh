#!/usr/bin/env bash
# What one laptop keeps goes to another in a file: written by command on the first,
# opened with a double click on the second, looked at, merged. The simulation gives the
# same total there.
#   share.sh PROGRAM
# without the race detector: the tests of its screens run under it
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: share.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}
WORDS="cinq autres mots en route"
AT_LOOK="238 290"  # where the file is asked for again after a wrong passphrase
AT_MERGE="238 326" # merge, in what is shown of the file of a stranger
AT_TOAST="683 738" # what is said at the foot of the window

# until_there WHAT COLOUR X Y: a passphrase takes a moment, and so does a merge.
until_there() {
  until_true 15 "$1" is_there "$2" "$3" "$4"
  settle
}
BUTTON="#B9532A"
TOAST="#17232B"

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
fill_eso
# shellcheck disable=SC2086 # two coordinates
click $AT_SAVE
end
FILE=$WORK/stand.atlasbundle
printf '%s' "$WORDS" >"$WORK/words"
"$BIN" store export "$FILE" --store "$STORE" --passphrase-file "$WORK/words" >"$WORK/export.txt" || fail "the export: $(cat "$WORK/export.txt")"
[ "$(stat -c %a "$FILE")" = 600 ] || fail "others may read the file"

laptop other
launch "$BIN" --store "$STORE" --theme light
end
launch "$BIN" --store "$STORE" --theme light "$FILE"
enter "a wrong passphrase of five words"
key Return
# shellcheck disable=SC2086 # two coordinates
until_there "the refusal" $BUTTON $AT_LOOK
shot wrong
enter "$WORDS" # the line has the focus again
key Return
# shellcheck disable=SC2086 # two coordinates
until_there "what the file would change" $BUTTON $AT_MERGE
shot preview
# shellcheck disable=SC2086 # two coordinates
click $AT_MERGE
# shellcheck disable=SC2086
until_there "the merge" $TOAST $AT_TOAST
shot merged
reopen
expect "the total on the other laptop" "$(total_on_screen)" "$ESO_TOTAL"
end
