/** Inputs of an installation that are warned of, and ones at their edge that are right: for synth and plan alike. */
const ENI = { labels: { "k8s.amazonaws.com/eniConfig": "eu-north-1a" } };
const pools = <Pool extends object>(pool: Pool) => ({ nodePools: { a: pool } });

const zone = (...values: readonly string[]) => ({
  requirements: [{ key: "topology.kubernetes.io/zone", operator: "In", values }],
});
const budgets = (...reasons: readonly string[]) =>
  pools({ disruption: { budgets: [{ nodes: "1", ...(reasons.length === 0 ? {} : { reasons }) }] } });
const inRegion = (of: object) => ({ ...of, region: "eu-north-1" });

export const INSTALLATIONS: readonly (readonly [id: string, wrong: readonly object[], right: readonly object[]])[] = [
  [
    "karpenter-one-subnet",
    [{ subnetIds: ["subnet-0a"] }],
    [{ subnetIds: ["subnet-0a", "subnet-0b"] }, { subnetIds: [] }, {}],
  ],
  [
    "karpenter-reserved-enis",
    [
      pools(ENI),
      pools({ annotations: ENI.labels }),
      pools({ spec: { template: { metadata: ENI } } }),
      { manifests: [{ kind: "NodePool", spec: { template: { metadata: ENI, spec: {} } } }] },
      { settings: { reservedENIs: "0" }, ...pools(ENI) },
      { nodeClasses: { a: { kubelet: { podsPerCore: 5 } } }, ...pools(ENI) },
    ],
    [
      { settings: { reservedENIs: "1" }, ...pools(ENI) },
      { nodeClasses: { a: { kubelet: { maxPods: 58 } } }, ...pools(ENI) },
      { nodeClasses: { a: { spec: { kubelet: { maxPods: 58 } } } }, ...pools(ENI) },
      { manifests: [{ kind: "EC2NodeClass", spec: { kubelet: { maxPods: 58 } } }], ...pools(ENI) },
      pools({ labels: { team: "a" } }),
    ],
  ],
  [
    "karpenter-impossible-requirements",
    [
      pools(zone("eu-west-1a")),
      pools(zone("eu-north-2a")),
      pools({ labels: { "topology.kubernetes.io/region": "eu-west-1" } }),
    ].map(inRegion),
    [
      pools(zone("eu-north-1b", "eu-west-1a")),
      pools(zone("eu-north-1-hel-1a")),
      pools(zone("somewhere")),
      pools({ requirements: [{ key: "topology.kubernetes.io/zone", operator: "NotIn", values: ["eu-west-1a"] }] }),
    ].map(inRegion),
  ],
  [
    "karpenter-node-repair",
    [
      { featureGates: { nodeRepair: true } },
      budgets("Unhealthy"),
      { ...budgets("Unhealthy"), featureGates: { nodeRepair: false } },
      { manifests: [{ kind: "NodePool", spec: budgets("Unhealthy").nodePools.a }] },
    ],
    [
      { featureGates: { nodeRepair: false } },
      {},
      budgets("Unhealthy", "Drifted"),
      budgets(),
      { ...budgets("Unhealthy"), installController: false },
      { ...budgets("Unhealthy"), controllerHelmValues: [{ settings: { featureGates: { nodeRepair: true } } }] },
    ],
  ],
  [
    "karpenter-alerts-without-metrics",
    [
      { prometheusRule: true },
      { grafanaDashboard: true, serviceMonitor: false },
      { prometheusRule: true, serviceMonitor: true, settings: { disableClusterStateObservability: true } },
    ],
    [
      { prometheusRule: true, grafanaDashboard: true, serviceMonitor: true },
      { prometheusRule: true, controllerHelmValues: ["serviceMonitor: { enabled: true }"] },
      { prometheusRule: true, serviceMonitor: true, settings: { disableClusterStateObservability: false } },
      { settings: { disableClusterStateObservability: true } },
    ],
  ],
  [
    "karpenter-overridden-value",
    [
      { controllerReplicas: 1, controllerHelmValues: ["replicas: 3"] },
      { controllerReplicas: 1, controllerHelmValues: [{}, { replicas: 3 }] },
      { controllerSize: { cpu: "2" }, controllerHelmValues: ["controller: { resources: { requests: { cpu: 3 } } }"] },
      { settings: { batchIdleDuration: "2s" }, controllerHelmValues: [{ settings: { batchIdleDuration: "5s" } }] },
      {
        featureGates: { nodeOverlay: true },
        controllerHelmValues: [{ settings: { featureGates: { nodeOverlay: false } } }],
      },
      { clusterName: "demo", controllerHelmValues: [{ settings: { clusterName: "other" } }] },
      { controllerHelmValues: ["serviceAccount: { name: own }"] },
      { controllerHelmValues: ["serviceAccount: { annotations: { eks.amazonaws.com/role-arn: x } }"] },
    ],
    [
      { controllerReplicas: 1 },
      { controllerSize: {}, controllerHelmValues: ["serviceAccount: { annotations: { a: b } }"] },
      { controllerReplicas: 1, controllerHelmValues: [{ priorityClassName: "high" }] },
      { settings: { isolatedVPC: true }, controllerHelmValues: ["settings: { preferencePolicy: Ignore }"] },
      { controllerHelmValues: [{ replicas: 3 }] },
      { installController: false, controllerReplicas: 1, controllerHelmValues: [{ replicas: 3 }] },
    ],
  ],
];
