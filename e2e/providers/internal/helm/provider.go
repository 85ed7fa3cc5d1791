// Package helm is a stand-in for the Terraform provider hashicorp/helm 3.1: its schema, carried out with the Helm SDK.
package helm

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/cli"
	"helm.sh/helm/v3/pkg/registry"

	"cdktf-karpenter.test/stand-in-providers/internal/kubeconfig"
)

// New makes the provider, which says that it is of the given version.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &helmProvider{version: version} }
}

type helmProvider struct{ version string }

type providerModel struct {
	BurstLimit           types.Int64   `tfsdk:"burst_limit"`
	Debug                types.Bool    `tfsdk:"debug"`
	Experiments          types.Object  `tfsdk:"experiments"`
	HelmDriver           types.String  `tfsdk:"helm_driver"`
	Kubernetes           types.Object  `tfsdk:"kubernetes"`
	PluginsPath          types.String  `tfsdk:"plugins_path"`
	QPS                  types.Float64 `tfsdk:"qps"`
	Registries           types.List    `tfsdk:"registries"`
	RegistryConfigPath   types.String  `tfsdk:"registry_config_path"`
	RepositoryCache      types.String  `tfsdk:"repository_cache"`
	RepositoryConfigPath types.String  `tfsdk:"repository_config_path"`
}

type kubernetesModel struct {
	ClientCertificate     types.String `tfsdk:"client_certificate"`
	ClientKey             types.String `tfsdk:"client_key"`
	ClusterCACertificate  types.String `tfsdk:"cluster_ca_certificate"`
	ConfigContext         types.String `tfsdk:"config_context"`
	ConfigContextAuthInfo types.String `tfsdk:"config_context_auth_info"`
	ConfigContextCluster  types.String `tfsdk:"config_context_cluster"`
	ConfigPath            types.String `tfsdk:"config_path"`
	ConfigPaths           types.List   `tfsdk:"config_paths"`
	Exec                  types.Object `tfsdk:"exec"`
	Host                  types.String `tfsdk:"host"`
	Insecure              types.Bool   `tfsdk:"insecure"`
	Password              types.String `tfsdk:"password"`
	ProxyURL              types.String `tfsdk:"proxy_url"`
	TLSServerName         types.String `tfsdk:"tls_server_name"`
	Token                 types.String `tfsdk:"token"`
	Username              types.String `tfsdk:"username"`
}

type execModel struct {
	APIVersion types.String `tfsdk:"api_version"`
	Args       types.List   `tfsdk:"args"`
	Command    types.String `tfsdk:"command"`
	Env        types.Map    `tfsdk:"env"`
}

type registryModel struct {
	Password types.String `tfsdk:"password"`
	URL      types.String `tfsdk:"url"`
	Username types.String `tfsdk:"username"`
}

func (p *helmProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "helm"
	resp.Version = p.version
}

func (p *helmProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	text := schema.StringAttribute{Optional: true}
	required := schema.StringAttribute{Required: true}
	flag := schema.BoolAttribute{Optional: true}
	texts := schema.ListAttribute{Optional: true, ElementType: types.StringType}
	resp.Schema = schema.Schema{
		Description: "A stand-in for hashicorp/helm, for tests on machines that cannot reach the registry. Not the real provider.",
		Attributes: map[string]schema.Attribute{
			"burst_limit": schema.Int64Attribute{Optional: true},
			"debug":       flag,
			"experiments": schema.SingleNestedAttribute{
				Optional:   true,
				Attributes: map[string]schema.Attribute{"manifest": flag},
			},
			"helm_driver": schema.StringAttribute{
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf("memory", "configmap", "secret", "sql")},
			},
			"kubernetes": schema.SingleNestedAttribute{
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"client_certificate":       text,
					"client_key":               text,
					"cluster_ca_certificate":   text,
					"config_context":           text,
					"config_context_auth_info": text,
					"config_context_cluster":   text,
					"config_path": schema.StringAttribute{
						Optional: true,
						Validators: []validator.String{
							stringvalidator.ConflictsWith(path.MatchRoot("kubernetes").AtName("config_paths")),
						},
					},
					"config_paths": texts,
					"exec": schema.SingleNestedAttribute{
						Optional: true,
						Attributes: map[string]schema.Attribute{
							"api_version": required,
							"args":        texts,
							"command":     required,
							"env":         schema.MapAttribute{Optional: true, ElementType: types.StringType},
						},
					},
					"host":            text,
					"insecure":        flag,
					"password":        text,
					"proxy_url":       text,
					"tls_server_name": text,
					"token":           text,
					"username":        text,
				},
			},
			"plugins_path": text,
			"qps":          schema.Float64Attribute{Optional: true},
			"registries": schema.ListNestedAttribute{
				Optional: true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{"password": required, "url": required, "username": required},
				},
			},
			"registry_config_path":   text,
			"repository_cache":       text,
			"repository_config_path": text,
		},
	}
}

func (p *helmProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newRelease}
}

func (p *helmProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

// backend is what a release needs of its provider.
type backend struct {
	settings   *cli.EnvSettings
	driver     string
	cluster    kubeconfig.Settings
	burst      int
	qps        float32
	registry   *registry.Client
	mutex      sync.Mutex
	registries map[string]bool
}

func (p *helmProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	tflog.Warn(ctx, "This is a stand-in for hashicorp/helm, not the real provider.")
	// What is not known yet counts as not given: a plan asks the cluster for nothing that is not in the state already.
	if req.ClientCapabilities.DeferralAllowed && !req.Config.Raw.IsFullyKnown() {
		resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
	}
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if manifest, ok := config.Experiments.Attributes()["manifest"].(types.Bool); ok && manifest.ValueBool() {
		resp.Diagnostics.AddError("Not carried out by the stand-in", "This stand-in for hashicorp/helm does not have experiments.manifest.")
		return
	}

	b := &backend{settings: cli.New(), driver: orEnv(config.HelmDriver, "HELM_DRIVER"), registries: map[string]bool{}}
	b.settings.Debug = config.Debug.ValueBool() || os.Getenv("HELM_DEBUG") == "true"
	for target, value := range map[*string]string{
		&b.settings.PluginsDirectory: orEnv(config.PluginsPath, "HELM_PLUGINS_PATH"),
		&b.settings.RegistryConfig:   orEnv(config.RegistryConfigPath, "HELM_REGISTRY_CONFIG_PATH"),
		&b.settings.RepositoryConfig: orEnv(config.RepositoryConfigPath, "HELM_REPOSITORY_CONFIG_PATH"),
		&b.settings.RepositoryCache:  orEnv(config.RepositoryCache, "HELM_REPOSITORY_CACHE"),
	} {
		if value != "" {
			*target = value
		}
	}
	burst, _ := strconv.Atoi(os.Getenv("HELM_BURST_LIMIT"))
	if !config.BurstLimit.IsNull() {
		burst = int(config.BurstLimit.ValueInt64())
	}
	qps, _ := strconv.ParseFloat(os.Getenv("HELM_QPS"), 32)
	if !config.QPS.IsNull() {
		qps = config.QPS.ValueFloat64()
	}
	b.burst, b.qps = burst, float32(qps)

	var diags diag.Diagnostics
	b.cluster, diags = clusterSettings(ctx, config.Kubernetes)
	resp.Diagnostics.Append(diags...)
	client, err := registry.NewClient(registry.ClientOptCredentialsFile(b.settings.RegistryConfig))
	if err != nil {
		resp.Diagnostics.AddError("Registry client initialization failed", err.Error())
	}
	if resp.Diagnostics.HasError() {
		return
	}
	b.registry = client

	if !config.Registries.IsUnknown() {
		var registries []registryModel
		resp.Diagnostics.Append(config.Registries.ElementsAs(ctx, &registries, false)...)
		for _, r := range registries {
			if err := b.login(r.URL.ValueString(), r.Username.ValueString(), r.Password.ValueString()); err != nil {
				resp.Diagnostics.AddError("OCI Registry login failed", err.Error())
			}
		}
	}
	resp.ResourceData = b
}

func clusterSettings(ctx context.Context, given types.Object) (kubeconfig.Settings, diag.Diagnostics) {
	var k kubernetesModel
	var diags diag.Diagnostics
	lenient := basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true}
	if !given.IsNull() && !given.IsUnknown() {
		diags.Append(given.As(ctx, &k, lenient)...)
	}
	insecure, _ := strconv.ParseBool(os.Getenv("KUBE_INSECURE"))
	if !k.Insecure.IsNull() {
		insecure = k.Insecure.ValueBool()
	}
	settings := kubeconfig.Settings{
		Host:                 orEnv(k.Host, "KUBE_HOST"),
		Username:             orEnv(k.Username, "KUBE_USER"),
		Password:             orEnv(k.Password, "KUBE_PASSWORD"),
		Insecure:             insecure,
		TLSServerName:        orEnv(k.TLSServerName, "KUBE_TLS_SERVER_NAME"),
		ClientCertificate:    orEnv(k.ClientCertificate, "KUBE_CLIENT_CERT_DATA"),
		ClientKey:            orEnv(k.ClientKey, "KUBE_CLIENT_KEY_DATA"),
		ClusterCACertificate: orEnv(k.ClusterCACertificate, "KUBE_CLUSTER_CA_CERT_DATA"),
		Context:              orEnv(k.ConfigContext, "KUBE_CTX"),
		ContextAuthInfo:      orEnv(k.ConfigContextAuthInfo, "KUBE_CTX_AUTH_INFO"),
		ContextCluster:       orEnv(k.ConfigContextCluster, "KUBE_CTX_CLUSTER"),
		Token:                orEnv(k.Token, "KUBE_TOKEN"),
		ProxyURL:             orEnv(k.ProxyURL, "KUBE_PROXY_URL"),
	}
	if one := orEnv(k.ConfigPath, "KUBE_CONFIG_PATH"); one != "" {
		settings.ConfigPaths = []string{one}
	}
	settings.ConfigPaths = append(settings.ConfigPaths, texts(k.ConfigPaths)...)
	if fromEnv := kubeconfig.PathsFromEnv(); len(fromEnv) > 0 {
		settings.ConfigPaths = fromEnv
	}
	if !k.Exec.IsNull() && !k.Exec.IsUnknown() {
		var exec execModel
		diags.Append(k.Exec.As(ctx, &exec, lenient)...)
		settings.Exec = &kubeconfig.Exec{
			APIVersion: exec.APIVersion.ValueString(),
			Command:    exec.Command.ValueString(),
			Args:       texts(exec.Args),
			Env:        map[string]string{},
		}
		for name, value := range exec.Env.Elements() {
			settings.Exec.Env[name] = value.(types.String).ValueString()
		}
	}
	return settings, diags
}

// configuration is what every action of the Helm SDK starts from. It asks the cluster for nothing yet.
func (b *backend) configuration(ctx context.Context, namespace string) (*action.Configuration, error) {
	config, err := b.cluster.Load(namespace)
	if err != nil {
		return nil, err
	}
	result := &action.Configuration{RegistryClient: b.registry}
	getter := &kubeconfig.Getter{Config: config, Burst: b.burst, QPS: b.qps}
	err = result.Init(getter, namespace, b.driver, func(format string, args ...any) {
		tflog.Info(ctx, fmt.Sprintf(format, args...))
	})
	return result, err
}

// login to an OCI registry, once for each.
func (b *backend) login(address, username, password string) error {
	if !registry.IsOCI(address) || username == "" || password == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return err
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.registries[parsed.Host] {
		return nil
	}
	if err := b.registry.Login(parsed.Host, registry.LoginOptBasicAuth(username, password)); err != nil {
		return fmt.Errorf("could not log in to OCI registry %q: %w", parsed.Host, err)
	}
	b.registries[parsed.Host] = true
	return nil
}

func orEnv(value types.String, name string) string {
	if value.IsNull() {
		return os.Getenv(name)
	}
	return value.ValueString()
}

func texts(list types.List) []string {
	var result []string
	for _, element := range list.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() {
			result = append(result, text.ValueString())
		}
	}
	return result
}
