// Package kubernetes is a stand-in for the Terraform provider hashicorp/kubernetes 2.38: config maps, namespaces and
// deployments. It is written with the same SDK as the real one, so that computed blocks, empty values and defaults
// come out the same.
package kubernetes

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"cdktf-karpenter.test/stand-in-providers/internal/kubeconfig"
)

// cluster is what a resource needs of its provider.
type cluster struct {
	config            *rest.Config
	ignoreAnnotations []string
	ignoreLabels      []string
}

func client(meta any) (*kubernetes.Clientset, error) {
	return kubernetes.NewForConfig(meta.(*cluster).config)
}

func envText(name string) *schema.Schema {
	return &schema.Schema{Type: schema.TypeString, Optional: true, DefaultFunc: schema.EnvDefaultFunc(name, "")}
}

func textList() *schema.Schema {
	return &schema.Schema{Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
}

func patterns() *schema.Schema {
	return &schema.Schema{
		Type: schema.TypeList, Optional: true,
		Elem: &schema.Schema{Type: schema.TypeString, ValidateFunc: validation.StringIsValidRegExp},
	}
}

// Provider makes the provider.
func Provider() *schema.Provider {
	host := envText("KUBE_HOST")
	host.Description = "Of the cluster. This is a stand-in for hashicorp/kubernetes, not the real provider."
	return &schema.Provider{
		Schema: map[string]*schema.Schema{
			"client_certificate":       envText("KUBE_CLIENT_CERT_DATA"),
			"client_key":               envText("KUBE_CLIENT_KEY_DATA"),
			"cluster_ca_certificate":   envText("KUBE_CLUSTER_CA_CERT_DATA"),
			"config_context":           envText("KUBE_CTX"),
			"config_context_auth_info": envText("KUBE_CTX_AUTH_INFO"),
			"config_context_cluster":   envText("KUBE_CTX_CLUSTER"),
			"config_path": {
				Type: schema.TypeString, Optional: true,
				DefaultFunc: schema.EnvDefaultFunc("KUBE_CONFIG_PATH", nil), ConflictsWith: []string{"config_paths"},
			},
			"config_paths": textList(),
			"exec": {
				Type: schema.TypeList, Optional: true, MaxItems: 1,
				Elem: &schema.Resource{Schema: map[string]*schema.Schema{
					"api_version": {Type: schema.TypeString, Required: true},
					"args":        textList(),
					"command":     {Type: schema.TypeString, Required: true},
					"env":         {Type: schema.TypeMap, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}},
				}},
			},
			"experiments": {
				Type: schema.TypeList, Optional: true, MaxItems: 1,
				Elem: &schema.Resource{Schema: map[string]*schema.Schema{
					"manifest_resource": {Type: schema.TypeBool, Optional: true, Default: true},
				}},
			},
			"host":               host,
			"ignore_annotations": patterns(),
			"ignore_labels":      patterns(),
			"insecure":           {Type: schema.TypeBool, Optional: true, DefaultFunc: schema.EnvDefaultFunc("KUBE_INSECURE", false)},
			"password":           envText("KUBE_PASSWORD"),
			"proxy_url":          envText("KUBE_PROXY_URL"),
			"tls_server_name":    envText("KUBE_TLS_SERVER_NAME"),
			"token":              envText("KUBE_TOKEN"),
			"username":           envText("KUBE_USER"),
		},
		ConfigureContextFunc: configure,
		DataSourcesMap: map[string]*schema.Resource{
			"kubernetes_config_map":    configMapData(),
			"kubernetes_config_map_v1": configMapData(),
		},
		ResourcesMap: map[string]*schema.Resource{
			"kubernetes_config_map":    configMap(),
			"kubernetes_config_map_v1": configMap(),
			"kubernetes_deployment":    deployment(),
			"kubernetes_deployment_v1": deployment(),
			"kubernetes_namespace":     namespace(),
			"kubernetes_namespace_v1":  namespace(),
		},
	}
}

func configure(_ context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
	log.Print("[WARN] This is a stand-in for hashicorp/kubernetes, not the real provider.")
	text := func(name string) string { return d.Get(name).(string) }
	settings := kubeconfig.Settings{
		Host:                 text("host"),
		Username:             text("username"),
		Password:             text("password"),
		Insecure:             d.Get("insecure").(bool),
		TLSServerName:        text("tls_server_name"),
		ClientCertificate:    text("client_certificate"),
		ClientKey:            text("client_key"),
		ClusterCACertificate: text("cluster_ca_certificate"),
		Context:              text("config_context"),
		ContextAuthInfo:      text("config_context_auth_info"),
		ContextCluster:       text("config_context_cluster"),
		Token:                text("token"),
		ProxyURL:             text("proxy_url"),
	}
	if path := text("config_path"); path != "" {
		settings.ConfigPaths = []string{path}
	} else if paths := textsOf(d.Get("config_paths")); len(paths) > 0 {
		settings.ConfigPaths = paths
	} else if os.Getenv("KUBE_CONFIG_PATHS") != "" {
		settings.ConfigPaths = kubeconfig.PathsFromEnv()
	}
	if exec, ok := first(d.Get("exec")); ok {
		settings.Exec = &kubeconfig.Exec{
			APIVersion: exec["api_version"].(string),
			Command:    exec["command"].(string),
			Args:       textsOf(exec["args"]),
			Env:        textMap(exec["env"]),
		}
	}
	result := &cluster{
		config:            &rest.Config{},
		ignoreAnnotations: textsOf(d.Get("ignore_annotations")),
		ignoreLabels:      textsOf(d.Get("ignore_labels")),
	}
	loader, err := settings.Load("")
	if err != nil {
		return nil, diag.Errorf("Failed to parse value for host: %s", err)
	}
	config, err := loader.ClientConfig()
	if err != nil {
		// While the cluster is still to be made, its address is not known. Only what then asks it fails.
		return result, diag.Diagnostics{{
			Severity: diag.Warning,
			Summary:  "Provider was supplied an invalid configuration. Further operations likely to fail.",
			Detail:   err.Error(),
		}}
	}
	config.WarningHandler = rest.NoWarnings{}
	config.UserAgent = "HashiCorp/1.0 Terraform"
	result.config = config
	return result, nil
}

func textsOf(list any) []string {
	var result []string
	for _, element := range list.([]any) {
		text, _ := element.(string)
		result = append(result, text)
	}
	return result
}

func textMap(given any) map[string]string {
	result := map[string]string{}
	for name, value := range given.(map[string]any) {
		result[name], _ = value.(string)
	}
	return result
}
