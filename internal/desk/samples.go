package desk

import (
	"io/fs"
	"path"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
)

// Samples are the projects that ship with the program, in the order of their
// file names.
func Samples() ([]domain.Project, error) {
	var out []domain.Project
	err := fs.WalkDir(assets.Samples, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		data, err := fs.ReadFile(assets.Samples, name)
		if err != nil {
			return err
		}
		p, err := project.Read(data)
		out = append(out, p)
		return err
	})
	return out, err
}
