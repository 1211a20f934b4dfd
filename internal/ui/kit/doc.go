// Package kit holds the pieces screens are built of: what they look like, how
// mouse and keyboard work them, nothing of what they mean. Every text is
// passed in; every piece changes in place through Set, SetText or Put, and
// setting what is already shown costs nothing, so a live result may be shown
// again at each keystroke.
//
// # Laying out
//
// Wrapped text is only measured right inside these containers, which give the
// width before they ask for the height. Numbers are design pixels.
//
//	VStack(gap, objects...)                  below each other; layout.NewSpacer() stretches
//	VStackFill(gap, objects...)              the last one takes the height left
//	HStack(gap, objects...)                  beside each other, centred; spacers stretch
//	Flow(gap, objects...)                    beside each other, in further rows where there is no room
//	Columns(gap, narrow, shares, objects...) shares of the width, equal height; rows where narrow
//	Sides(gap, left, narrow, a, b)           fixed left, rest right; below each other where narrow
//	Ends(gap, a, b)                          a left, b right, from the top; b below where narrow
//	Wide(object)                             scrolls sideways where it needs more width
//	Gap(height)                              empty space
//	Px(n)                                    design pixels in window units, at the theme's scale
//
// # Grounds
//
//	NewCard(content), NewInset(content)      *Surface; field Inset
//	NewNotice(title, body, extra...)         SetText(title, body)
//	NewRule()                                thin line
//	NewDoor(DoorLook, main, tapped)          large card that is pressed; SetText
//
// # Text
//
//	NewText(text, style), NewTextRight       one line; SetText, SetStyle, field Elide
//	NewParagraph(text, style)                wraps; SetText, SetStyle
//	styles: BodyText StrongText MutedText HintText ErrorText GoodText CautionText
//	        CautionTitle TitleText CardTitleText FigureText HeadlineText HeadlineUnit
//	        PanelTotalText TableText TableStrong TableMuted LinkText; Tone.Style()
//
// # Figures
//
//	NewFigure(text, style, explain)          number that opens its explanation; SetText
//	NewRangeBar(Range)                       Set(Range)
//	NewBenefitCard(BenefitLook, explain)     Set(BenefitLook)
//	NewStatement(columns, rows)              Set(columns, rows); Cell.Explain opens a figure; field Moved
//
// # Input
//
//	NewField(FieldSpec)                      label, input, hint, message; SetHint, SetMessage, SetMark
//	NewEntry(ph), NewNumberEntry(ph, unit), NewMonthEntry(ph)
//	                                         fields Check, Format, Step, Changed, Left; Put, SetMessage
//	NewSelect(ph, options, changed)          Put(id), Chosen, SetOptions, SetMessage
//	NewTabs(labels, changed)                 SetLabels, Select
//	NewTick(label, changed)                  line to confirm; Put, On
//
// An Entry or Select inside a Field shows its message there by itself. Put
// does not call back and leaves alone the entry that is being typed into.
//
// # Pressing
//
//	NewButton(Primary|Secondary|Link, label, tapped)   SetText, Enable, Disable
//	NewChip(ChipLook), NewChipButton(ChipLook, tapped) Set(ChipLook)
//	Pressable                                          part of any widget that is pressed
//
// # Over the screen (shown by the shell)
//
//	NewSlideOver(PanelSpec), NewToast(text, action, act)
//	NewProgress(text, stop, cancel)          Set(done, text), inside a screen
//
// Focused widgets hand keys they do not use to the window (PassKey), so Escape
// closes a panel from anywhere.
package kit
