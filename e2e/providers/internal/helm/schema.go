package helm

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type releaseModel struct {
	Atomic                   types.Bool     `tfsdk:"atomic"`
	Chart                    types.String   `tfsdk:"chart"`
	CleanupOnFail            types.Bool     `tfsdk:"cleanup_on_fail"`
	CreateNamespace          types.Bool     `tfsdk:"create_namespace"`
	DependencyUpdate         types.Bool     `tfsdk:"dependency_update"`
	Description              types.String   `tfsdk:"description"`
	Devel                    types.Bool     `tfsdk:"devel"`
	DisableCRDHooks          types.Bool     `tfsdk:"disable_crd_hooks"`
	DisableOpenAPIValidation types.Bool     `tfsdk:"disable_openapi_validation"`
	DisableWebhooks          types.Bool     `tfsdk:"disable_webhooks"`
	ForceUpdate              types.Bool     `tfsdk:"force_update"`
	ID                       types.String   `tfsdk:"id"`
	Keyring                  types.String   `tfsdk:"keyring"`
	Lint                     types.Bool     `tfsdk:"lint"`
	Manifest                 types.String   `tfsdk:"manifest"`
	MaxHistory               types.Int64    `tfsdk:"max_history"`
	Metadata                 types.Object   `tfsdk:"metadata"`
	Name                     types.String   `tfsdk:"name"`
	Namespace                types.String   `tfsdk:"namespace"`
	PassCredentials          types.Bool     `tfsdk:"pass_credentials"`
	PostRender               *postRender    `tfsdk:"postrender"`
	RecreatePods             types.Bool     `tfsdk:"recreate_pods"`
	RenderSubchartNotes      types.Bool     `tfsdk:"render_subchart_notes"`
	Replace                  types.Bool     `tfsdk:"replace"`
	Repository               types.String   `tfsdk:"repository"`
	RepositoryCAFile         types.String   `tfsdk:"repository_ca_file"`
	RepositoryCertFile       types.String   `tfsdk:"repository_cert_file"`
	RepositoryKeyFile        types.String   `tfsdk:"repository_key_file"`
	RepositoryPassword       types.String   `tfsdk:"repository_password"`
	RepositoryUsername       types.String   `tfsdk:"repository_username"`
	ResetValues              types.Bool     `tfsdk:"reset_values"`
	Resources                types.Map      `tfsdk:"resources"`
	ReuseValues              types.Bool     `tfsdk:"reuse_values"`
	Set                      types.List     `tfsdk:"set"`
	SetList                  types.List     `tfsdk:"set_list"`
	SetSensitive             types.List     `tfsdk:"set_sensitive"`
	SetWO                    types.List     `tfsdk:"set_wo"`
	SetWORevision            types.Int64    `tfsdk:"set_wo_revision"`
	SkipCRDs                 types.Bool     `tfsdk:"skip_crds"`
	Status                   types.String   `tfsdk:"status"`
	TakeOwnership            types.Bool     `tfsdk:"take_ownership"`
	Timeout                  types.Int64    `tfsdk:"timeout"`
	Timeouts                 timeouts.Value `tfsdk:"timeouts"`
	UpgradeInstall           types.Bool     `tfsdk:"upgrade_install"`
	Values                   types.List     `tfsdk:"values"`
	Verify                   types.Bool     `tfsdk:"verify"`
	Version                  types.String   `tfsdk:"version"`
	Wait                     types.Bool     `tfsdk:"wait"`
	WaitForJobs              types.Bool     `tfsdk:"wait_for_jobs"`
}

type postRender struct {
	Args       types.List   `tfsdk:"args"`
	BinaryPath types.String `tfsdk:"binary_path"`
}

type setting struct {
	Name  types.String `tfsdk:"name"`
	Type  types.String `tfsdk:"type"`
	Value types.String `tfsdk:"value"`
}

type listSetting struct {
	Name  types.String `tfsdk:"name"`
	Value types.List   `tfsdk:"value"`
}

var settingType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"name": types.StringType, "type": types.StringType, "value": types.StringType,
}}

var listSettingType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"name": types.StringType, "value": types.ListType{ElemType: types.StringType},
}}

var metadataTypes = map[string]attr.Type{
	"app_version":    types.StringType,
	"chart":          types.StringType,
	"first_deployed": types.Int64Type,
	"last_deployed":  types.Int64Type,
	"name":           types.StringType,
	"namespace":      types.StringType,
	"notes":          types.StringType,
	"revision":       types.Int64Type,
	"values":         types.StringType,
	"version":        types.StringType,
}

// Arguments that are true or false, with what holds when they are not given. `devel` alone has no default.
var flags = map[string]bool{
	"atomic":                     false,
	"cleanup_on_fail":            false,
	"create_namespace":           false,
	"dependency_update":          false,
	"disable_crd_hooks":          false,
	"disable_openapi_validation": false,
	"disable_webhooks":           false,
	"force_update":               false,
	"lint":                       false,
	"pass_credentials":           false,
	"recreate_pods":              false,
	"render_subchart_notes":      true,
	"replace":                    false,
	"reset_values":               false,
	"reuse_values":               false,
	"skip_crds":                  false,
	"take_ownership":             false,
	"upgrade_install":            false,
	"verify":                     false,
	"wait":                       true,
	"wait_for_jobs":              false,
}

var numbers = map[string]int64{"max_history": 0, "timeout": 300}

func (r *releaseResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	text := schema.StringAttribute{Optional: true}
	computed := schema.StringAttribute{Computed: true}
	requiredText := schema.StringAttribute{Required: true}
	replace := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	metadata := map[string]schema.Attribute{}
	for name, kind := range metadataTypes {
		if kind == types.Int64Type {
			metadata[name] = schema.Int64Attribute{Computed: true}
		} else {
			metadata[name] = computed
		}
	}
	attributes := map[string]schema.Attribute{
		"chart": requiredText,
		"description": schema.StringAttribute{
			Optional: true, Computed: true,
			PlanModifiers: []planmodifier.String{keepText{func(req planmodifier.StringRequest) bool {
				return req.PlanValue.IsNull() || req.PlanValue.ValueString() == ""
			}}},
		},
		"devel": schema.BoolAttribute{Optional: true, PlanModifiers: []planmodifier.Bool{keepDevel{}}},
		"id":    computed,
		"keyring": schema.StringAttribute{
			Optional: true,
			PlanModifiers: []planmodifier.String{keepText{func(req planmodifier.StringRequest) bool {
				var verify types.Bool
				req.Plan.GetAttribute(context.Background(), path.Root("verify"), &verify)
				return !verify.IsNull() && !verify.ValueBool()
			}}},
		},
		"manifest": computed,
		"metadata": schema.SingleNestedAttribute{Computed: true, Attributes: metadata},
		"name": schema.StringAttribute{
			Required:      true,
			PlanModifiers: replace,
			Validators:    []validator.String{stringvalidator.LengthBetween(1, 53)},
		},
		"namespace": schema.StringAttribute{
			Optional: true, Computed: true, Default: defaultNamespace{}, PlanModifiers: replace,
		},
		"postrender": schema.SingleNestedAttribute{
			Optional: true,
			Attributes: map[string]schema.Attribute{
				"args":        schema.ListAttribute{Optional: true, ElementType: types.StringType},
				"binary_path": requiredText,
			},
		},
		"repository":           text,
		"repository_ca_file":   text,
		"repository_cert_file": text,
		"repository_key_file":  text,
		"repository_password":  schema.StringAttribute{Optional: true, Sensitive: true},
		"repository_username":  text,
		"resources":            schema.MapAttribute{Computed: true, ElementType: types.StringType},
		"set": schema.ListNestedAttribute{
			Optional: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name": requiredText,
				"type": schema.StringAttribute{
					Optional: true, Computed: true, Default: stringdefault.StaticString(""),
					Validators: []validator.String{stringvalidator.OneOf("auto", "string", "literal")},
				},
				"value": text,
			}},
		},
		"set_list": schema.ListNestedAttribute{
			Optional: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name":  requiredText,
				"value": schema.ListAttribute{Required: true, ElementType: types.StringType},
			}},
		},
		"set_sensitive": schema.ListNestedAttribute{
			Optional: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name": requiredText,
				"type": schema.StringAttribute{
					Optional:   true,
					Validators: []validator.String{stringvalidator.OneOf("auto", "string", "literal")},
				},
				"value": schema.StringAttribute{Required: true, Sensitive: true},
			}},
		},
		"set_wo": schema.ListNestedAttribute{
			Optional: true, WriteOnly: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"name": schema.StringAttribute{Required: true, WriteOnly: true},
				"type": schema.StringAttribute{
					Optional: true, WriteOnly: true,
					Validators: []validator.String{stringvalidator.OneOf("auto", "string")},
				},
				"value": schema.StringAttribute{Required: true, WriteOnly: true},
			}},
		},
		"set_wo_revision": schema.Int64Attribute{
			Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)},
		},
		"status": computed,
		"timeouts": timeouts.Attributes(ctx, timeouts.Opts{
			Create: true, Read: true, Update: true, Delete: true,
		}),
		"values":  schema.ListAttribute{Optional: true, ElementType: types.StringType},
		"version": schema.StringAttribute{Optional: true, Computed: true},
	}
	for name, value := range flags {
		attributes[name] = schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(value)}
	}
	for name, value := range numbers {
		attributes[name] = schema.Int64Attribute{Optional: true, Computed: true, Default: int64default.StaticInt64(value)}
	}
	resp.Schema = schema.Schema{
		Description: "A release, carried out by a stand-in for hashicorp/helm.",
		Version:     2,
		Attributes:  attributes,
	}
}

// keepText leaves an attribute as it is in the state where a change would have no effect.
type keepText struct {
	when func(planmodifier.StringRequest) bool
}

func (keepText) Description(context.Context) string         { return "ignores changes without effect" }
func (keepText) MarkdownDescription(context.Context) string { return "ignores changes without effect" }

func (k keepText) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if k.when(req) {
		resp.PlanValue = req.StateValue
	}
}

type keepDevel struct{}

func (keepDevel) Description(context.Context) string         { return "has no effect beside a version" }
func (keepDevel) MarkdownDescription(context.Context) string { return "has no effect beside a version" }

func (keepDevel) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	var version types.String
	req.Plan.GetAttribute(ctx, path.Root("version"), &version)
	if version.ValueString() != "" && req.ConfigValue.IsNull() {
		resp.PlanValue = req.StateValue
	}
}

type defaultNamespace struct{}

func (defaultNamespace) Description(context.Context) string { return "HELM_NAMESPACE, or default" }
func (defaultNamespace) MarkdownDescription(context.Context) string {
	return "HELM_NAMESPACE, or default"
}

func (defaultNamespace) DefaultString(_ context.Context, _ defaults.StringRequest, resp *defaults.StringResponse) {
	namespace := os.Getenv("HELM_NAMESPACE")
	if namespace == "" {
		namespace = "default"
	}
	resp.PlanValue = types.StringValue(namespace)
}
