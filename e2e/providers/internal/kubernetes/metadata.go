package kubernetes

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
)

// metadataBlock is the block of that name, which all objects have.
func metadataBlock(namespaced, generatable bool) *schema.Schema {
	texts := func() *schema.Schema {
		return &schema.Schema{Type: schema.TypeMap, Optional: true, Elem: &schema.Schema{Type: schema.TypeString}}
	}
	fields := map[string]*schema.Schema{
		"annotations":      texts(),
		"generation":       {Type: schema.TypeInt, Computed: true},
		"labels":           texts(),
		"name":             {Type: schema.TypeString, Optional: true, Computed: true, ForceNew: true},
		"resource_version": {Type: schema.TypeString, Computed: true},
		"uid":              {Type: schema.TypeString, Computed: true},
	}
	if generatable {
		fields["generate_name"] = &schema.Schema{
			Type: schema.TypeString, Optional: true, ForceNew: true, ConflictsWith: []string{"metadata.0.name"},
		}
	}
	if namespaced {
		fields["namespace"] = &schema.Schema{Type: schema.TypeString, Optional: true, ForceNew: true, Default: "default"}
	}
	return &schema.Schema{Type: schema.TypeList, Required: true, MaxItems: 1, Elem: &schema.Resource{Schema: fields}}
}

// metadataOf reads a metadata block.
func metadataOf(block any) v1.ObjectMeta {
	var result v1.ObjectMeta
	given, ok := first(block)
	if !ok {
		return result
	}
	result.Annotations = textMap(given["annotations"])
	result.Labels = textMap(given["labels"])
	result.Name, _ = given["name"].(string)
	result.GenerateName, _ = given["generate_name"].(string)
	result.Namespace, _ = given["namespace"].(string)
	return result
}

// metadataState is the block as it goes into the state. What the cluster adds for its own use is left out, unless the
// configuration has it.
func metadataState(found v1.ObjectMeta, d *schema.ResourceData, meta any) []any {
	ignored := meta.(*cluster)
	configured := metadataOf(d.Get("metadata"))
	return []any{map[string]any{
		"annotations":      visible(found.Annotations, configured.Annotations, ignored.ignoreAnnotations),
		"generate_name":    found.GenerateName,
		"generation":       int(found.Generation),
		"labels":           visible(found.Labels, configured.Labels, ignored.ignoreLabels),
		"name":             found.Name,
		"namespace":        found.Namespace,
		"resource_version": found.ResourceVersion,
		"uid":              string(found.UID),
	}}
}

// without leaves out what the schema of a block does not have.
func without(block []any, names ...string) []any {
	for _, name := range names {
		delete(block[0].(map[string]any), name)
	}
	return block
}

func visible(found, configured map[string]string, ignore []string) map[string]any {
	result := map[string]any{}
	for key, value := range found {
		if _, wanted := configured[key]; wanted || (!internal(key) && !matches(key, ignore)) {
			result[key] = value
		}
	}
	return result
}

// internal is true of the keys that Kubernetes sets itself.
func internal(key string) bool {
	parsed, err := url.Parse("//" + key)
	if err != nil {
		return false
	}
	host := parsed.Hostname()
	if host == "app.kubernetes.io" || host == "service.beta.kubernetes.io" {
		return false
	}
	return strings.HasSuffix(host, "kubernetes.io") || strings.HasSuffix(host, "k8s.io") ||
		strings.Contains(key, "deprecated.daemonset.template.generation")
}

func matches(key string, expressions []string) bool {
	for _, expression := range expressions {
		if found, err := regexp.MatchString(expression, key); err == nil && found {
			return true
		}
	}
	return false
}

func first(block any) (map[string]any, bool) {
	list, ok := block.([]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	found, ok := list[0].(map[string]any)
	return found, ok
}

func idOf(found v1.ObjectMeta) string { return found.Namespace + "/" + found.Name }

func splitID(id string) (namespace, name string, err error) {
	namespace, name, ok := strings.Cut(id, "/")
	if !ok {
		return "", "", fmt.Errorf("Unexpected ID format (%q), expected %q.", id, "namespace/name")
	}
	return namespace, name, nil
}

// patch is one step of a JSON patch.
type patch struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// metadataPatch changes labels and annotations, those of others left alone.
func metadataPatch(d *schema.ResourceData) []patch {
	return append(mapPatch(d, "metadata.0.annotations", "/metadata/annotations"), mapPatch(d, "metadata.0.labels", "/metadata/labels")...)
}

func mapPatch(d *schema.ResourceData, attribute, path string) []patch {
	if !d.HasChange(attribute) {
		return nil
	}
	before, after := d.GetChange(attribute)
	old, now := before.(map[string]any), after.(map[string]any)
	if len(old) == 0 {
		return []patch{{Op: "add", Path: path, Value: now}} // The whole map may be missing.
	}
	var result []patch
	for key := range old {
		if _, kept := now[key]; !kept {
			result = append(result, patch{Op: "remove", Path: path + "/" + escaped(key)})
		}
	}
	for key, value := range now {
		if old[key] != value {
			result = append(result, patch{Op: "add", Path: path + "/" + escaped(key), Value: value})
		}
	}
	return result
}

func escaped(key string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(key) }
