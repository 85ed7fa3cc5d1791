package kubernetes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	appsclient "k8s.io/client-go/kubernetes/typed/apps/v1"
)

func deployment() *schema.Resource {
	spec := field{name: "spec", kind: block, required: true, inner: deploymentFields}
	return &schema.Resource{
		Description:   "A deployment, carried out by a stand-in for hashicorp/kubernetes.",
		CreateContext: createDeployment,
		ReadContext:   readDeployment,
		UpdateContext: updateDeployment,
		DeleteContext: deleteDeployment,
		Importer:      &schema.ResourceImporter{StateContext: schema.ImportStatePassthroughContext},
		SchemaVersion: 1,
		Timeouts: &schema.ResourceTimeout{
			Create: schema.DefaultTimeout(10 * time.Minute),
			Update: schema.DefaultTimeout(10 * time.Minute),
			Delete: schema.DefaultTimeout(10 * time.Minute),
		},
		Schema: map[string]*schema.Schema{
			"metadata":         metadataBlock(true, true),
			"spec":             spec.schema(),
			"wait_for_rollout": {Type: schema.TypeBool, Optional: true, Default: true},
		},
	}
}

func deploymentSpec(d *schema.ResourceData) (map[string]any, appsv1.DeploymentSpec, error) {
	var typed appsv1.DeploymentSpec
	given, _ := first(d.Get("spec"))
	spec := expand(deploymentFields, given)
	if strategy, ok := spec["strategy"].(map[string]any); ok && strategy["type"] == "Recreate" {
		delete(strategy, "rollingUpdate") // What the cluster had filled in before the type was changed.
	}
	body, err := json.Marshal(spec)
	if err == nil {
		err = json.Unmarshal(body, &typed)
	}
	return spec, typed, err
}

func createDeployment(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	_, spec, err := deploymentSpec(d)
	if err != nil {
		return diag.FromErr(err)
	}
	wanted := &appsv1.Deployment{ObjectMeta: metadataOf(d.Get("metadata")), Spec: spec}
	api, err := client(meta)
	if err != nil {
		return diag.FromErr(err)
	}
	made, err := api.AppsV1().Deployments(wanted.Namespace).Create(ctx, wanted, v1.CreateOptions{})
	if err != nil {
		return diag.Errorf("Failed to create deployment: %s", err)
	}
	d.SetId(idOf(made.ObjectMeta))
	if err := waitForRollout(ctx, d, meta, schema.TimeoutCreate); err != nil {
		return diag.FromErr(err)
	}
	return readDeployment(ctx, d, meta)
}

func updateDeployment(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	steps := metadataPatch(d)
	if d.HasChange("spec") {
		spec, _, err := deploymentSpec(d)
		if err != nil {
			return diag.FromErr(err)
		}
		steps = append(steps, patch{Op: "replace", Path: "/spec", Value: spec})
	}
	deployments, name, err := deploymentsOf(d, meta)
	if err != nil {
		return diag.FromErr(err)
	}
	if len(steps) > 0 {
		body, err := json.Marshal(steps)
		if err != nil {
			return diag.FromErr(err)
		}
		if _, err = deployments.Patch(ctx, name, types.JSONPatchType, body, v1.PatchOptions{}); err != nil {
			return diag.Errorf("Failed to update deployment: %s", err)
		}
	}
	if err := waitForRollout(ctx, d, meta, schema.TimeoutUpdate); err != nil {
		return diag.FromErr(err)
	}
	return readDeployment(ctx, d, meta)
}

func readDeployment(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	deployments, name, err := deploymentsOf(d, meta)
	if err != nil {
		return diag.FromErr(err)
	}
	found, err := deployments.Get(ctx, name, v1.GetOptions{})
	if errors.IsNotFound(err) {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	body, err := json.Marshal(found.Spec)
	if err != nil {
		return diag.FromErr(err)
	}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err != nil {
		return diag.FromErr(err)
	}
	spec := flatten(deploymentFields, object)
	if template, ok := first(spec["template"]); ok {
		configured := metadataOf(d.Get("spec.0.template.0.metadata"))
		if metadata, ok := first(template["metadata"]); ok {
			metadata["annotations"] = visible(found.Spec.Template.Annotations, configured.Annotations, meta.(*cluster).ignoreAnnotations)
			metadata["labels"] = visible(found.Spec.Template.Labels, configured.Labels, meta.(*cluster).ignoreLabels)
		}
	}
	return setAll(d, map[string]any{
		"metadata": metadataState(found.ObjectMeta, d, meta),
		"spec":     []any{spec},
	})
}

func deleteDeployment(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
	deployments, name, err := deploymentsOf(d, meta)
	if err != nil {
		return diag.FromErr(err)
	}
	err = deployments.Delete(ctx, name, v1.DeleteOptions{})
	if errors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return diag.FromErr(err)
	}
	err = retry.RetryContext(ctx, d.Timeout(schema.TimeoutDelete), func() *retry.RetryError {
		_, err := deployments.Get(ctx, name, v1.GetOptions{})
		if errors.IsNotFound(err) {
			return nil
		}
		if err == nil {
			return retry.RetryableError(fmt.Errorf("Deployment (%s) still exists", d.Id()))
		}
		return retry.NonRetryableError(err)
	})
	return diag.FromErr(err)
}

func deploymentsOf(d *schema.ResourceData, meta any) (appsclient.DeploymentInterface, string, error) {
	api, err := client(meta)
	if err != nil {
		return nil, "", err
	}
	namespace, name, err := splitID(d.Id())
	return api.AppsV1().Deployments(namespace), name, err
}

// waitForRollout waits as `kubectl rollout status` does, if it is wanted at all.
func waitForRollout(ctx context.Context, d *schema.ResourceData, meta any, timeout string) error {
	if !d.Get("wait_for_rollout").(bool) {
		return nil
	}
	deployments, name, err := deploymentsOf(d, meta)
	if err != nil {
		return err
	}
	return retry.RetryContext(ctx, d.Timeout(timeout), func() *retry.RetryError {
		found, err := deployments.Get(ctx, name, v1.GetOptions{})
		if err != nil {
			return retry.NonRetryableError(err)
		}
		status := found.Status
		if found.Generation > status.ObservedGeneration {
			return retry.RetryableError(fmt.Errorf("Waiting for rollout to start"))
		}
		for _, condition := range status.Conditions {
			if condition.Type == appsv1.DeploymentProgressing && condition.Reason == "ProgressDeadlineExceeded" {
				return retry.NonRetryableError(fmt.Errorf("Deployment exceeded its progress deadline"))
			}
		}
		wanted := int32(1)
		if found.Spec.Replicas != nil {
			wanted = *found.Spec.Replicas
		}
		switch {
		case status.UpdatedReplicas < wanted:
			return retry.RetryableError(fmt.Errorf("Waiting for rollout to finish: %d out of %d new replicas have been updated...", status.UpdatedReplicas, wanted))
		case status.Replicas > status.UpdatedReplicas:
			return retry.RetryableError(fmt.Errorf("Waiting for rollout to finish: %d old replicas are pending termination...", status.Replicas-status.UpdatedReplicas))
		case status.AvailableReplicas < status.UpdatedReplicas:
			return retry.RetryableError(fmt.Errorf("Waiting for rollout to finish: %d of %d updated replicas are available...", status.AvailableReplicas, status.UpdatedReplicas))
		default:
			return nil
		}
	})
}
