package main

import (
	"context"
	"fmt"
	"io"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// What `pulumi import` asks the language host of TypeScript for: a program in it, of one in Pulumi's own notation.
func writeProgram(pkg *schema.Package, in io.Reader, out io.Writer) error {
	parser := syntax.NewParser()
	if err := parser.ParseFile(in, "import.pp"); err != nil {
		return err
	}
	if parser.Diagnostics.HasErrors() {
		return parser.Diagnostics
	}
	program, diagnostics, err := pcl.BindProgram(parser.Files, only{pkg}, pcl.NonStrictBindOptions()...)
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return diagnostics
	}
	files, diagnostics, err := nodejs.GenerateProgram(program)
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return diagnostics
	}
	_, err = out.Write(files["index.ts"])
	return err
}

// Knows one package.
type only struct{ pkg *schema.Package }

func (l only) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if name != l.pkg.Name {
		return nil, fmt.Errorf("there is no package %s here", name)
	}
	return l.pkg, nil
}

func (l only) LoadPackageV2(_ context.Context, descriptor *schema.PackageDescriptor) (*schema.Package, error) {
	return l.LoadPackage(descriptor.Name, nil)
}
