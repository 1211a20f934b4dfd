package dossier

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func named(id, name, company string) Dossier {
	return Dossier{ID: id, Updated: noon, Private: Private{Contact: Contact{Name: name, Company: company}}}
}

func ids(list []*Dossier) string {
	var out []string
	for _, d := range list {
		out = append(out, d.ID)
	}
	return strings.Join(out, " ")
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " - ": "", "\u00c9lodie d'Oujda": "elodie d oujda", "e\u0301t\u00e9": "ete", "C\u0153ur, Stra\u00dfe!": "coeur strasse",
		"a@b.ma": "a b ma", "\u0623\u064e\u062d\u0645\u062f": "\u0627\u062d\u0645\u062f", "\u0661\u0662": "12", "\u0645\u0640\u0640\u0627": "\u0645\u0627", "deux\u00a0mots": "deux mots",
	} {
		if got := strings.Join(Fold(in), " "); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestFind_EveryWordBeginsOne(t *testing.T) {
	x := NewIndex()
	d := full()
	d.ID = "1"
	x.Put(d, "Centre de 200 postes", "A7F3-00012")
	x.Put(named("2", "Karim Centrale", "Oujda Services"))
	for text, want := range map[string]string{
		"": "1 2", "  ": "1 2", "elo": "1", "ELODIE oujda": "1", "oujda elodie": "1", "lodie": "", "centre": "1", "centr": "1 2",
		"exemple.ma": "1", "visiter fes": "1", "rappeler": "1", "siel 2026": "1", "a7f3-00012": "1", "postes": "1", "trois": "1", "eso": "1", "kb": "1",
		"elodie karim": "", "661234567": "1", "0661 23 45": "1", "06 61": "", "+212 661": "1", "66 12": "1", "2026": "1",
	} {
		if got := ids(x.Find(Query{Text: text})); got != want {
			t.Errorf("%q found %q, want %q", text, got, want)
		}
	}
}

func TestFind_Ranks(t *testing.T) {
	x := NewIndex()
	note := named("note", "X", "Y")
	note.Notes = "parle d'Atlas"
	note.Updated = noon.Add(time.Hour)
	late := named("late", "Atlas", "Z")
	late.Updated = noon.Add(time.Minute)
	for _, d := range []Dossier{note, named("begins", "X", "Atlasia"), named("whole", "X", "Atlas"), late} {
		x.Put(d)
	}
	if got := ids(x.Find(Query{Text: "atlas"})); got != "late whole begins note" {
		t.Error(got)
	}
	if got := ids(x.Find(Query{})); got != "note late begins whole" {
		t.Error(got)
	}
}

func TestFind_Filters(t *testing.T) {
	x := NewIndex()
	for i, c := range []Clear{
		{Fair: "F1", Grade: "A", State: New, Next: Next{Owner: "KB", Due: "2026-12-01"}},
		{Fair: "F2", Grade: "B", State: New, Next: Next{Owner: "KB", Due: "2026-12-05"}},
		{Fair: "F1", Grade: "B", State: Won, Next: Next{Owner: "SA", Due: "2026-12-01", Done: true}},
		{},
	} {
		d := named(fmt.Sprint(i), "Nom", "")
		d.Clear, d.Updated = c, noon.AddDate(0, -i, 0)
		x.Put(d)
	}
	for i, c := range []struct {
		q    Query
		want string
	}{
		{Query{Fair: "F1"}, "0 2"},
		{Query{Grade: "B"}, "1 2"},
		{Query{Owner: "KB", Fair: "F2"}, "1"},
		{Query{State: Won}, "2"},
		{Query{To: "2026-12-01"}, "0"},
		{Query{From: "2026-12-02"}, "1"},
		{Query{From: "2026-12-01", To: "2026-12-31", Text: "no"}, "0 1"},
		{Query{Before: noon.AddDate(0, -1, 0)}, "2 3"},
		{Query{Before: noon.AddDate(0, 0, 1), Grade: "B"}, "1 2"},
	} {
		if got := ids(x.Find(c.q)); got != c.want {
			t.Errorf("%d: found %q, want %q", i, got, c.want)
		}
	}
	if f, o := x.Fairs(), x.Owners(); fmt.Sprint(f, o) != "[F1 F2] [KB SA]" {
		t.Error(f, o)
	}
}

// However the index came to be, it finds what one made anew finds, and that is
// what looking at each dossier finds.
func TestProperty_IndexFollowsItsDossiers(t *testing.T) {
	word := rapid.SampledFrom([]string{"Atlas", "\u00e9t\u00e9", "oujda", "Ouj", "Ka", "karim"})
	rapid.Check(t, func(t *rapid.T) {
		x, now := NewIndex(), map[string]Dossier{}
		for n := range rapid.IntRange(1, 30).Draw(t, "steps") {
			id := fmt.Sprint(rapid.IntRange(0, 6).Draw(t, "id"))
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				x.Remove(id)
				delete(now, id)
				continue
			}
			d := named(id, word.Draw(t, "name"), word.Draw(t, "company"))
			d.Notes, d.Updated = word.Draw(t, "notes"), noon.Add(time.Duration(n)*time.Second)
			x.Put(d)
			now[id] = d
		}
		anew := NewIndex()
		for _, d := range now {
			anew.Put(d)
		}
		text := word.Draw(t, "text") + " " + word.Draw(t, "more")
		found := x.Find(Query{Text: text})
		if a, b := ids(found), ids(anew.Find(Query{Text: text})); a != b || x.Len() != len(now) {
			t.Fatalf("%q, anew %q", a, b)
		}
		for id, d := range now {
			all := Fold(d.Contact.Name + " " + d.Contact.Company + " " + d.Notes)
			want := true
			for _, w := range Fold(text) {
				want = want && slices.ContainsFunc(all, func(s string) bool { return strings.HasPrefix(s, w) })
			}
			if got := slices.ContainsFunc(found, func(f *Dossier) bool { return f.ID == id }); got != want {
				t.Fatalf("%s for %q: found %v", id, text, got)
			}
			if got, ok := x.Get(id); !ok || got.Notes != d.Notes {
				t.Fatalf("%+v", got)
			}
		}
	})
}

// tenThousand are dossiers with names, notes and steps of usual length.
func tenThousand() []Dossier {
	names := []string{"Amina", "Karim", "\u00c9lodie", "John", "Mar\u00eda", "Youssef", "Wei", "Olivier"}
	out := make([]Dossier, 10_000)
	for i := range out {
		d := full()
		d.ID = fmt.Sprintf("%032x", i)
		d.Updated = noon.Add(time.Duration(i*7919%10_000) * time.Second)
		d.Contact.Name = names[i%len(names)] + fmt.Sprintf(" Nom%c%c", 'a'+i%26, 'a'+i/26%26)
		d.Contact.Company = fmt.Sprintf("Soci\u00e9t\u00e9 %d", i%700)
		d.Contact.Phone = fmt.Sprintf("+212 6 %08d", i*7919%100_000_000)
		d.Notes = strings.Repeat("Souhaite une visite du site et un calcul avec trois \u00e9quipes. ", 8)
		out[i] = d
	}
	return out
}

func BenchmarkFind10000(b *testing.B) {
	x := NewIndex()
	for _, d := range tenThousand() {
		x.Put(d)
	}
	for _, text := range []string{"e", "elodie", "elodie soc", "visite equipes calcul", "introuvable", "0661"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				x.Find(Query{Text: text, Grade: "A"})
			}
		})
	}
}

func BenchmarkIndex10000(b *testing.B) {
	list := tenThousand()
	for b.Loop() {
		x := NewIndex()
		for _, d := range list {
			x.Put(d)
		}
	}
}

func BenchmarkPut(b *testing.B) {
	x := NewIndex()
	list := tenThousand()
	for _, d := range list {
		x.Put(d)
	}
	for b.Loop() {
		x.Put(list[5000])
	}
}
