# What the officer's guide shows beside the places in French: those of the English
# guide, the first start, the shortcuts, what it is made of, large type. Sourced by
# scripts/screenshots.
# shellcheck shell=bash

pictures_english() (
  scene light 1366 768
  opened
  in_english
  officer "Salma B." "Example agency" "Example fair 2026"
  key ctrl+1
  picture accueil
  fill_centre "ESO centre, Fès" Engineer
  key ctrl+s
  quiet
  picture simuler
  # shellcheck disable=SC2086 # two coordinates
  click $AT_TOTAL
  picture expliquer
  key Escape
  click 1032 105 # what if
  sleep 1
  picture et-si
  click 1270 90  # back to the result
  click 1112 105 # the paper
  picture papier
  key Escape
  key ctrl+5
  picture comparer
  key ctrl+3
  picture secteur
  new_contact "Example visitor" "Example company" visitor@company.example
  picture contacts
  end
)

# officer NAME AGENCY FAIR: who issues papers, as every paper and file then says.
officer() {
  key ctrl+7
  click 597 204 # issued by
  enter "$1"
  key Tab
  enter "$2"
  key Tab
  enter "$3"
  key Tab
}

# start: what is shown before anything is kept, in both languages of the guide.
pictures_start() (
  scene light 1366 768
  open_window "$BIN" --store "$STORE" --theme "$THEME"
  picture bienvenue-1
  click 902 278 # English
  TONGUE=-en picture bienvenue-1
  click 829 278 # French
  key Escape
  click 920 26 # which rules, and what the program is made of
  picture a-propos
  key Escape F1
  picture raccourcis
  key Escape
  in_english
  key ctrl+1 F1
  picture raccourcis
  end
)

pictures_large() {
  (large true 1366 768) && (large true 1920 1080) && (large in_english 1366 768)
}

# large COMMAND WIDTH HEIGHT: the largest type, in a window after COMMAND.
large() {
  scene light "$2" "$3"
  opened
  "$1"
  key ctrl+plus ctrl+plus
  picture accueil-grand
  end
}
