// Writes the SDKs of a package from its schema, by Pulumi's own generators: generate-sdks SCHEMA FOLDER LANGUAGE…
// Binding the schema is also the check that it is valid: without languages, nothing is written.
// With generate-sdks SCHEMA - it turns a program of Pulumi's own notation, which it reads, into TypeScript.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "pulumi-sailpoint"

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(file, folder string, languages []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	pkg, err := bind(text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if folder == "-" {
		return writeProgram(pkg, os.Stdin, os.Stdout)
	}
	for _, language := range languages {
		// A generator names the members of enums in the package that it is given.
		pkg, err := bind(text)
		if err != nil {
			return err
		}
		files, err := generate(language, pkg)
		if err != nil {
			return fmt.Errorf("the SDK for %s cannot be made: %w", language, err)
		}
		if err := write(filepath.Join(folder, language), files); err != nil {
			return err
		}
	}
	return nil
}

func bind(text []byte) (*schema.Package, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("it is no schema: %w", err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if len(diagnostics) > 0 {
		return nil, fmt.Errorf("the schema is not as Pulumi wants it: %w", diagnostics)
	}
	return pkg, nil
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "python":
		return python.GeneratePackage(tool, pkg, nil, nil)
	case "nodejs":
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
	case "go":
		return gen.GeneratePackage(tool, pkg, nil)
	default:
		return nil, fmt.Errorf("there is no generator for it")
	}
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
