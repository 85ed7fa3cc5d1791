/** Another value for each input of the root module, and what has to be said with it. */
import type { Network } from "../cloud/network";
import { CHART_REPOSITORY } from "../../lib/inputs/catalog/controller";
import type { TerraformVariables } from "../cloud/terraform";
import { REQUIREMENTS } from "./installation";

/** What the changes refer to. */
export interface Surroundings {
  readonly network: Network;
  /** The folder of charts of a release. */
  readonly charts: Readonly<Record<string, string>>;
}

/** Inputs of which no plan tells anything here: there is no registry to ask. */
export const OF_A_REGISTRY = ["chart_repository_username", "chart_repository_password", "chart_repository_ca_file"];

const ROLE = "arn:aws:iam::123456789012:role/own";
const POLICY = { own: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
const DOCUMENT = {
  own: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Own", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  }),
};
const OWN_NODES = { create_fargate_profile: false, fargate_logging: "none" };
/** Without it, a plan refuses what nodes that run would not survive. */
const ACCEPTED = { accepted_change: "no node runs here" };
const OWN_QUEUE = { create_interruption_queue_alarm: false };

/** The changes by the input: another value of it, and what cannot stay as it was. */
export function changes({ network, charts }: Surroundings): Readonly<Record<string, TerraformVariables>> {
  const [, second, third] = network.subnetIds;
  const key = `arn:aws:kms:${network.region}:${network.accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const queue = `arn:aws:sqs:${network.region}:${network.accountId}:own`;
  const one = (name: string, value: unknown, and: TerraformVariables = {}): [string, TerraformVariables] => [
    name,
    { [name]: value, ...and },
  ];
  return Object.fromEntries([
    one("controller_replicas", 3),
    one("controller_size", { cpu: "2", memory: "2Gi" }),
    one("settings", { batchIdleDuration: "2s" }),
    one("feature_gates", { nodeRepair: true }),
    one(
      "aws_feature_gates",
      { rebootForRepair: true },
      { karpenter_version: "1.15.1", feature_gates: { nodeRepair: true }, chart_repository: charts["1.15.1"] },
    ),
    one("controller_tolerations", [{ key: "own", operator: "Exists" }]),
    one("controller_topology_spread", [
      { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
    ]),
    one("controller_max_unavailable", "50%"),
    one("controller_dns_policy", "ClusterFirst"),
    one("log_level", "debug"),
    one("service_monitor", true),
    one("service_monitor_labels", { release: "prometheus" }, { service_monitor: true }),
    one("controller_image_repository", "registry.example/karpenter/controller"),
    one("controller_image_tag", "own", { controller_image_digest: "" }),
    one("controller_image_digest", `sha256:${"0a".repeat(32)}`),
    one("controller_http_proxy", "http://proxy.example:3128"),
    one("controller_https_proxy", "http://proxy.example:3128"),
    one("controller_no_proxy", [".internal"], { controller_https_proxy: "http://proxy.example:3128" }),
    one("controller_node_selector", { pool: "system" }, OWN_NODES),
    one("controller_affinity", { nodeAffinity: null, podAntiAffinity: {} }, OWN_NODES),
    one("controller_priority_class_name", "system-node-critical"),
    one("controller_pod_annotations", { "example.com/team": "platform" }),
    one("controller_helm_values", [{ revisionHistoryLimit: 5 }]),
    one("chart_repository", `${charts["1.14.3"]}/.`),
    one("chart_timeout", 700),
    one("create_controller_role", false, { controller_role_arn: ROLE }),
    one("controller_role_arn", ROLE, { create_controller_role: false }),
    one("controller_additional_policies", POLICY),
    one("controller_identity", "pod-identity", OWN_NODES),
    one("oidc_provider_arn", network.oidcProviderArn.replace(/[^/]+$/, "0123456789ABCDEF0123456789ABCDEF")),
    one("controller_policy_form", "managed"),
    one("controller_role_name", "own-controller"),
    one("controller_role_description", "Own."),
    one("controller_max_session_duration", 7200),
    one("controller_trust_conditions", [
      { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1234567890"] },
    ]),
    one("controller_trust_statements", [
      { sid: "Own", actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: [ROLE] }] },
    ]),
    one("controller_policy_statements", [{ sid: "Own", actions: ["s3:GetObject"], resources: ["*"] }]),
    one("controller_inline_policies", DOCUMENT),
    one("instance_profile_mode", "karpenter", ACCEPTED),
    one("ami_parameter_arns", [`arn:aws:ssm:${network.region}:${network.accountId}:parameter/own`]),
    one("ebs_kms_key_arns", [key]),
    one("create_pod_execution_role", false, { pod_execution_role_arn: ROLE }),
    one("pod_execution_role_arn", ROLE, { create_pod_execution_role: false }),
    one("pod_execution_role_name", "own-fargate"),
    one("pod_execution_role_cni_policy", false),
    one("pod_execution_role_additional_policies", POLICY),
    one("pod_execution_role_description", "Own."),
    one("pod_execution_inline_policies", DOCUMENT),
    one("create_node_role", false, { node_role_arn: ROLE, ...ACCEPTED }),
    one("node_role_arn", ROLE, { create_node_role: false, ...ACCEPTED }),
    one("node_role_name", "own-nodes", ACCEPTED),
    one("node_cni_policy", false),
    one("node_ssm_policy", false),
    one("node_role_description", "Own."),
    one("node_inline_policies", DOCUMENT),
    one("create_instance_profile", false, { instance_profile_name: "own", ...ACCEPTED }),
    one("instance_profile_name", "own-profile", ACCEPTED),
    one("tag_nodes", false),
    one("node_additional_policies", POLICY),
    one("additional_node_role_arns", [ROLE]),
    one("cluster_name", "other", ACCEPTED),
    one("name_prefix", "other", ACCEPTED),
    one("partition", "aws"),
    one("region", network.region),
    one("account_id", network.accountId),
    one("permissions_boundary_arn", "arn:aws:iam::aws:policy/AdministratorAccess"),
    one("iam_path", "/own/", ACCEPTED),
    one("tags", { team: "other" }),
    one("cluster_endpoint", "https://other.example"),
    one("kubernetes_version", "1.33"),
    one("subnet_ids", network.subnetIds),
    one("security_group_ids", [...network.securityGroupIds, "sg-0a1b2c3d4e5f60001"]),
    one("cluster_ip_family", "ipv6"),
    one("karpenter_version", "1.15.1", { chart_repository: charts["1.15.1"] }),
    one("allow_newer_karpenter_version", true),
    one("accepted_change", "nothing that matters"),
    one("acknowledge_warnings", { "karpenter-no-limits": "they are limited elsewhere" }),
    one("node_pools", {
      default: {
        requirements: REQUIREMENTS,
        limits: { cpu: "200" },
        labels: { team: "own" },
        terminationGracePeriod: "20m",
      },
    }),
    one("node_classes", { default: { amiAlias: "al2023@v20260714", detailedMonitoring: true } }),
    one(
      "node_overlays",
      {
        own: {
          requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
          priceAdjustment: "+10%",
        },
      },
      { feature_gates: { nodeOverlay: true } },
    ),
    one(
      "capacity_buffers",
      { own: { replicas: 1, podTemplateRef: { name: "own" } } },
      { feature_gates: { capacityBuffer: true } },
    ),
    one("manifests", [
      {
        apiVersion: "karpenter.k8s.aws/v1",
        kind: "EC2NodeClass",
        metadata: { name: "own" },
        spec: { amiSelectorTerms: [{ alias: "al2023@v20260714" }] },
      },
    ]),
    one("complete_manifests", false),
    one("existing_node_classes", ["own"]),
    one("node_pools_timeout", 7200),
    one("node_pools_chart", "./modules/node-pools/charts/node-pools"),
    one("create_node_pools", false, { node_pools: {}, node_classes: {} }),
    one("nodes_depend_on", ["nat-0a1b2c3d4e5f60001"]),
    // What is said of the charts goes with it.
    one("install_controller", false, { chart_repository: CHART_REPOSITORY, helm_wait: true }),
    one("namespace", "other", ACCEPTED),
    one("service_account_name", "other"),
    one("create_namespace", false),
    one("create_flow_schemas", false),
    one("crds", "kept"),
    one("helm_wait", true),
    one("helm_atomic", true, { helm_wait: true }),
    one("helm_cleanup_on_fail", true),
    one("helm_max_history", 5),
    one("guard_chart", "./modules/controller/charts/guard"),
    one("flow_schemas_chart", "./modules/controller/charts/flow-schemas"),
    one("prometheus_rule", true),
    one("prometheus_rule_labels", { release: "prometheus" }, { prometheus_rule: true }),
    one("runbook_url", "https://runbooks.example", { prometheus_rule: true }),
    one("grafana_dashboard", false),
    one("grafana_dashboard_labels", { own: "1" }),
    one("grafana_dashboard_annotations", { folder: "own" }),
    one("monitoring_chart", "./modules/monitoring/charts/monitoring"),
    one("create_fargate_profile", false, { fargate_logging: "none" }),
    one("fargate_profile_name", "own"),
    one("fargate_subnet_ids", [second, third]),
    one("fargate_selectors", [{ namespace: "karpenter" }]),
    one("fargate_logging", "none"),
    one("create_fargate_log_group", false, { fargate_log_group_name: "/own/fargate" }),
    one("fargate_log_group_name", "/own/fargate"),
    one("fargate_log_retention_days", 30),
    one("fargate_log_kms_key_arn", key),
    one("fargate_log_filters", "[FILTER]\n    Name parser\n    Match *\n    Key_name log\n    Parser crio\n"),
    one("fargate_log_parsers", "[PARSER]\n    Name crio\n    Format regex\n    Regex ^(?<log>.*)$\n"),
    one("fargate_logging_chart", "./modules/fargate-logging/charts/fargate-logging"),
    one("create_spot_service_linked_role", true),
    one("create_access_entry", false),
    one("access_entry_type", "EC2_WINDOWS"),
    one("interruption_handling", false, OWN_QUEUE),
    one("create_interruption_queue", false, { interruption_queue_arn: queue, ...OWN_QUEUE }),
    one("interruption_queue_arn", queue, { create_interruption_queue: false, ...OWN_QUEUE }),
    one("create_event_rules", false),
    one("event_rule_names", { health: "own-health" }),
    one("interruption_queue_name", "own-queue"),
    one("interruption_queue_kms_key_arn", key),
    one("interruption_queue_retention", 600),
    one("interruption_queue_kms_data_key_reuse_period", 600, { interruption_queue_kms_key_arn: key }),
    one("interruption_queue_policy_statements", {
      Own: { actions: ["sqs:GetQueueAttributes"], principals: [{ type: "AWS", identifiers: [ROLE] }] },
    }),
    one("create_interruption_queue_alarm", false),
    one("interruption_queue_alarm_threshold", 60),
    one("interruption_queue_alarm_actions", [`arn:aws:sns:${network.region}:${network.accountId}:own`]),
    one("discovery_subnet_ids", { first: network.subnetIds[0], second }),
    one("discovery_security_group_ids", { nodes: network.securityGroupIds[0] }),
  ]);
}
