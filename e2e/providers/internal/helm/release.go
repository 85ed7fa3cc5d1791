package helm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/postrender"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage/driver"
)

var (
	_ resource.ResourceWithConfigure   = &releaseResource{}
	_ resource.ResourceWithModifyPlan  = &releaseResource{}
	_ resource.ResourceWithImportState = &releaseResource{}
)

type releaseResource struct{ backend *backend }

func newRelease() resource.Resource { return &releaseResource{} }

func (r *releaseResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_release"
}

func (r *releaseResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.backend, _ = req.ProviderData.(*backend)
}

// ModifyPlan finds the chart already when planning: its version goes into the plan, and a chart that is not there
// fails here. The cluster is not asked, except by `upgrade_install` without a version.
func (r *releaseResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.backend == nil {
		return
	}
	var plan, config releaseModel
	var state *releaseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	configuration, err := r.backend.configuration(ctx, plan.Namespace.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Error getting Helm configuration", err.Error())
		return
	}
	loaded, location, err := r.backend.chart(&plan, &action.NewInstall(configuration).ChartPathOptions)
	if err != nil {
		resp.Diagnostics.AddError("Error locating chart", err.Error())
		return
	}
	if plan.Lint.ValueBool() {
		values, diags := plan.values(ctx)
		resp.Diagnostics.Append(diags...)
		if err := lint(location, values); err != nil {
			resp.Diagnostics.AddError("Lint Error", err.Error())
		}
		if resp.Diagnostics.HasError() {
			return
		}
	}

	plan.Status = types.StringValue(release.StatusDeployed.String())
	plan.Manifest = types.StringNull()
	plan.Resources = types.MapNull(types.StringType)
	plan.Version = types.StringNull()
	if version := loaded.Metadata.Version; version != "" {
		plan.Version = types.StringValue(version)
	}
	if config.Version.IsNull() {
		if plan.UpgradeInstall.ValueBool() {
			installed, err := latest(configuration, plan.Name.ValueString())
			if err != nil && !errors.Is(err, driver.ErrReleaseNotFound) {
				resp.Diagnostics.AddError("Failed to check installed release version", err.Error())
				return
			}
			if installed != nil {
				plan.Version = types.StringValue(installed.Chart.Metadata.Version)
			}
		}
	} else if sameVersion(config.Version.ValueString(), plan.Version.ValueString()) {
		plan.Version = config.Version
	} else {
		resp.Diagnostics.AddError("Planned version is different from configured version", fmt.Sprintf(
			"The version in the configuration is %q but the planned version is %q. \nYou should update the version in "+
				"your configuration to %[2]q, or remove the version attribute from your configuration.",
			config.Version.ValueString(), plan.Version.ValueString()))
		return
	}

	if state == nil || plan.changesRelease(state) {
		plan.Metadata = types.ObjectUnknown(metadataTypes)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

func (m *releaseModel) changesRelease(state *releaseModel) bool {
	return !m.Chart.Equal(state.Chart) || !m.Repository.Equal(state.Repository) || !m.Version.Equal(state.Version) ||
		!m.Values.Equal(state.Values) || !m.Set.Equal(state.Set) || !m.SetSensitive.Equal(state.SetSensitive) ||
		!m.SetList.Equal(state.SetList) || !m.Status.Equal(state.Status)
}

func (r *releaseResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config releaseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	configuration, err := r.backend.configuration(ctx, plan.Namespace.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Error getting helm configuration", err.Error())
		return
	}
	install, err := plan.install(configuration)
	if err != nil {
		resp.Diagnostics.AddError("Error creating post-renderer", err.Error())
		return
	}
	loaded, _, err := r.backend.chart(&plan, &install.ChartPathOptions)
	if err == nil {
		err = installable(loaded)
	}
	if err != nil {
		resp.Diagnostics.AddError("Error locating chart", err.Error())
		return
	}
	values, diags := plan.values(ctx)
	resp.Diagnostics.Append(diags...)
	if config.SetWORevision.ValueInt64() > 0 {
		extra, diags := writeOnlyValues(ctx, &config)
		resp.Diagnostics.Append(diags...)
		values = merged(values, extra)
	}
	if resp.Diagnostics.HasError() {
		return
	}

	result, err := r.run(&plan, configuration, install, loaded, values)
	if err != nil {
		resp.Diagnostics.Append(failedInstall(configuration, &plan, result, err)...)
		return
	}
	resp.Diagnostics.Append(plan.take(ctx, result)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// run installs, or upgrades what is there already when the release is told to.
func (r *releaseResource) run(plan *releaseModel, configuration *action.Configuration, install *action.Install, loaded *chart.Chart, values map[string]any) (*release.Release, error) {
	if plan.UpgradeInstall.ValueBool() {
		_, err := latest(configuration, plan.Name.ValueString())
		if err == nil {
			upgrade, err := plan.upgrade(configuration)
			if err != nil {
				return nil, err
			}
			upgrade.ChartPathOptions = install.ChartPathOptions
			return upgrade.Run(plan.Name.ValueString(), loaded, values)
		}
		if !errors.Is(err, driver.ErrReleaseNotFound) {
			return nil, err
		}
	}
	return install.Run(loaded, values)
}

// failedInstall tells what went wrong. A release that Helm keeps as failed does not get into the state: the real
// provider behaves so too, and the next apply finds its name taken.
func failedInstall(configuration *action.Configuration, plan *releaseModel, result *release.Release, cause error) diag.Diagnostics {
	var diags diag.Diagnostics
	if result != nil {
		if _, err := latest(configuration, plan.Name.ValueString()); err == nil {
			diags.AddWarning("Helm release created with warnings", fmt.Sprintf(
				"Helm release %q was created but has a failed status. Use the `helm` command to investigate the error, correct it, then run Terraform again.",
				plan.Name.ValueString()))
			diags.AddError("Helm release error", cause.Error())
			return diags
		}
	}
	diags.AddError("installation failed", cause.Error())
	return diags
}

func (r *releaseResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state releaseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	configuration, err := r.backend.configuration(ctx, state.Namespace.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Error getting helm configuration", err.Error())
		return
	}
	found, err := action.NewGet(configuration).Run(state.Name.ValueString())
	if errors.Is(err, driver.ErrReleaseNotFound) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Error checking release existence", fmt.Sprintf("Error checking release %s in namespace %s: %s",
			state.Name.ValueString(), state.Namespace.ValueString(), err))
		return
	}
	resp.Diagnostics.Append(state.take(ctx, found)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *releaseResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config releaseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	configuration, err := r.backend.configuration(ctx, state.Namespace.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Error getting helm configuration", err.Error())
		return
	}
	upgrade, err := plan.upgrade(configuration)
	if err != nil {
		resp.Diagnostics.AddError("Error creating post-renderer", err.Error())
		return
	}
	loaded, _, err := r.backend.chart(&plan, &upgrade.ChartPathOptions)
	if err != nil {
		resp.Diagnostics.AddError("Error locating chart", err.Error())
		return
	}
	values, diags := plan.values(ctx)
	resp.Diagnostics.Append(diags...)
	if plan.SetWORevision.ValueInt64() > state.SetWORevision.ValueInt64() {
		extra, diags := writeOnlyValues(ctx, &config)
		resp.Diagnostics.Append(diags...)
		values = merged(values, extra)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	result, err := upgrade.Run(plan.Name.ValueString(), loaded, values)
	if err != nil {
		resp.Diagnostics.AddError("Error upgrading chart", fmt.Sprintf("Upgrade failed: %s", err))
		return
	}
	resp.Diagnostics.Append(plan.take(ctx, result)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *releaseResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state releaseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := state.Name.ValueString()
	configuration, err := r.backend.configuration(ctx, state.Namespace.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Error getting helm configuration", err.Error())
		return
	}
	if _, err := latest(configuration, name); errors.Is(err, driver.ErrReleaseNotFound) {
		return
	}
	uninstall := action.NewUninstall(configuration)
	uninstall.Wait = state.Wait.ValueBool()
	uninstall.DisableHooks = state.DisableWebhooks.ValueBool()
	uninstall.Timeout = seconds(state.Timeout)
	result, err := uninstall.Run(name)
	if err != nil {
		resp.Diagnostics.AddError("Error uninstalling release", fmt.Sprintf("Unable to uninstall Helm release %s: %s", name, err))
		return
	}
	if result.Info != "" {
		resp.Diagnostics.AddWarning("Helm uninstall returned an information message", result.Info)
	}
}

// ImportState takes NAMESPACE/NAME. Values and the chart's source cannot be read back: the next apply sets them.
func (r *releaseResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	namespace, name, ok := strings.Cut(req.ID, "/")
	if !ok || strings.Contains(name, "/") {
		resp.Diagnostics.AddError("Unable to parse import identifier",
			fmt.Sprintf("Unexpected ID format (%q), expected namespace/name", req.ID))
		return
	}
	configuration, err := r.backend.configuration(ctx, namespace)
	if err != nil {
		resp.Diagnostics.AddError("Error getting helm configuration", err.Error())
		return
	}
	found, err := action.NewGet(configuration).Run(name)
	if err != nil {
		resp.Diagnostics.AddError("Error getting release", fmt.Sprintf("Unable to get Helm release %s: %s", name, err))
		return
	}
	var none timeouts.Value
	resp.Diagnostics.Append(resp.State.GetAttribute(ctx, path.Root("timeouts"), &none)...)
	state := releaseModel{
		Chart:        types.StringValue(found.Chart.Metadata.Name),
		Description:  types.StringValue(found.Info.Description),
		Set:          types.ListNull(settingType),
		SetList:      types.ListNull(listSettingType),
		SetSensitive: types.ListNull(settingType),
		SetWO:        types.ListNull(settingType),
		Timeouts:     none,
		Values:       types.ListNull(types.StringType),
	}
	resp.Diagnostics.Append(state.take(ctx, found)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	for name, value := range flags {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	for name, value := range numbers {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
}

func (m *releaseModel) install(configuration *action.Configuration) (*action.Install, error) {
	install := action.NewInstall(configuration)
	install.Atomic = m.Atomic.ValueBool()
	install.CreateNamespace = m.CreateNamespace.ValueBool()
	install.DependencyUpdate = m.DependencyUpdate.ValueBool()
	install.Description = m.Description.ValueString()
	install.Devel = m.Devel.ValueBool()
	install.DisableHooks = m.DisableWebhooks.ValueBool()
	install.DisableOpenAPIValidation = m.DisableOpenAPIValidation.ValueBool()
	install.Namespace = m.Namespace.ValueString()
	install.ReleaseName = m.Name.ValueString()
	install.Replace = m.Replace.ValueBool()
	install.SkipCRDs = m.SkipCRDs.ValueBool()
	install.SubNotes = m.RenderSubchartNotes.ValueBool()
	install.TakeOwnership = m.TakeOwnership.ValueBool()
	install.Timeout = seconds(m.Timeout)
	install.Wait = m.Wait.ValueBool()
	install.WaitForJobs = m.WaitForJobs.ValueBool()
	var err error
	install.PostRenderer, err = m.postRenderer()
	return install, err
}

func (m *releaseModel) upgrade(configuration *action.Configuration) (*action.Upgrade, error) {
	upgrade := action.NewUpgrade(configuration)
	upgrade.Atomic = m.Atomic.ValueBool()
	upgrade.CleanupOnFail = m.CleanupOnFail.ValueBool()
	upgrade.Description = m.Description.ValueString()
	upgrade.Devel = m.Devel.ValueBool()
	upgrade.DisableHooks = m.DisableWebhooks.ValueBool()
	upgrade.DisableOpenAPIValidation = m.DisableOpenAPIValidation.ValueBool()
	upgrade.Force = m.ForceUpdate.ValueBool()
	upgrade.MaxHistory = int(m.MaxHistory.ValueInt64())
	upgrade.Namespace = m.Namespace.ValueString()
	upgrade.Recreate = m.RecreatePods.ValueBool()
	upgrade.ResetValues = m.ResetValues.ValueBool()
	upgrade.ReuseValues = m.ReuseValues.ValueBool()
	upgrade.SkipCRDs = m.SkipCRDs.ValueBool()
	upgrade.SubNotes = m.RenderSubchartNotes.ValueBool()
	upgrade.TakeOwnership = m.TakeOwnership.ValueBool()
	upgrade.Timeout = seconds(m.Timeout)
	upgrade.Wait = m.Wait.ValueBool()
	upgrade.WaitForJobs = m.WaitForJobs.ValueBool()
	var err error
	upgrade.PostRenderer, err = m.postRenderer()
	return upgrade, err
}

func (m *releaseModel) postRenderer() (postrender.PostRenderer, error) {
	if m.PostRender == nil || m.PostRender.BinaryPath.ValueString() == "" {
		return nil, nil
	}
	return postrender.NewExec(m.PostRender.BinaryPath.ValueString(), texts(m.PostRender.Args)...)
}

// take copies what the cluster knows about the release.
func (m *releaseModel) take(ctx context.Context, found *release.Release) diag.Diagnostics {
	values := []byte("{}")
	// Once there are write-only values, they cannot be told from the others.
	if found.Config != nil && m.SetWORevision.ValueInt64() <= 0 {
		var err error
		if values, err = json.Marshal(m.withoutSecrets(ctx, found.Config)); err != nil {
			return diag.Diagnostics{diag.NewErrorDiagnostic("Error marshaling values", err.Error())}
		}
	}
	about := found.Chart.Metadata
	m.ID = types.StringValue(found.Name)
	m.Name = types.StringValue(found.Name)
	m.Namespace = types.StringValue(found.Namespace)
	m.Status = types.StringValue(found.Info.Status.String())
	m.Manifest = types.StringNull()
	m.Resources = types.MapNull(types.StringType)
	if !sameVersion(about.Version, m.Version.ValueString()) {
		m.Version = types.StringValue(about.Version)
	}
	metadata, diags := types.ObjectValue(metadataTypes, map[string]attr.Value{
		"app_version":    types.StringValue(about.AppVersion),
		"chart":          types.StringValue(about.Name),
		"first_deployed": types.Int64Value(found.Info.FirstDeployed.Unix()),
		"last_deployed":  types.Int64Value(found.Info.LastDeployed.Unix()),
		"name":           types.StringValue(found.Name),
		"namespace":      types.StringValue(found.Namespace),
		"notes":          types.StringValue(found.Info.Notes),
		"revision":       types.Int64Value(int64(found.Version)),
		"values":         types.StringValue(string(values)),
		"version":        types.StringValue(about.Version),
	})
	m.Metadata = metadata
	return diags
}

// latest is the newest revision of a release, whatever its status.
func latest(configuration *action.Configuration, name string) (*release.Release, error) {
	return configuration.Releases.Last(name)
}

func sameVersion(a, b string) bool { return strings.TrimPrefix(a, "v") == strings.TrimPrefix(b, "v") }

func seconds(value types.Int64) time.Duration { return time.Duration(value.ValueInt64()) * time.Second }
