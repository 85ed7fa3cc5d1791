import { Testing } from "cdktf";
import type { ClusterConfig } from "../../stacks/cluster-config";
import { KarpenterStack } from "../../stacks/karpenter-stack";
import type { StateBackend } from "../../stacks/state-backend";
import { cluster, messageOf } from "./clusters";

function synth(options: Partial<ClusterConfig> = {}) {
  const stack = new KarpenterStack(Testing.app(), "prod", { ...cluster(), ...options } as ClusterConfig);
  stack.prepareStack();
  return JSON.parse(Testing.synth(stack, true));
}

describe("the stack of a cluster", () => {
  it("asks for a range of provider releases, not for the one that the bindings were made from", () => {
    expect(synth().terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 5.100" },
      helm: { source: "hashicorp/helm", version: ">= 3.1" },
    });
  });

  it("works in the cluster's region with the credentials that Terraform finds", () => {
    expect(synth().provider.aws).toEqual([{ region: "eu-north-1" }]);
  });

  it("becomes a role, tags everything and refuses every other account, where that is asked for", () => {
    const assumeRoleArn = "arn:aws:iam::111122223333:role/deploy";
    expect(synth({ assumeRoleArn, accountId: "111122223333", defaultTags: { team: "a" } }).provider.aws).toEqual([
      {
        region: "eu-north-1",
        allowed_account_ids: ["111122223333"],
        assume_role: [{ role_arn: assumeRoleArn }],
        default_tags: [{ tags: { team: "a" } }],
      },
    ]);
  });

  it("tells what the Helm release and the EC2NodeClass need", () => {
    const { output } = synth();
    expect(Object.keys(output).sort()).toEqual([
      "aws_auth_roles",
      "controller_role_arn",
      "fargate_profile_name",
      "helm_values",
      "instance_profile_name",
      "interruption_queue_name",
      "node_class_spec",
      "node_role_name",
    ]);
    expect(output.controller_role_arn.value).toBe("${aws_iam_role.karpenter_controller.arn}");
    expect(output.helm_values.value).toMatch(/^\$\{yamlencode\(\{.*\}\)\}$/);
  });

  it("has null outputs for what it does not make", () => {
    const { output } = synth({ createFargateProfile: false, interruptionHandling: false });
    expect([output.fargate_profile_name.value, output.interruption_queue_name.value]).toEqual(["${null}", "${null}"]);
  });

  it("refuses to become a role of another account than the cluster's", () => {
    const assumeRoleArn = "arn:aws:iam::444455556666:role/deploy";
    expect(messageOf(() => synth({ assumeRoleArn, accountId: "111122223333" }))).toContain(
      `"assumeRoleArn" is "${assumeRoleArn}", but must be of account "111122223333", that of the cluster; give one of the cluster's account`,
    );
  });

  it("reports mistakes of the deployment and of Karpenter, each once", () => {
    const message = messageOf(() => synth({ region: "north", assumeRoleArn: "deploy", subnetIds: [] }));
    expect(message.match(/"\w+" (?:is|has) [^,]+, but must/g)).toEqual([
      '"region" is "north", but must',
      '"subnetIds" has 0 items, but must',
      '"assumeRoleArn" is "deploy", but must',
    ]);
  });
});

describe("the way to the cluster", () => {
  const kubernetes = (options: Partial<ClusterConfig> = {}) => synth(options).provider.helm[0].kubernetes;
  const endpoint = { clusterEndpoint: "https://api.example", clusterCertificateAuthority: "QUJDREVGR0hJSktMTU5PUA==" };

  it("is asked of EKS, with a token that is made anew for each run", () => {
    expect(kubernetes()).toEqual({
      host: "${data.aws_eks_cluster.cluster.endpoint}",
      cluster_ca_certificate: "${base64decode(data.aws_eks_cluster.cluster.certificate_authority[0].data)}",
      exec: {
        api_version: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: ["eks", "get-token", "--cluster-name", "prod", "--region", "eu-north-1"],
      },
    });
  });

  it("asks EKS for nothing that is said", () => {
    const { data, provider } = synth(endpoint);
    expect(data.aws_eks_cluster).toBeUndefined();
    expect(provider.helm[0].kubernetes).toMatchObject({
      host: "https://api.example",
      cluster_ca_certificate: '${base64decode("QUJDREVGR0hJSktMTU5PUA==")}',
    });
  });

  it("takes its token as the role that Terraform becomes", () => {
    const assumeRoleArn = "arn:aws:iam::111122223333:role/deploy";
    expect(kubernetes({ assumeRoleArn }).exec.args.slice(-2)).toEqual(["--role-arn", assumeRoleArn]);
  });

  it("may be a kubeconfig file", () => {
    const { data, provider } = synth({ kubeConfigPath: "~/.kube/config", kubeConfigContext: "prod" });
    expect(provider.helm).toEqual([{ kubernetes: { config_path: "~/.kube/config", config_context: "prod" } }]);
    expect(data.aws_eks_cluster).toBeUndefined();
  });

  it("is not looked for where nothing is installed on the cluster", () => {
    const { provider, terraform, data } = synth({ installController: false });
    expect([provider.helm, terraform.required_providers.helm, data.aws_eks_cluster]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is held against its rules", () => {
    const message = messageOf(() =>
      synth({ clusterCertificateAuthority: "-----BEGIN", kubeConfigPath: "a/", kubeConfigContext: "" }),
    );
    expect(message.match(/"\w+" is [^,]+, but must be/g)).toEqual([
      '"clusterCertificateAuthority" is "-----BEGIN", but must be',
      '"kubeConfigPath" is "a/", but must be',
      '"kubeConfigContext" is "", but must be',
    ]);
  });
});

describe("the backend", () => {
  const s3 = { type: "s3", bucket: "state", region: "eu-north-1" } as const;
  const cloud = { type: "cloud", organization: "acme" } as const;
  const s3Block = { bucket: "state", region: "eu-north-1", encrypt: true };

  it.each<[string, StateBackend | undefined, string, object]>([
    ["a local file by default", undefined, ">= 1.5.7", { local: { path: "../../../terraform.prod.tfstate" } }],
    [
      "a local file",
      { type: "local", path: "state/a.tfstate" },
      ">= 1.5.7",
      { local: { path: "../../../state/a.tfstate" } },
    ],
    [
      "an absolute path",
      { type: "local", path: "/state/a.tfstate" },
      ">= 1.5.7",
      { local: { path: "/state/a.tfstate" } },
    ],
    ["a bucket", s3, ">= 1.10", { s3: { ...s3Block, key: "karpenter/prod.tfstate", use_lockfile: true } }],
    [
      "a bucket with everything",
      {
        ...s3,
        key: "a/b",
        kmsKeyArn: "arn:aws:kms:eu-north-1:111122223333:key/1",
        roleArn: "arn:aws:iam::111122223333:role/state",
        useLockfile: false,
      },
      ">= 1.6",
      {
        s3: {
          ...s3Block,
          key: "a/b",
          kms_key_id: "arn:aws:kms:eu-north-1:111122223333:key/1",
          assume_role: { role_arn: "arn:aws:iam::111122223333:role/state" },
        },
      },
    ],
    ["a bucket without lock", { ...s3, key: "a", useLockfile: false }, ">= 1.5.7", { s3: { ...s3Block, key: "a" } }],
  ])("is %s", (_, backend, version, expected) => {
    const { terraform } = synth({ backend });
    expect([terraform.required_version, terraform.backend]).toEqual([version, expected]);
  });

  it.each<[string, StateBackend, object]>([
    ["HCP Terraform", cloud, { organization: "acme", workspaces: { name: "karpenter-prod" } }],
    [
      "Terraform Enterprise",
      { ...cloud, workspace: "w", hostname: "tfe.example.com" },
      { organization: "acme", hostname: "tfe.example.com", workspaces: { name: "w" } },
    ],
  ])("is %s", (_, backend, expected) => {
    const { terraform } = synth({ backend });
    expect([terraform.cloud, terraform.backend]).toEqual([expected, undefined]);
  });

  it("is held against its rules", () => {
    const backend = { ...cloud, organization: "a", hostname: "https://tfe" };
    const message = messageOf(() => synth({ backend }));
    expect(message.match(/"[\w.]+" is [^,]+, but must be/g)).toEqual([
      '"backend.organization" is "a", but must be',
      '"backend.hostname" is "https://tfe", but must be',
    ]);
  });
});
