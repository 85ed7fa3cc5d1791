package kubernetes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

func namespace() *schema.Resource {
	return &schema.Resource{
		Description:   "A namespace, carried out by a stand-in for hashicorp/kubernetes.",
		CreateContext: createNamespace,
		ReadContext:   readNamespace,
		UpdateContext: updateNamespace,
		DeleteContext: deleteNamespace,
		Importer:      &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		Timeouts:      &schema.ResourceTimeout{Delete: schema.DefaultTimeout(5 * time.Minute)},
		Schema: map[string]*schema.Schema{
			"metadata":                         metadataBlock(false, true),
			"wait_for_default_service_account": {Type: schema.TypeBool, Optional: true, Default: false},
		},
	}
}

func createNamespace(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	wanted := &corev1.Namespace{ObjectMeta: metadataOf(d.Get("metadata"))}
	made, err := api.CoreV1().Namespaces().Create(ctx, wanted, v1.CreateOptions{})
	if err != nil {
		return diag.FromErr(err)
	}
	d.SetId(made.Name)
	if d.Get("wait_for_default_service_account").(bool) {
		err = retry.RetryContext(ctx, d.Timeout(schema.TimeoutCreate), func() *retry.RetryError {
			_, err := api.CoreV1().ServiceAccounts(made.Name).Get(ctx, "default", v1.GetOptions{})
			return again(err, errors.IsNotFound(err))
		})
		if err != nil {
			return diag.FromErr(err)
		}
	}
	return readNamespace(ctx, d, meta)
}

func readNamespace(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	found, err := api.CoreV1().Namespaces().Get(ctx, d.Id(), v1.GetOptions{})
	if errors.IsNotFound(err) {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	return setAll(d, map[string]any{"metadata": without(metadataState(found.ObjectMeta, d, meta), "namespace")})
}

func updateNamespace(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	if steps := metadataPatch(d); len(steps) > 0 {
		body, err := json.Marshal(steps)
		if err != nil {
			return diag.FromErr(err)
		}
		if _, err = api.CoreV1().Namespaces().Patch(ctx, d.Id(), types.JSONPatchType, body, v1.PatchOptions{}); err != nil {
			return diag.FromErr(err)
		}
	}
	return readNamespace(ctx, d, meta)
}

func deleteNamespace(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	err = api.CoreV1().Namespaces().Delete(ctx, d.Id(), v1.DeleteOptions{})
	if errors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	err = retry.RetryContext(ctx, d.Timeout(schema.TimeoutDelete), func() *retry.RetryError {
		_, err := api.CoreV1().Namespaces().Get(ctx, d.Id(), v1.GetOptions{})
		if errors.IsNotFound(err) {
			return nil
		}
		if err == nil {
			return retry.RetryableError(fmt.Errorf("Namespace (%s) still exists", d.Id()))
		}
		return retry.NonRetryableError(err)
	})
	return diag.FromErr(err)
}

// again tells a retry loop what to do about an error: nothing without one, go on while it may pass.
func again(err error, mayPass bool) *retry.RetryError {
	switch {
	case err == nil:
		return nil
	case mayPass:
		return retry.RetryableError(err)
	default:
		return retry.NonRetryableError(err)
	}
}
