#!/usr/bin/env bash
# The officer's afternoon: fill in the engineering centre of the specification,
# read the gain, explain it, save it, lose power, and read the same centime again.
#   eso.sh PROGRAM
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: eso.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
fill_eso
expect "the total before saving" "$(total_on_screen)" "$ESO_TOTAL"

# The explanation says what the total is made of, and by which texts.
for word in 'AIR .*10 529 241,60' 'PAE .*2 040 000,00' 'PAF .*2 100 000,00' 'Circulaire du Chef du gouvernement'; do
  grep -qE "$word" "$WORK/proof.txt" || fail "the explanation does not say $word"
done

# shellcheck disable=SC2086 # two coordinates
click $AT_SAVE
crash

launch "$BIN" --store "$STORE" --theme light
reopen
expect "the total after the crash" "$(total_on_screen)" "$ESO_TOTAL"

# Nothing was changed, so nobody is asked when the window is closed; not even by
# somebody who presses twice.
end_hasty

# The system ends it, as before the laptop shuts down: what was typed a moment ago is
# offered at the next start.
launch "$BIN" --store "$STORE" --theme light
sleep 1
reopen
# shellcheck disable=SC2086 # two coordinates
click $AT_NAME
enter "Centre du soir"
kill -TERM "$APP"
ended
launch "$BIN" --store "$STORE" --theme light
# shellcheck disable=SC2086
click $AT_NOTE
# shellcheck disable=SC2086
click $AT_NAME
key ctrl+a ctrl+c
expect "the name that comes back" "$(clipboard)" "Centre du soir"
crash
