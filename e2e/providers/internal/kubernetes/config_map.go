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
