# What a laptop keeps, and two of them: the rule packs, the copies, what both changed.
# In both languages of the guide. Sourced by scripts/screenshots.
# shellcheck shell=bash

WORDS="cinq autres mots en route"

# Where the tabs of Règles et données are, in French and English.
PACKS="565 525" COPIES="694 614" SHARING="790 695"

pictures_laptops() {
  (two_laptops true "Centre ESO Fès" "Ingénieur" "Agence exemple") &&
    (two_laptops in_english "ESO centre, Fès" Engineer "Example agency")
}

# two_laptops COMMAND NAME ROLE AGENCY: one simulation is changed on two laptops, in
# the language that COMMAND leads to, and the second change is taken over.
two_laptops() {
  scene light 1366 768
  laptop first
  opened
  "$1"
  fill_centre "$2" "$3"
  key ctrl+s
  end
  hand_over first second
  opened
  [ -n "$TONGUE" ] && in_english
  officer "Salma B." "$4" ""
  change_export 90
  end
  laptop first
  opened
  change_export 80
  end
  laptop second
  hand_over second first
  opened
  what_is_kept
  end
}

# hand_over FROM TO: what the laptop FROM keeps goes to TO, which is the laptop from
# here on.
hand_over() {
  local file=$WORK/$1.atlasbundle
  rm -f "$file"
  printf '%s' "$WORDS" >"$WORK/words"
  "$BIN" store export "$file" --store "$STORE" --passphrase-file "$WORK/words" >"$WORK/handed.txt" || fail "the export of $1"
  laptop "$2"
  "$BIN" store merge "$file" --store "$STORE" --passphrase-file "$WORK/words" >"$WORK/handed.txt" || fail "the merge on $2"
}

# change_export PERCENT changes the export share of the saved simulation.
change_export() {
  reopen
  click 516 299
  typed "$1"
  key Tab ctrl+s
}

# what_is_kept: the tabs of Règles et données that other laptops and copies fill.
what_is_kept() {
  kept_tab "$PACKS"
  picture regles-paquets
  kept_tab "$SHARING"
  picture regles-partage-conflit
  kept_tab "$COPIES"
  click 1170 579 # what going back to the fourth copy would change
  picture regles-sauvegardes
}

# kept_tab FRENCH ENGLISH: the tab of Règles et données at one of two places.
kept_tab() {
  key ctrl+7
  # shellcheck disable=SC2086 # two places
  set -- $1
  click "$([ -n "$TONGUE" ] && echo "$2" || echo "$1")" 84
}
