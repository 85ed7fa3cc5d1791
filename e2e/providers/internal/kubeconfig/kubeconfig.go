// Package kubeconfig turns the cluster settings of a provider block into a client configuration. The helm and the
// kubernetes provider take the same settings, only written differently.
package kubeconfig

import (
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// Settings are the arguments of a provider block that say which cluster to talk to, and as whom. Empty is not given.
type Settings struct {
	Host                 string
	Username             string
	Password             string
	Insecure             bool
	TLSServerName        string
	ClientCertificate    string
	ClientKey            string
	ClusterCACertificate string
	ConfigPaths          []string
	Context              string
	ContextAuthInfo      string
	ContextCluster       string
	Token                string
	ProxyURL             string
	Exec                 *Exec
}

// Exec is a program that prints credentials, like `aws eks get-token`.
type Exec struct {
	APIVersion string
	Command    string
	Args       []string
	Env        map[string]string
}

// PathsFromEnv are the files named in KUBE_CONFIG_PATHS.
func PathsFromEnv() []string {
	return filepath.SplitList(os.Getenv("KUBE_CONFIG_PATHS"))
}

// Load merges the kubeconfig files with the settings, which win. No file is read and no cluster asked before use.
func (s Settings) Load(namespace string) (clientcmd.ClientConfig, error) {
	// No default file and not KUBECONFIG: like the real providers, use only what they were told to use.
	loader := &clientcmd.ClientConfigLoadingRules{}
	overrides := &clientcmd.ConfigOverrides{}

	if len(s.ConfigPaths) > 0 {
		paths := make([]string, len(s.ConfigPaths))
		for i, path := range s.ConfigPaths {
			paths[i] = expandHome(path)
		}
		if len(paths) == 1 {
			loader.ExplicitPath = paths[0]
		} else {
			loader.Precedence = paths
		}
		overrides.CurrentContext = s.Context
		overrides.Context.AuthInfo = s.ContextAuthInfo
		overrides.Context.Cluster = s.ContextCluster
	}
	overrides.Context.Namespace = namespace

	cluster, user := &overrides.ClusterInfo, &overrides.AuthInfo
	cluster.InsecureSkipTLSVerify = s.Insecure
	cluster.TLSServerName = s.TLSServerName
	cluster.CertificateAuthorityData = []byte(s.ClusterCACertificate)
	overrides.ClusterDefaults.ProxyURL = s.ProxyURL
	user.ClientCertificateData = []byte(s.ClientCertificate)
	user.ClientKeyData = []byte(s.ClientKey)
	user.Username = s.Username
	user.Password = s.Password
	user.Token = s.Token

	if s.Host != "" {
		tls := s.ClusterCACertificate != "" || s.ClientCertificate != "" || s.Insecure
		// A bare host name is allowed, and overrides are not completed by client-go.
		url, _, err := rest.DefaultServerURL(s.Host, "", schema.GroupVersion{}, tls)
		if err != nil {
			return nil, err
		}
		cluster.Server = url.String()
	}
	if s.Exec != nil {
		user.Exec = &clientcmdapi.ExecConfig{
			APIVersion:      s.Exec.APIVersion,
			Command:         s.Exec.Command,
			Args:            s.Exec.Args,
			InteractiveMode: clientcmdapi.IfAvailableExecInteractiveMode,
		}
		for name, value := range s.Exec.Env {
			user.Exec.Env = append(user.Exec.Env, clientcmdapi.ExecEnvVar{Name: name, Value: value})
		}
	}
	return clientcmd.NewNonInteractiveDeferredLoadingClientConfig(loader, overrides), nil
}

func expandHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// Getter hands a client configuration to the Helm SDK.
type Getter struct {
	Config clientcmd.ClientConfig
	Burst  int
	QPS    float32
}

// ToRawKubeConfigLoader is part of what the Helm SDK asks for.
func (g *Getter) ToRawKubeConfigLoader() clientcmd.ClientConfig { return g.Config }

// ToRESTConfig is part of what the Helm SDK asks for.
func (g *Getter) ToRESTConfig() (*rest.Config, error) {
	config, err := g.Config.ClientConfig()
	if err != nil {
		return nil, err
	}
	// Warnings of the API server would otherwise be written where Terraform expects the plugin protocol's log.
	config.WarningHandler = rest.NoWarnings{}
	return config, nil
}

// ToDiscoveryClient is part of what the Helm SDK asks for.
func (g *Getter) ToDiscoveryClient() (discovery.CachedDiscoveryInterface, error) {
	config, err := g.ToRESTConfig()
	if err != nil {
		return nil, err
	}
	config.Burst, config.QPS = g.Burst, g.QPS
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return memory.NewMemCacheClient(client), nil
}

// ToRESTMapper is part of what the Helm SDK asks for.
func (g *Getter) ToRESTMapper() (meta.RESTMapper, error) {
	client, err := g.ToDiscoveryClient()
	if err != nil {
		return nil, err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(client)
	return restmapper.NewShortcutExpander(mapper, client, func(string) {}), nil
}
