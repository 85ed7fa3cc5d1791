/** The policies that AWS manages and that are attached to roles here, by name, and what each is for. */
export const MANAGED_POLICIES: Readonly<Record<string, string>> = {
  AmazonEKSWorkerNodePolicy: "Lets the node find its cluster and describe the network that it is in.",
  AmazonEKS_CNI_Policy: "Lets the VPC CNI give pods addresses.",
  AmazonEC2ContainerRegistryPullOnly: "Pulls images from the account's registry, through its pull-through caches too.",
  AmazonEC2ContainerRegistryReadOnly:
    "Pulls images from the account's registry. The template of 0.32 and of 1.0 was corrected to the narrower " +
    "AmazonEC2ContainerRegistryPullOnly in 2025; here it stays as the release had it, up to 1.3.",
  AmazonSSMManagedInstanceCore: "Lets Session Manager into the node, without a key and without an open port.",
  AmazonEKSFargatePodExecutionRolePolicy: "Pulls the images of pods on Fargate.",
};

/** What the VPC CNI needs in a cluster of IPv4. */
export const CNI_POLICY = "AmazonEKS_CNI_Policy";

/** What Session Manager needs. */
export const SSM_POLICY = "AmazonSSMManagedInstanceCore";

/** The policies of AWS that the pod execution role has. */
export const POD_EXECUTION_POLICIES = ["AmazonEKSFargatePodExecutionRolePolicy", CNI_POLICY] as const;
