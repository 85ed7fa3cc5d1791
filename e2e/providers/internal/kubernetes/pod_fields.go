package kubernetes

// The arguments of the real provider's kubernetes_deployment_v1, with its defaults. Missing: the pod's dns_config, what
// security contexts have for SELinux, Windows and sysctls, and the volume sources other than config_map, empty_dir,
// host_path and secret.

var templateMetadataFields = []field{
	{name: "annotations", kind: textPairs},
	{name: "generate_name", forceNew: true},
	{name: "generation", kind: number, readOnly: true},
	{name: "labels", kind: textPairs},
	{name: "name", computed: true, forceNew: true},
	{name: "namespace", forceNew: true},
	{name: "resource_version", readOnly: true},
	{name: "uid", readOnly: true},
}

func requirementFields(forceNew bool) []field {
	return []field{
		{name: "key", forceNew: forceNew},
		{name: "operator", forceNew: forceNew},
		{name: "values", kind: textSet, forceNew: forceNew},
	}
}

func selectorFields(forceNew bool) []field {
	return []field{
		{name: "match_expressions", kind: blocks, inner: requirementFields(forceNew), forceNew: forceNew},
		{name: "match_labels", kind: textPairs, forceNew: forceNew},
	}
}

var deploymentFields = []field{
	{name: "min_ready_seconds", kind: number, standard: 0},
	{name: "paused", kind: boolean, standard: false},
	{name: "progress_deadline_seconds", kind: number, standard: 600},
	{name: "replicas", kind: numberText, computed: true},
	{name: "revision_history_limit", kind: number, standard: 10},
	{name: "selector", kind: block, inner: selectorFields(true), forceNew: true},
	{name: "strategy", kind: block, computed: true, inner: []field{
		{name: "rolling_update", kind: block, computed: true, inner: []field{
			{name: "max_surge", kind: numberOrText, standard: "25%"},
			{name: "max_unavailable", kind: numberOrText, standard: "25%"},
		}},
		{name: "type", standard: "RollingUpdate", oneOf: []string{"RollingUpdate", "Recreate"}},
	}},
	{name: "template", kind: block, required: true, inner: []field{
		{name: "metadata", kind: block, required: true, inner: templateMetadataFields},
		{name: "spec", kind: block, required: true, inner: podFields},
	}},
}

var podFields = []field{
	{name: "active_deadline_seconds", kind: number},
	{name: "affinity", kind: block, inner: affinityFields},
	{name: "automount_service_account_token", kind: boolean, standard: true},
	{name: "container", json: "containers", kind: blocks, inner: containerFields},
	{name: "dns_policy", standard: "ClusterFirst", oneOf: []string{"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"}},
	{name: "enable_service_links", kind: boolean, standard: true},
	{name: "host_aliases", kind: blocks, inner: []field{
		{name: "hostnames", kind: textItems, required: true},
		{name: "ip", required: true},
	}},
	{name: "host_ipc", json: "hostIPC", kind: boolean, standard: false},
	{name: "host_network", kind: boolean, standard: false},
	{name: "host_pid", json: "hostPID", kind: boolean, standard: false},
	{name: "hostname", computed: true},
	{name: "image_pull_secrets", kind: blocks, computed: true, inner: []field{{name: "name", required: true}}},
	{name: "init_container", json: "initContainers", kind: blocks, inner: containerFields},
	{name: "node_name", computed: true},
	{name: "node_selector", kind: textPairs},
	{name: "os", kind: block, inner: []field{{name: "name", required: true, oneOf: []string{"linux", "windows"}}}},
	{name: "priority_class_name"},
	{name: "readiness_gate", json: "readinessGates", kind: blocks, computed: true, inner: []field{{name: "condition_type", required: true}}},
	{name: "restart_policy", standard: "Always", oneOf: []string{"Always", "OnFailure", "Never"}},
	{name: "runtime_class_name"},
	{name: "scheduler_name", computed: true},
	{name: "security_context", kind: block, ignorable: true, inner: []field{
		{name: "fs_group", kind: numberText},
		{name: "fs_group_change_policy", oneOf: []string{"Always", "OnRootMismatch"}},
		{name: "run_as_group", kind: numberText},
		{name: "run_as_non_root", kind: boolean},
		{name: "run_as_user", kind: numberText},
		{name: "seccomp_profile", kind: block, inner: seccompFields},
	}},
	{name: "service_account_name", computed: true},
	{name: "share_process_namespace", kind: boolean, standard: false},
	{name: "subdomain"},
	{name: "termination_grace_period_seconds", kind: number, standard: 30},
	{name: "toleration", json: "tolerations", kind: blocks, inner: []field{
		{name: "effect", oneOf: []string{"NoSchedule", "PreferNoSchedule", "NoExecute"}},
		{name: "key"},
		{name: "operator", standard: "Equal", oneOf: []string{"Exists", "Equal"}},
		{name: "toleration_seconds", kind: numberText},
		{name: "value"},
	}},
	{name: "topology_spread_constraint", json: "topologySpreadConstraints", kind: blocks, inner: []field{
		{name: "label_selector", kind: looseBlock, inner: selectorFields(false)},
		{name: "match_label_keys", kind: textSet},
		{name: "max_skew", kind: number, standard: 1},
		{name: "min_domains", kind: number},
		{name: "node_affinity_policy", oneOf: []string{"Honor", "Ignore"}},
		{name: "node_taints_policy", oneOf: []string{"Honor", "Ignore"}},
		{name: "topology_key"},
		{name: "when_unsatisfiable", standard: "DoNotSchedule", oneOf: []string{"DoNotSchedule", "ScheduleAnyway"}},
	}},
	{name: "volume", json: "volumes", kind: blocks, inner: []field{
		{name: "config_map", kind: block, inner: append([]field{{name: "name"}}, fileFields...)},
		{name: "empty_dir", kind: block, inner: []field{
			{name: "medium", standard: "", oneOf: []string{"", "Memory"}},
			{name: "size_limit"},
		}},
		{name: "host_path", kind: block, inner: []field{{name: "path"}, {name: "type"}}},
		{name: "name"},
		{name: "secret", kind: block, inner: append([]field{{name: "secret_name"}}, fileFields...)},
	}},
}

var fileFields = []field{
	{name: "default_mode", kind: octalText, standard: "0644"},
	{name: "items", kind: blocks, inner: []field{{name: "key"}, {name: "mode", kind: octalText}, {name: "path"}}},
	{name: "optional", kind: boolean},
}

var seccompFields = []field{
	{name: "localhost_profile"},
	{name: "type", standard: "Unconfined", oneOf: []string{"Localhost", "RuntimeDefault", "Unconfined"}},
}

var handlerFields = []field{
	{name: "exec", kind: block, inner: []field{{name: "command", kind: textItems}}},
	{name: "http_get", kind: block, inner: []field{
		{name: "host"},
		{name: "http_header", json: "httpHeaders", kind: blocks, inner: []field{{name: "name"}, {name: "value"}}},
		{name: "path"},
		{name: "port", kind: numberOrText},
		{name: "scheme", standard: "HTTP", oneOf: []string{"HTTP", "HTTPS"}},
	}},
	{name: "tcp_socket", kind: looseBlock, inner: []field{{name: "port", kind: numberOrText, required: true}}},
}

var probeFields = append([]field{
	{name: "failure_threshold", kind: number, standard: 3},
	{name: "grpc", kind: looseBlock, inner: []field{{name: "port", kind: number, required: true}, {name: "service"}}},
	{name: "initial_delay_seconds", kind: number},
	{name: "period_seconds", kind: number, standard: 10},
	{name: "success_threshold", kind: number, standard: 1},
	{name: "timeout_seconds", kind: number, standard: 1},
}, handlerFields...)

func keyFields() []field {
	return []field{{name: "key"}, {name: "name"}, {name: "optional", kind: boolean}}
}

var sourceFields = []field{{name: "name", required: true}, {name: "optional", kind: boolean}}

var containerFields = []field{
	{name: "args", kind: textItems},
	{name: "command", kind: textItems},
	{name: "env", kind: blocks, inner: []field{
		{name: "name", required: true},
		{name: "value"},
		{name: "value_from", kind: block, inner: []field{
			{name: "config_map_key_ref", kind: block, inner: keyFields()},
			{name: "field_ref", kind: block, inner: []field{{name: "api_version", standard: "v1"}, {name: "field_path"}}},
			{name: "resource_field_ref", kind: block, inner: []field{
				{name: "container_name"}, {name: "divisor", standard: "1"}, {name: "resource", required: true},
			}},
			{name: "secret_key_ref", kind: block, inner: keyFields()},
		}},
	}},
	{name: "env_from", kind: blocks, inner: []field{
		{name: "config_map_ref", kind: block, inner: sourceFields},
		{name: "prefix"},
		{name: "secret_ref", kind: block, inner: sourceFields},
	}},
	{name: "image"},
	{name: "image_pull_policy", computed: true},
	{name: "lifecycle", kind: block, inner: []field{
		{name: "post_start", kind: looseBlock, inner: handlerFields},
		{name: "pre_stop", kind: looseBlock, inner: handlerFields},
	}},
	{name: "liveness_probe", kind: block, inner: probeFields},
	{name: "name", required: true},
	{name: "port", json: "ports", kind: blocks, inner: []field{
		{name: "container_port", kind: number, required: true},
		{name: "host_ip", json: "hostIP"},
		{name: "host_port", kind: number},
		{name: "name"},
		{name: "protocol", standard: "TCP", oneOf: []string{"TCP", "UDP"}},
	}},
	{name: "readiness_probe", kind: block, inner: probeFields},
	{name: "resources", kind: block, computed: true, inner: []field{
		{name: "limits", kind: quantities, computed: true},
		{name: "requests", kind: quantities, computed: true},
	}},
	{name: "security_context", kind: block, inner: []field{
		{name: "allow_privilege_escalation", kind: boolean, standard: true},
		{name: "capabilities", kind: block, inner: []field{{name: "add", kind: textItems}, {name: "drop", kind: textItems}}},
		{name: "privileged", kind: boolean, standard: false},
		{name: "read_only_root_filesystem", kind: boolean, standard: false},
		{name: "run_as_group", kind: numberText},
		{name: "run_as_non_root", kind: boolean},
		{name: "run_as_user", kind: numberText},
		{name: "seccomp_profile", kind: block, inner: seccompFields},
	}},
	{name: "startup_probe", kind: block, inner: probeFields},
	{name: "stdin", kind: boolean, standard: false},
	{name: "stdin_once", kind: boolean, standard: false},
	{name: "termination_message_path", standard: "/dev/termination-log"},
	{name: "termination_message_policy", computed: true, oneOf: []string{"File", "FallbackToLogsOnError"}},
	{name: "tty", kind: boolean, standard: false},
	{name: "volume_device", json: "volumeDevices", kind: blocks, inner: []field{
		{name: "device_path", required: true}, {name: "name", required: true},
	}},
	{name: "volume_mount", json: "volumeMounts", kind: blocks, inner: []field{
		{name: "mount_path", required: true},
		{name: "mount_propagation", standard: "None", oneOf: []string{"None", "HostToContainer", "Bidirectional"}},
		{name: "name", required: true},
		{name: "read_only", kind: boolean, standard: false},
		{name: "sub_path"},
		{name: "sub_path_expr"},
	}},
	{name: "working_dir"},
}

const (
	now   = "required_during_scheduling_ignored_during_execution"
	maybe = "preferred_during_scheduling_ignored_during_execution"
)

func nodeRequirements(required bool) []field {
	return []field{
		{name: "key", required: required},
		{name: "operator", required: required, oneOf: []string{"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"}},
		{name: "values", kind: textSet},
	}
}

var podTermFields = []field{
	{name: "label_selector", kind: looseBlock, inner: selectorFields(false)},
	{name: "namespace_selector", kind: looseBlock, inner: selectorFields(false)},
	{name: "namespaces", kind: textSet},
	{name: "topology_key", required: true},
}

var podAffinityFields = []field{
	{name: maybe, kind: blocks, inner: []field{
		{name: "pod_affinity_term", kind: block, required: true, inner: podTermFields},
		{name: "weight", kind: number, required: true},
	}},
	{name: now, kind: blocks, inner: podTermFields},
}

var affinityFields = []field{
	{name: "node_affinity", kind: block, inner: []field{
		{name: maybe, kind: blocks, inner: []field{
			{name: "preference", kind: block, required: true, inner: []field{
				{name: "match_expressions", kind: blocks, inner: nodeRequirements(false)},
				{name: "match_fields", kind: blocks, inner: nodeRequirements(true)},
			}},
			{name: "weight", kind: number, required: true},
		}},
		{name: now, kind: block, inner: []field{
			{name: "node_selector_term", json: "nodeSelectorTerms", kind: blocks, inner: []field{
				{name: "match_expressions", kind: blocks, inner: nodeRequirements(false)},
				{name: "match_fields", kind: blocks, inner: nodeRequirements(true)},
			}},
		}},
	}},
	{name: "pod_affinity", kind: block, inner: podAffinityFields},
	{name: "pod_anti_affinity", kind: block, inner: podAffinityFields},
}
