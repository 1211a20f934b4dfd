package assets

import _ "embed" // the choices below

// DossierChoices is what the chips and the grade of a dossier may say.
//
//go:embed dossier/choices.toml
var DossierChoices []byte
