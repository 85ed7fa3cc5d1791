import { Inputs } from "./input";

/** The modules beside the root: `aws-auth` and `smoke-test`. */
export const BESIDE_INPUTS = {
  map_roles: {
    type: "list(object({ rolearn = string, username = string, groups = list(string) }))",
    description: "Every role mapping there shall be: aws_auth_roles of the root module, and all of your own.",
  },
  drop_other_mappings: {
    type: "bool",
    description: "Whether mappings that map_roles does not name may be dropped; otherwise the plan is refused.",
    default: false,
  },
  replicas: {
    type: "number",
    description: "How many pods ask for room; scale it up to see nodes come, and down to see them go.",
    default: 0,
  },
  cpu_per_replica: { type: "string", description: "Cpu that each pod asks for.", default: "1" },
  memory_per_replica: { type: "string", description: "Memory that each pod asks for.", default: "1.5Gi" },
  image: {
    type: "string",
    description: "A pause image, for clusters without a way out.",
    default: "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
  },
} as const satisfies Inputs;
