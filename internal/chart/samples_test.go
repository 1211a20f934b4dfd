package chart

import (
	"math"
	"strconv"
	"strings"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
)

// french writes whole numbers as our formatter does, and decimals with a comma.
func french(v float64) string {
	whole := strconv.FormatFloat(math.Abs(math.Trunc(v)), 'f', 0, 64)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "\u202f" + whole[i:]
	}
	if frac := math.Abs(v - math.Trunc(v)); frac > 1e-9 {
		whole += "," + strings.TrimPrefix(strconv.FormatFloat(frac, 'g', 2, 64), "0.")
	}
	if v < 0 {
		return "\u2212" + whole
	}
	return whole
}

func sheet(dark bool, unit string) Sheet {
	return Sheet{
		Dark: dark, Width: 600, Height: 340, Number: french, Unit: unit,
		Title: "sample", Empty: "Aucune valeur publi\u00e9e pour cette s\u00e9rie",
	}
}

func values(id string, v ...float64) (out []Value) {
	for i, x := range v {
		out = append(out, Value{
			ID: id + "/" + strconv.Itoa(i), Tip: french(x), Text: french(x), Known: !math.IsNaN(x), Value: x,
		})
	}
	return out
}

func years(from, to int) (out []string) {
	for y := from; y <= to; y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

var gap = math.NaN() // in the samples only: a value that is not known

func lineSample(dark bool) LineParams {
	return LineParams{
		Sheet: sheet(dark, "milliards MAD par an"), Labels: years(2014, 2025),
		Series: []Series{
			{"Relation client", look.Segments[1], values("crm", 5.1, 5.6, gap, 6.2, 6.6, 6.9, 7.1, 7.9, 8.4, 9.0, 9.3, 9.7)},
			{"Ing\u00e9nierie", look.Segments[2], values("eso", 1.2, 1.5, 1.9, 2.2, 2.6, 3.0, 2.9, 3.3, 4.1, 4.6, 5.0, 5.4)},
			{"Informatique", look.Segments[0], values("ito", 2.1, 2.2, 2.4, 2.6, 2.9, 3.2, 3.3, 3.5, 3.7, gap, gap, 4.4)},
		},
		Breaks: []Break{{After: 5, Label: "nouvelle m\u00e9thode"}},
	}
}

func barsSample(dark bool) BarsParams {
	return BarsParams{
		Sheet:  sheet(dark, "\u00e9volution des exportations, % par an"),
		Labels: years(2015, 2024),
		Series: Series{"Croissance", look.Primary, values("g", 6.2, 7.4, 9.1, 4.3, 0, -2.6, 11.8, 18.4, gap, 8.2)},
	}
}

// derivedSample has a published value, computed ones, and what nobody publishes.
func derivedSample(dark bool) BarsParams {
	p := BarsParams{
		Sheet: sheet(dark, "millions MAD"), Labels: []string{"2023", "1er sem. 2024", "2024", "1er sem. 2025", "2e sem. 2025"},
		Series: Series{"Relation client", look.Segments[1], values("crm", gap, 4800, 9797, 4190, -620)},
	}
	for _, i := range []int{1, 4} {
		p.Series.Values[i].Derived = true
	}
	return p
}

func donutSample(dark bool) DonutParams {
	names := []string{"Informatique (ITO)", "Relation client (CRM)", "Ing\u00e9nierie (ESO)", "Processus (BPO)", "Savoir (KPO)"}
	numbers := []float64{26500, 71000, 18400, 21900, 3200}
	p := DonutParams{Sheet: sheet(dark, ""), Center: "141\u202f000", Note: "emplois"}
	p.Height = 260
	for i, n := range names {
		p.Parts = append(p.Parts, Part{n, look.Segments[i], values(n, numbers[i])[0]})
	}
	return p
}

func groupedSample(dark bool) GroupedParams {
	return GroupedParams{
		Sheet: sheet(dark, "emplois"), Labels: []string{"Casablanca-Settat", "Rabat-Sal\u00e9-K\u00e9nitra", "F\u00e8s-Mekn\u00e8s", "Oriental"},
		Series: []Series{
			{"2019", look.PrimaryMid, values("a", 61000, 22000, 7400, 2100)},
			{"2022", look.Segments[3], values("b", 68500, 26800, 9900, gap)},
			{"2025", look.Primary, values("c", 78200, 31500, 14100, 4300)},
		},
	}
}

func stackSample(dark bool) StackParams {
	return StackParams{
		Sheet: sheet(dark, "millions MAD par an"), Labels: years(2026, 2030),
		Series: []Series{
			{"AIR", Benefits[0], values("air", 2.1, 2.1, 2.1, 2.1, 2.1)},
			{"PAE", Benefits[1], values("pae", 0, 2.04, 0, 0, 0)},
			{"PAF", Benefits[2], values("paf", 0.42, 0.42, 0.42, 0.42, 0.42)},
			{"AIS", Benefits[3], values("ais", 0, 0, 0, 0.9, gap)},
		},
		Totals: []string{"2,52", "4,56", "2,52", "3,42", "au moins 2,52"},
	}
}

func tornadoSample(dark bool) TornadoParams {
	swing := func(label string, low, high float64) Swing {
		v := values(label, low, high)
		return Swing{Low: v[0], High: v[1], Label: label}
	}
	return TornadoParams{
		Sheet: sheet(dark, "gain sur 60 mois, millions MAD"), Base: 14.7, BaseText: "14,7 par d\u00e9faut",
		LowText: "au plus bas", HighText: "au plus haut",
		Swings: []Swing{
			swing("D\u00e9parts de 0 \u00e0 30 % par an", 14.7, 9.8),
			swing("Prime \u00e0 l\u2019emploi vers\u00e9e une fois ou chaque ann\u00e9e", 14.7, 24.8),
			swing("Salaire brut de 24 000 \u00e0 36 000", 11.9, 17.6),
			swing("Embauches six mois plus tard", 13.1, 14.7),
			swing("Part export de 70 \u00e0 100 %", 10.4, 14.7),
		},
	}
}

func planeSample(dark bool) PlaneParams {
	point := func(label string, c look.Pair, cost, quality Span) Point {
		return Point{ID: label, Tip: label, Label: label, Color: c, Cost: cost, Quality: quality}
	}
	p := PlaneParams{
		Sheet:       sheet(dark, "co\u00fbt par poste et mois apr\u00e8s aides, MAD"),
		QualityUnit: "qualit\u00e9, 0 \u00e0 100",
		Points: []Point{
			point("F\u00e8s Shore", look.Segments[0], Span{25100, 28060, 28400}, Span{56, 61, 67}),
			point("Casanearshore", look.Segments[1], Span{28100, 31060, 31300}, Span{51, 54, 57}),
			point("Oujda Shore", look.Segments[3], Span{25100, 28060, 28400}, Span{35, 49, 66}),
		},
	}
	return p
}

func crowdSample(dark bool) PlaneParams {
	p := planeSample(dark)
	for i, l := range []string{"Technopolis", "T\u00e9touan Shore", "Casablanca Tech Valley", "Agadir", "Dakhla", "La\u00e2youne"} {
		cost, quality := 28060+float64(i%3)*300, 44+float64(i*i%7)*3
		p.Points = append(p.Points, Point{
			ID: l, Tip: l, Label: l, Color: look.Segments[i%5],
			Cost: Span{cost - 900, cost, cost + 500}, Quality: Span{quality - 6, quality, quality + 4},
		})
	}
	return p
}

// forms are one sample of each, by the name of its pictures.
var forms = map[string]func(dark bool) (*record.Drawing, error){
	"line":    func(dark bool) (*record.Drawing, error) { return Line(lineSample(dark)) },
	"bars":    func(dark bool) (*record.Drawing, error) { return Bars(barsSample(dark)) },
	"derived": func(dark bool) (*record.Drawing, error) { return Bars(derivedSample(dark)) },
	"donut":   func(dark bool) (*record.Drawing, error) { return Donut(donutSample(dark)) },
	"grouped": func(dark bool) (*record.Drawing, error) { return Grouped(groupedSample(dark)) },
	"stack":   func(dark bool) (*record.Drawing, error) { return Stack(stackSample(dark)) },
	"tornado": func(dark bool) (*record.Drawing, error) { return Tornado(tornadoSample(dark)) },
	"plane":   func(dark bool) (*record.Drawing, error) { return Plane(planeSample(dark)) },
	"crowd":   func(dark bool) (*record.Drawing, error) { return Plane(crowdSample(dark)) },
	"nothing": func(dark bool) (*record.Drawing, error) {
		return Bars(BarsParams{Sheet: sheet(dark, "MAD"), Labels: years(2024, 2025), Series: Series{Values: values("", gap, gap)}})
	},
}
