package helm

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

const hidden = "(sensitive value)"

// values are what the chart is rendered with: `values` in their order, then set, set_list and set_sensitive.
func (m *releaseModel) values(ctx context.Context) (map[string]any, diag.Diagnostics) {
	result := map[string]any{}
	var diags diag.Diagnostics
	for _, document := range texts(m.Values) {
		parsed := map[string]any{}
		if err := yaml.Unmarshal([]byte(document), &parsed); err != nil {
			diags.AddError("Error unmarshaling values", fmt.Sprintf("---> %v %s", err, document))
			return nil, diags
		}
		result = merged(result, parsed)
	}
	diags.Append(applySettings(ctx, result, m.Set)...)
	diags.Append(applyListSettings(ctx, result, m.SetList)...)
	diags.Append(applySettings(ctx, result, m.SetSensitive)...)
	return result, diags
}

// writeOnlyValues are those of set_wo, which only a configuration carries.
func writeOnlyValues(ctx context.Context, config *releaseModel) (map[string]any, diag.Diagnostics) {
	result := map[string]any{}
	return result, applySettings(ctx, result, config.SetWO)
}

func applySettings(ctx context.Context, into map[string]any, list types.List) diag.Diagnostics {
	if list.IsNull() || list.IsUnknown() {
		return nil
	}
	var settings []setting
	diags := list.ElementsAs(ctx, &settings, false)
	for _, s := range settings {
		if err := s.apply(into); err != nil {
			diags.AddError("Failed parsing value", fmt.Sprintf("Failed parsing key %q: %s", s.Name.ValueString(), err))
		}
	}
	return diags
}

func (s setting) apply(into map[string]any) error {
	name, value := s.Name.ValueString(), s.Value.ValueString()
	switch s.Type.ValueString() {
	case "", "auto":
		return strvals.ParseInto(name+"="+value, into)
	case "string":
		return strvals.ParseIntoString(name+"="+value, into)
	case "literal":
		var parsed map[string]any
		if err := yaml.Unmarshal([]byte(name+": "+value), &parsed); err != nil {
			return err
		}
		into[name] = parsed[name]
		return nil
	default:
		return fmt.Errorf("unexpected type: %s", s.Type.ValueString())
	}
}

func applyListSettings(ctx context.Context, into map[string]any, list types.List) diag.Diagnostics {
	if list.IsNull() || list.IsUnknown() {
		return nil
	}
	var settings []listSetting
	diags := list.ElementsAs(ctx, &settings, false)
	for _, s := range settings {
		text := fmt.Sprintf("%s={%s}", s.Name.ValueString(), strings.Join(texts(s.Value), ","))
		if err := strvals.ParseInto(text, into); err != nil {
			diags.AddError("Error parsing list value", fmt.Sprintf("Failed parsing key %q: %s", s.Name.ValueString(), err))
		}
	}
	return diags
}

// merged is a with b over it, objects merged and everything else replaced.
func merged(a, b map[string]any) map[string]any {
	result := make(map[string]any, len(a)+len(b))
	for key, value := range a {
		result[key] = value
	}
	for key, value := range b {
		below, isMap := result[key].(map[string]any)
		above, alsoMap := value.(map[string]any)
		if isMap && alsoMap {
			value = merged(below, above)
		}
		result[key] = value
	}
	return result
}

// withoutSecrets is a copy of the values in which those of set_sensitive cannot be read.
func (m *releaseModel) withoutSecrets(ctx context.Context, values map[string]any) map[string]any {
	result := copied(values)
	if m.SetSensitive.IsNull() || m.SetSensitive.IsUnknown() {
		return result
	}
	var settings []setting
	m.SetSensitive.ElementsAs(ctx, &settings, false)
	for _, s := range settings {
		keys := strings.Split(s.Name.ValueString(), ".")
		at, found := result, true
		for _, key := range keys[:len(keys)-1] {
			if at, found = at[key].(map[string]any); !found {
				break
			}
		}
		if found {
			at[keys[len(keys)-1]] = hidden
		}
	}
	return result
}

func copied(values map[string]any) map[string]any {
	result := make(map[string]any, len(values))
	for key, value := range values {
		if inner, ok := value.(map[string]any); ok {
			value = copied(inner)
		}
		result[key] = value
	}
	return result
}
