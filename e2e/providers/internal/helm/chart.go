package helm

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/downloader"
	"helm.sh/helm/v3/pkg/getter"
	"helm.sh/helm/v3/pkg/registry"
)

// chart finds and loads the chart. It fills in where it comes from, which an action then carries on.
func (b *backend) chart(m *releaseModel, options *action.ChartPathOptions) (*chart.Chart, string, error) {
	name, repository := strings.TrimSpace(m.Chart.ValueString()), m.Repository.ValueString()
	address := repository
	if !registry.IsOCI(repository) {
		address = m.Chart.ValueString()
	}
	if err := b.login(address, m.RepositoryUsername.ValueString(), m.RepositoryPassword.ValueString()); err != nil {
		return nil, "", err
	}

	switch {
	case registry.IsOCI(repository):
		parsed, err := url.Parse(repository)
		if err != nil {
			return nil, "", err
		}
		parsed.Path = path.Join(parsed.Path, name)
		name = parsed.String()
	case isURL(repository):
		options.RepoURL = repository
	case repository != "" && !strings.Contains(name, "/"):
		name = repository + "/" + name // A repository by the name it was added under.
	}
	options.CaFile = m.RepositoryCAFile.ValueString()
	options.CertFile = m.RepositoryCertFile.ValueString()
	options.KeyFile = m.RepositoryKeyFile.ValueString()
	options.Keyring = m.Keyring.ValueString()
	options.Username = m.RepositoryUsername.ValueString()
	options.Password = m.RepositoryPassword.ValueString()
	options.PassCredentialsAll = m.PassCredentials.ValueBool()
	options.Verify = m.Verify.ValueBool()
	if !hasOwnVersion(name, options.RepoURL) {
		options.Version = strings.TrimSpace(m.Version.ValueString())
		if options.Version == "" && m.Devel.ValueBool() {
			options.Version = ">0.0.0-0"
		}
	}

	location, err := options.LocateChart(name, b.settings)
	if err != nil {
		return nil, "", fmt.Errorf("Unable to locate chart %s: %w", name, err)
	}
	loaded, err := loader.Load(location)
	if err != nil {
		return nil, "", fmt.Errorf("Unable to load chart %s: %w", location, err)
	}
	loaded, err = b.withDependencies(m, loaded, location)
	return loaded, location, err
}

func (b *backend) withDependencies(m *releaseModel, loaded *chart.Chart, location string) (*chart.Chart, error) {
	wanted := loaded.Metadata.Dependencies
	if wanted == nil || action.CheckDependencies(loaded, wanted) == nil {
		return loaded, nil
	}
	if !m.DependencyUpdate.ValueBool() {
		return nil, fmt.Errorf("Found in Chart.yaml, but missing in charts/ directory")
	}
	manager := &downloader.Manager{
		Out:              io.Discard,
		ChartPath:        location,
		Keyring:          m.Keyring.ValueString(),
		Getters:          getter.All(b.settings),
		RegistryClient:   b.registry,
		RepositoryConfig: b.settings.RepositoryConfig,
		RepositoryCache:  b.settings.RepositoryCache,
	}
	if err := manager.Update(); err != nil {
		return nil, fmt.Errorf("Failed to update chart dependencies: %w", err)
	}
	return loader.Load(location)
}

// lint tells what is wrong with the chart or its values, and nothing when all is well.
func lint(location string, values map[string]any) error {
	result := action.NewLint().Run([]string{location}, values)
	if len(result.Errors) == 0 {
		return nil
	}
	var lines []string
	for _, message := range result.Messages {
		for _, err := range result.Errors {
			if err == message.Err {
				lines = append(lines, fmt.Sprintf("%s: %s", message.Path, message.Err))
			}
		}
	}
	return fmt.Errorf("malformed chart or values: \n\t%s", strings.Join(lines, "\n\t"))
}

func installable(c *chart.Chart) error {
	if kind := c.Metadata.Type; kind != "" && kind != "application" {
		return fmt.Errorf("%s charts are not installable", kind)
	}
	return nil
}

// hasOwnVersion is true of a chart that is one file or folder, or an address: `version` cannot choose another then.
func hasOwnVersion(name, repository string) bool {
	return (isURL(name) && !registry.IsOCI(name)) || exists(name) || exists(repository)
}

func isURL(text string) bool {
	_, err := url.ParseRequestURI(text)
	return err == nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
