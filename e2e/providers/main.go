// Stand-ins for the Terraform providers hashicorp/helm and hashicorp/kubernetes, for machines that cannot reach the
// registry of providers. One program is both: its name says which. They have the schemas of the real ones, as far as this
// project uses them, and work on a real cluster. They are not the real providers, and say so.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"

	"cdktf-karpenter.test/stand-in-providers/internal/helm"
	"cdktf-karpenter.test/stand-in-providers/internal/kubernetes"
)

// What the helm provider reports of itself. The other one has no such thing.
const helmVersion = "3.1.1"

func main() {
	debug := flag.Bool("debug", false, "run until it is stopped, and say how Terraform finds it")
	flag.Parse()
	name := filepath.Base(os.Args[0])
	log.Printf("[WARN] %s: a stand-in, not the real provider", name)
	switch {
	case strings.HasPrefix(name, "terraform-provider-helm"):
		err := providerserver.Serve(context.Background(), helm.New(helmVersion), providerserver.ServeOpts{
			Address: "registry.terraform.io/hashicorp/helm",
			Debug:   *debug,
		})
		if err != nil {
			log.Fatal(err)
		}
	case strings.HasPrefix(name, "terraform-provider-kubernetes"):
		plugin.Serve(&plugin.ServeOpts{
			ProviderAddr: "registry.terraform.io/hashicorp/kubernetes",
			Debug:        *debug,
			ProviderFunc: kubernetes.Provider,
		})
	default:
		log.Fatalf("%s is neither terraform-provider-helm nor terraform-provider-kubernetes", name)
	}
}
