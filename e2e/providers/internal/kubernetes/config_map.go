package kubernetes

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const fieldManager = "Terraform"

func configMap() *schema.Resource {
	return &schema.Resource{
		Description:   "A config map, carried out by a stand-in for hashicorp/kubernetes.",
		CreateContext: createConfigMap,
		ReadContext:   readConfigMap,
		UpdateContext: updateConfigMap,
		DeleteContext: deleteConfigMap,
		Importer:      &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		CustomizeDiff: func(_ context.Context, d *schema.ResourceDiff, _ any) error {
			if before, _ := d.GetChange("immutable"); d.Id() == "" || !before.(bool) {
				return nil
			}
			for _, name := range []string{"data", "binary_data", "immutable"} {
				if d.HasChange(name) {
					if err := d.ForceNew(name); err != nil {
						return err
					}
				}
			}
			return nil
		},
		Schema: map[string]*schema.Schema{
			"binary_data": {Type: schema.TypeMap, Optional: true, ValidateFunc: validBase64},
			"data":        {Type: schema.TypeMap, Optional: true},
			"immutable":   {Type: schema.TypeBool, Optional: true},
			"metadata":    metadataBlock(true, true),
		},
	}
}

func createConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	immutable := d.Get("immutable").(bool)
	wanted := &corev1.ConfigMap{
		ObjectMeta: metadataOf(d.Get("metadata")),
		Data:       textMap(d.Get("data")),
		BinaryData: map[string][]byte{},
		Immutable:  &immutable,
	}
	for key, value := range textMap(d.Get("binary_data")) {
		if wanted.BinaryData[key], err = base64.StdEncoding.DecodeString(value); err != nil {
			return diag.FromErr(err)
		}
	}
	made, err := api.CoreV1().ConfigMaps(wanted.Namespace).Create(ctx, wanted, v1.CreateOptions{})
	if err != nil {
		return diag.FromErr(err)
	}
	d.SetId(idOf(made.ObjectMeta))
	return readConfigMap(ctx, d, meta)
}

func readConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	found, err := findConfigMap(ctx, d.Id(), meta)
	if errors.IsNotFound(err) {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	return setAll(d, map[string]any{
		"binary_data": encoded(found.BinaryData),
		"data":        found.Data,
		"immutable":   found.Immutable,
		"metadata":    metadataState(found.ObjectMeta, d, meta),
	})
}

func updateConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	steps := metadataPatch(d)
	steps = append(steps, mapPatch(d, "data", "/data")...)
	steps = append(steps, mapPatch(d, "binary_data", "/binaryData")...)
	if d.HasChange("immutable") {
		steps = append(steps, patch{Op: "add", Path: "/immutable", Value: d.Get("immutable")})
	}
	body, err := json.Marshal(steps)
	if err != nil {
		return diag.FromErr(err)
	}
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	namespace, name, err := splitID(d.Id())
	if err != nil {
		return diag.FromErr(err)
	}
	if _, err = api.CoreV1().ConfigMaps(namespace).Patch(ctx, name, types.JSONPatchType, body, v1.PatchOptions{}); err != nil {
		return diag.Errorf("Failed to update Config Map: %s", err)
	}
	return readConfigMap(ctx, d, meta)
}

func deleteConfigMap(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	namespace, name, err := splitID(d.Id())
	if err != nil {
		return diag.FromErr(err)
	}
	if err = api.CoreV1().ConfigMaps(namespace).Delete(ctx, name, v1.DeleteOptions{}); err != nil && !errors.IsNotFound(err) {
		return diag.FromErr(err)
	}
	return nil
}

func configMapData() *schema.Resource {
	return &schema.Resource{
		Description: "A config map, read by a stand-in for hashicorp/kubernetes.",
		ReadContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			d.SetId(idOf(metadataOf(d.Get("metadata"))))
			found, err := findConfigMap(ctx, d.Id(), meta)
			if errors.IsNotFound(err) {
				return nil // The real provider too makes no error of it: `data` is null.
			}
			if err != nil {
				return diag.FromErr(err)
			}
			return setAll(d, map[string]any{
				"binary_data": encoded(found.BinaryData),
				"data":        found.Data,
				"immutable":   found.Immutable,
				"metadata":    without(metadataState(found.ObjectMeta, d, meta), "generate_name"),
			})
		},
		Schema: map[string]*schema.Schema{
			"binary_data": {Type: schema.TypeMap, Computed: true},
			"data":        {Type: schema.TypeMap, Computed: true},
			"immutable":   {Type: schema.TypeBool, Optional: true},
			"metadata":    metadataBlock(true, false),
		},
	}
}

// configMapEntries owns some entries of a config map that something else made.
func configMapEntries() *schema.Resource {
	return &schema.Resource{
		Description: "Entries of a config map, carried out by a stand-in for hashicorp/kubernetes.",
		CreateContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			return applyEntries(ctx, d, meta)
		},
		UpdateContext: applyEntries,
		ReadContext:   readEntries,
		DeleteContext: func(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
			_, err := findConfigMap(ctx, d.Id(), meta)
			if errors.IsNotFound(err) {
				return nil
			}
			return patchEntries(ctx, d, meta, map[string]any{})
		},
		Schema: map[string]*schema.Schema{
			"data":          {Type: schema.TypeMap, Required: true},
			"field_manager": {Type: schema.TypeString, Optional: true, Default: fieldManager},
			"force":         {Type: schema.TypeBool, Optional: true},
			"metadata": {
				Type: schema.TypeList, Required: true, MaxItems: 1,
				Elem: &schema.Resource{Schema: map[string]*schema.Schema{
					"name":      {Type: schema.TypeString, Required: true, ForceNew: true},
					"namespace": {Type: schema.TypeString, Optional: true, ForceNew: true, Default: "default"},
				}},
			},
		},
	}
}

func entriesID(d *schema.ResourceData) string {
	return d.Get("metadata.0.namespace").(string) + "/" + d.Get("metadata.0.name").(string)
}

func applyEntries(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	if _, err := findConfigMap(ctx, entriesID(d), meta); err != nil {
		return diag.Errorf("The configmap %q does not exist", d.Get("metadata.0.name"))
	}
	if diags := patchEntries(ctx, d, meta, d.Get("data").(map[string]any)); diags.HasError() {
		return diags
	}
	d.SetId(entriesID(d))
	return readEntries(ctx, d, meta)
}

func patchEntries(ctx context.Context, d *schema.ResourceData, meta any, data map[string]any) diag.Diagnostics {
	namespace, name, _ := splitID(entriesID(d))
	body, err := json.Marshal(map[string]any{
		"apiVersion": "v1",
		"kind":       "ConfigMap",
		"metadata":   map[string]any{"name": name, "namespace": namespace},
		"data":       data,
	})
	if err != nil {
		return diag.FromErr(err)
	}
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	force := d.Get("force").(bool)
	options := v1.PatchOptions{FieldManager: d.Get("field_manager").(string), Force: &force}
	_, err = api.CoreV1().ConfigMaps(namespace).Patch(ctx, name, types.ApplyPatchType, body, options)
	if errors.IsConflict(err) {
		return diag.Diagnostics{{
			Severity: diag.Error,
			Summary:  "Field manager conflict",
			Detail:   fmt.Sprintf(`Another client is managing a field Terraform tried to update. Set "force" to true to override: %v`, err),
		}}
	}
	return diag.FromErr(err)
}

func readEntries(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	found, err := findConfigMap(ctx, d.Id(), meta)
	if errors.IsNotFound(err) {
		return diag.Diagnostics{{
			Severity: diag.Warning,
			Summary:  "ConfigMap deleted",
			Detail:   fmt.Sprintf("The underlying configmap %q has been deleted. You should recreate the underlying configmap, or remove it from your configuration.", d.Get("metadata.0.name")),
		}}
	}
	if err != nil {
		return diag.FromErr(err)
	}
	// The real provider looks for its default name here, whatever `field_manager` says.
	owned := ownedEntries(found, fieldManager)
	configured := d.Get("data").(map[string]any)
	data := map[string]string{}
	for key, value := range found.Data {
		if _, ok := configured[key]; ok || owned[key] {
			data[key] = value
		}
	}
	return setAll(d, map[string]any{"data": data})
}

func ownedEntries(found *corev1.ConfigMap, manager string) map[string]bool {
	result := map[string]bool{}
	for _, entry := range found.ManagedFields {
		if entry.Manager != manager || entry.FieldsV1 == nil {
			continue
		}
		var fields struct {
			Data map[string]any `json:"f:data"`
		}
		if json.Unmarshal(entry.FieldsV1.Raw, &fields) == nil {
			for key := range fields.Data {
				result[key[min(len("f:"), len(key)):]] = true
			}
		}
	}
	return result
}

func findConfigMap(ctx context.Context, id string, meta any) (*corev1.ConfigMap, error) {
	api, err := client(meta)
	if err != nil {
		return nil, err
	}
	namespace, name, err := splitID(id)
	if err != nil {
		return nil, err
	}
	return api.CoreV1().ConfigMaps(namespace).Get(ctx, name, v1.GetOptions{})
}

func encoded(data map[string][]byte) map[string]string {
	result := map[string]string{}
	for key, value := range data {
		result[key] = base64.StdEncoding.EncodeToString(value)
	}
	return result
}

func validBase64(given any, key string) (warnings []string, problems []error) {
	for name, value := range given.(map[string]any) {
		if _, err := base64.StdEncoding.DecodeString(value.(string)); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s must be base64: %w", key, name, err))
		}
	}
	return nil, problems
}

func setAll(d *schema.ResourceData, values map[string]any) diag.Diagnostics {
	for name, value := range values {
		if err := d.Set(name, value); err != nil {
			return diag.FromErr(err)
		}
	}
	return nil
}
