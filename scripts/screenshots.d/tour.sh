# Every place of the window, in French, light and dark, at two sizes. Sourced by
# scripts/screenshots.
# shellcheck shell=bash

pictures_tour() {
  local size theme
  for size in "1366 768" "1920 1080"; do
    for theme in light dark; do
      # shellcheck disable=SC2086 # width and height
      (tour "$theme" $size) || return 1
    done
  done
}

# tour THEME WIDTH HEIGHT
tour() {
  scene "$@"
  opened
  picture accueil
  tour_platforms
  tour_sector
  tour_comparison
  tour_result
  tour_what_if
  tour_dossiers
  tour_rules
  tour_languages
  end
  unstage
}

tour_platforms() {
  key ctrl+2
  # shellcheck disable=SC2046 # two coordinates
  click $(at "583 275" "787 326") # Fès Shore on the map
  picture plateformes
  # shellcheck disable=SC2046
  click $(at "798 266" "1058 268") # where the cap comes from
  picture plateformes-source
  key Escape
  click 327 100 # the cards
  picture plateformes-cartes
  click 420 100 # the regions
  picture plateformes-regions
}

tour_sector() {
  key ctrl+3
  picture secteur
  # shellcheck disable=SC2046 # two coordinates
  click $(at "1293 129" "1847 129") # the growth of each segment
  picture secteur-variation
  click 458 129 # the quarters
  # shellcheck disable=SC2046
  click $(at "1160 129" "1714 129") # their level
  picture secteur-trimestre
  click 390 84 # over the years
  picture secteur-annees
  click 492 84 # targets
  picture secteur-objectifs
  click 634 84 # training, governance and ranks
  picture secteur-cadre
  click 815 84 # other destinations
  picture secteur-destinations
  click 982 84 # figures in circulation
  picture secteur-circulation
}

tour_comparison() {
  key ctrl+5
  picture comparer
  $X11 xdotool mousemove 900 600 click --repeat 60 --delay 5 5
  picture comparer-bas
}

tour_result() {
  key ctrl+4
  picture simuler-vide
  fill_eso
  key ctrl+s
  quiet
  picture simuler
  result_tab 735 # the conditions
  picture conditions
  result_tab 1010 # the readings
  picture lectures
  to_top
  # shellcheck disable=SC2086 # two coordinates
  click $AT_TOTAL
  picture expliquer
  key Escape
}

# result_tab X: the tab of the result at X. The cards above are one line shorter
# where the window is wide.
result_tab() {
  local y=625
  [ "$WIDTH" = 1920 ] && y=564
  to_top
  click "$1" $y
}

tour_what_if() {
  # shellcheck disable=SC2046 # two coordinates
  click $(at "990 105" "1544 105") # what if
  sleep 1
  picture et-si
  click 739 162 # what weighs most
  sleep 1
  picture et-si-poids
  click 1059 162 # the calendar of rights
  sleep 1
  picture et-si-calendrier
  # shellcheck disable=SC2046
  click $(at "1270 95" "1830 95") # back to the result
  # shellcheck disable=SC2046
  click $(at "1078 105" "1632 105") # the paper
  picture papier
  key Escape
}

tour_dossiers() {
  key ctrl+6
  # shellcheck disable=SC2086 # two coordinates
  click $AT_SAVED
  # shellcheck disable=SC2086
  click $AT_FIRST_ROW
  picture dossiers
  click 240 83 # the contacts, before there is a passphrase
  picture contacts-phrase
  key ctrl+1 # and then again, with the focus in its first line
  new_contact "Visiteur exemple" "Entreprise exemple" visiteur@entreprise.example
  picture contacts
  key ctrl+k
  typed shore
  picture rechercher
  key Escape
}

# new_contact NAME COMPANY EMAIL: the first one of this laptop, with a passphrase.
new_contact() {
  new_passphrase "quatre mots simples suffisent"
  key ctrl+n
  typed "$1"
  key Tab
  typed "$2"
  key Tab Tab
  typed "$3"
  key Tab
}

tour_rules() {
  key ctrl+7
  picture regles-poste
  click 337 83 # verifying a paper
  picture regles-verifier
  click 460 83 # the rules
  picture regles
}

tour_languages() {
  in_english
  key ctrl+4
  picture simuler
  # shellcheck disable=SC2046 # two coordinates
  click $(at "$AT_LANGUAGE" "1860 26")
  # shellcheck disable=SC2034 # picture names the file by it
  TONGUE=-es
  key ctrl+1
  picture accueil
}
