{{- /*
Takes the nulls out of a value, in place: optional fields of Terraform objects arrive as null, and Terraform cannot recurse.
*/ -}}
{{- define "node-pools.prune" -}}
{{- $value := . -}}
{{- if kindIs "map" $value -}}
{{- range $key, $item := $value -}}
{{- if kindIs "invalid" $item -}}
{{- $_ := unset $value $key -}}
{{- else -}}
{{- include "node-pools.prune" $item -}}
{{- end -}}
{{- end -}}
{{- else if kindIs "slice" $value -}}
{{- range $value -}}
{{- include "node-pools.prune" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
Lays the fields of .above over those of .below, in place: maps key by key, everything else as a whole. Sprig's merges would
take false, 0, "" and [] for nothing.
*/ -}}
{{- define "node-pools.lay" -}}
{{- $below := .below -}}
{{- range $key, $value := .above -}}
{{- if and (kindIs "map" $value) (kindIs "map" (get $below $key)) -}}
{{- include "node-pools.lay" (dict "below" (get $below $key) "above" $value) -}}
{{- else -}}
{{- $_ := set $below $key $value -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
The spec of an object as JSON: the built-in defaults, over these the free form, over that
what is said field by field.
*/ -}}
{{- define "node-pools.spec" -}}
{{- $spec := .defaults -}}
{{- include "node-pools.lay" (dict "below" $spec "above" (.free | default dict)) -}}
{{- include "node-pools.lay" (dict "below" $spec "above" .fields) -}}
{{- $spec | toJson -}}
{{- end -}}

{{- /*
The objects of .Values.manifests as JSON, {"items": […]}: a list may hold lists, several documents of one file, and Lists.
*/ -}}
{{- define "node-pools.manifests" -}}
{{- $items := list -}}
{{- range $manifest := . -}}
{{- if kindIs "slice" $manifest -}}
{{- $items = concat $items (include "node-pools.manifests" $manifest | fromJson).items -}}
{{- else if not (kindIs "map" $manifest) -}}
{{- /* An empty document. */ -}}
{{- else if eq (toString $manifest.kind) "List" -}}
{{- $items = concat $items (include "node-pools.manifests" $manifest.items | fromJson).items -}}
{{- else -}}
{{- $items = append $items $manifest -}}
{{- end -}}
{{- end -}}
{{- dict "items" $items | toJson -}}
{{- end -}}

{{- /*
An object as YAML, each field as JSON: whatever text is in it comes out as it went in. JSON leaves a few characters as they
are that YAML takes for a line break or refuses, so these are escaped.
*/ -}}
{{- define "node-pools.object" -}}
---
{{- range $key, $value := . }}
{{ toJson $key }}: {{ include "node-pools.json" $value | nindent 2 | trim }}
{{- end }}
{{ end -}}

{{- define "node-pools.json" -}}
{{- $json := ternary (toPrettyJson .) (toJson .) (kindIs "map" .) -}}
{{- range $code := concat (untilStep 127 160 1) (list 65279 65534 65535) -}}
{{- $json = replace (printf "%c" $code) (printf "\\u%04x" $code) $json -}}
{{- end -}}
{{- $json -}}
{{- end -}}

{{- /*
The metadata of an object: its name, and the labels and annotations that are said of it.
*/ -}}
{{- define "node-pools.metadata" -}}
{{- set (pick (.metadata | default dict) "labels" "annotations") "name" .name | toJson -}}
{{- end -}}
