#!/usr/bin/env bash
# The paper in the visitor's hand (J3): the worked case typed, the paper checked and
# issued, its PDF on the stick; then the language switched in mid-conversation (J9),
# and the paper verified by its number.
#   paper.sh PROGRAM
# without the race detector: the tests of its screens run under it
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: paper.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}
AT_PAPER="1078 105" # Simuler, at its top: the paper
AT_HERE="1001 619"  # the folder dialog: save here

stage 1366 768
began=$SECONDS
launch "$BIN" --store "$STORE" --theme light
fill_eso
# shellcheck disable=SC2086 # two coordinates
click $AT_PAPER
key Tab
typed "Nordwind"
key Tab
typed "Salma B."
key Tab
typed "Organisme"
key Tab
typed "Salon 2026"
key Tab Tab Tab Tab Tab Tab Tab Tab # three currencies, two lengths, the scenarios, two ways of checking
for _ in range assumed unknown read; do
  key Tab
  key space
done
key Tab
key Return # issue
sleep 1
settle
shot issued
key Tab
key Return # save the PDF
# shellcheck disable=SC2086
click $AT_HERE
until_true 10 "the PDF" compgen -G "$HOME/*.pdf"
settle
took=$((SECONDS - began))
[ $took -le 180 ] || fail "the paper took $took s, 180 are allowed"
note "from the start to the PDF: $took s as fast as it answers, 180 allowed"

# What the PDF says is what the screen said.
PDF=$(compgen -G "$HOME/*.pdf")
[ "$(head -c 5 "$PDF")" = "%PDF-" ] || fail "$PDF is no PDF"
if command -v pdftotext >/dev/null; then
  pdftotext -layout "$PDF" - | sed 's/\xe2\x80\xaf/ /g; s/\xc2\xa0/ /g' >"$WORK/paper.txt"
  for word in "$ESO_TOTAL" '14 669 242' '25 289 242' 'Salma B.' 'Nordwind'; do
    grep -qF "$word" "$WORK/paper.txt" || fail "the paper does not say $word"
  done
fi
key Escape

# The visitor would rather read English, then Spanish: the figures stay, and so does
# what was typed.
for amount in '14,669,241.60' '14.669.241,60'; do
  began=$SECONDS
  # shellcheck disable=SC2086
  click $AT_LANGUAGE
  # shellcheck disable=SC2086
  click $AT_TOTAL
  proof >"$WORK/proof.txt"
  sed -n 1p "$WORK/proof.txt" | grep -F "$amount" >/dev/null || fail "the total after the switch is not $amount"
  key Escape
  [ $((SECONDS - began)) -le 10 ] || fail "the switch took more than 10 s"
done
shot spanish
# shellcheck disable=SC2086
click $AT_LANGUAGE

# The paper comes back: its number is found, and it computes again to the centime.
number=$(basename "$PDF" .pdf | sed 's/^atlas-//')
key ctrl+k
enter "$number"
key Return
shot back
end
"$BIN" verify "$number" --store "$STORE" >"$WORK/verdict.txt" || fail "the paper is not verified: $(cat "$WORK/verdict.txt")"
grep -q 'au centime' "$WORK/verdict.txt" || fail "the paper does not compute again: $(cat "$WORK/verdict.txt")"
