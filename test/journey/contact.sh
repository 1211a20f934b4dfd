#!/usr/bin/env bash
# A visitor leaves a card (J8): their contact with consent, the simulation attached,
# then a power cut. With the passphrase everything is there again; without it the
# files name nobody.
#   contact.sh PROGRAM
set -uo pipefail
# shellcheck source=test/journey/lib.sh
. "$(dirname "$0")/lib.sh"
BIN=${1:?usage: contact.sh PROGRAM}
SHOTS=${SHOTS:-$(mktemp -d)}
PASS="quatre mots simples suffisent"
AT_CONTACT="833 219" # Dossiers: the first line of the contact that is open

# tabs COUNT: goes on so many fields.
tabs() {
  local all=()
  while [ ${#all[@]} -lt "$1" ]; do all+=(Tab); done
  key "${all[@]}"
}

# to_contact opens the contact from the search, with the focus in its first line.
to_contact() {
  key ctrl+k
  typed idrissi
  key Return
  # shellcheck disable=SC2086 # two coordinates
  click $AT_CONTACT
}

stage 1366 768
launch "$BIN" --store "$STORE" --theme light
fill_eso
# shellcheck disable=SC2086 # two coordinates
click $AT_SAVE

new_passphrase "$PASS"

began=$SECONDS
key ctrl+n
typed "Amal Idrissi"
key Tab
typed "Nordwind"
key Tab Tab
typed "amal@nordwind.example"
key Tab
typed "+212661223344"
key Tab Right Tab Right Tab Right Tab Tab # segment, size, start; language stays
typed "Salma B."
key Tab
typed "Organisme"
key Tab
typed "droits@organisme.example"
tabs 10 # grade, state, fair, step, day, soon, owner, done, notes, attach
key Return
shot attached

to_contact
tabs 9 # four lines, four choices, the first use
key Return Tab Tab Tab Return
shot consent
note "contact with consent and simulation: $((SECONDS - began)) s with the waits of the script"
crash

for file in "$WORK"/fair*; do
  ! grep -qaiE 'idrissi|nordwind|661223344' -r "$file" || fail "$file names the contact"
done

launch "$BIN" --store "$STORE" --theme light
key ctrl+6
typed "not the passphrase at all"
key Return
sleep 1
settle
shot wrong
key ctrl+k
typed idrissi
shot locked
key Escape
key ctrl+1 ctrl+6 # the card again, with the focus in its field
typed "$PASS"
key Return
sleep 3 # after a wrong one there is a wait
# The key of a passphrase takes its time by design, and more under the race detector.
case "$BIN" in *race) sleep 5 ;; esac
settle
to_contact
printf 'nothing was copied' | $X11 xclip -selection clipboard -i || fail "the clipboard"
key ctrl+a ctrl+c
expect "the contact after the crash" "$(clipboard)" "Amal Idrissi"
# Two buttons stand where the consent was given: without it there would be more, and
# this would not reach the simulation.
tabs 20
shot back
key Return
expect "the total of its simulation" "$(total_on_screen)" "$ESO_TOTAL"
end
