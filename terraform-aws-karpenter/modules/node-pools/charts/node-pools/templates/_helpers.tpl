{{- /*
A value without the nulls in it, as {"v": …}. Optional fields of Terraform objects arrive as null, and Terraform cannot
recurse.
*/ -}}
{{- define "node-pools.pruned" -}}
{{- if kindIs "map" .v -}}
{{- $out := dict -}}
{{- range $key, $value := .v -}}
{{- if not (kindIs "invalid" $value) -}}
{{- $_ := set $out $key (get (include "node-pools.pruned" (dict "v" $value) | fromJson) "v") -}}
{{- end -}}
{{- end -}}
{{- dict "v" $out | toJson -}}
{{- else if kindIs "slice" .v -}}
{{- $out := list -}}
{{- range $value := .v -}}
{{- $out = append $out (get (include "node-pools.pruned" (dict "v" $value) | fromJson) "v") -}}
{{- end -}}
{{- dict "v" $out | toJson -}}
{{- else -}}
{{- dict "v" .v | toJson -}}
{{- end -}}
{{- end -}}

{{- /*
The spec of an object as YAML: the free-form part (an object, or a string of JSON) below, what is said field by field on
top. Takes the fields and the free-form part.
*/ -}}
{{- define "node-pools.spec" -}}
{{- $free := .free | default dict -}}
{{- if kindIs "string" $free -}}
{{- $free = fromJson $free -}}
{{- end -}}
{{- mergeOverwrite (deepCopy $free) .fields | toYaml -}}
{{- end -}}
