/** Amazon's images for EKS nodes: the AMIs, and the SSM parameters by which Karpenter finds those of an alias. */
import { RegisterImageCommand, type ArchitectureValues, type EC2Client } from "@aws-sdk/client-ec2";

import type { LocalAws } from "./local-aws";

/** Which images Amazon is to have published. */
export interface AmiRelease {
  /** The minor version of Kubernetes: Karpenter takes that of the API server. */
  readonly kubernetesVersion: string;
  /** The release in an alias like `al2023@v20260714`. */
  readonly release: string;
}

/** One variant of Amazon Linux 2023 for EKS. */
export interface PublishedAmi {
  readonly architecture: ArchitectureValues;
  readonly variant: string;
  readonly imageId: string;
}

/** What Karpenter asks for. Each has an image of its own: with one for all of them it finds no instance type that fits. */
const VARIANTS = [
  ["x86_64", "standard"],
  ["x86_64", "nvidia"],
  ["x86_64", "neuron"],
  ["arm64", "standard"],
  ["arm64", "nvidia"],
] as const satisfies readonly (readonly [ArchitectureValues, string])[];

/** Publishes a release of Amazon Linux 2023. It also becomes the one that `al2023@latest` stands for. */
export async function publishAmis(
  aws: Pick<LocalAws, "endpoint" | "region">,
  ec2: EC2Client,
  { kubernetesVersion, release }: AmiRelease,
): Promise<PublishedAmi[]> {
  const published: PublishedAmi[] = [];
  for (const [architecture, variant] of VARIANTS) {
    const name = `amazon-eks-node-al2023-${architecture}-${variant}-${kubernetesVersion}-${release}`;
    const made = await ec2.send(
      new RegisterImageCommand({ Name: name, Architecture: architecture, RootDeviceName: "/dev/xvda" }),
    );
    const imageId = made.ImageId as string;
    const folder = `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${architecture}/${variant}`;
    for (const each of [name, "recommended"]) {
      await putParameter(aws, `${folder}/${each}/image_id`, imageId);
    }
    published.push({ architecture, variant, imageId });
  }
  return published;
}

/** One call of the SSM API: the SDK's client for it would be one more dependency. */
async function putParameter(aws: Pick<LocalAws, "endpoint" | "region">, name: string, value: string): Promise<void> {
  const response = await fetch(aws.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.PutParameter",
      // The emulated AWS reads the region out of this, and checks nothing else.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${aws.region}/ssm/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ Name: name, Value: value, Type: "String", Overwrite: true }),
  });
  if (!response.ok) {
    throw new Error(`SSM refused the parameter ${name}: ${response.status} ${await response.text()}`);
  }
}
