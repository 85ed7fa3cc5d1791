/** The token by which EKS takes an identity of AWS: a signed question to STS, which the cluster asks for itself. */
import type { STSClient } from "@aws-sdk/client-sts";

/** What the SDK signs a URL of. */
interface SignedRequest {
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
}

/** The signer of the SDK's client, as far as it makes URLs. */
interface Presigner {
  presign(request: object, options: { readonly expiresIn: number }): Promise<SignedRequest>;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html; EKS takes it for a quarter of an hour. */
export async function eksToken(sts: STSClient, clusterName: string): Promise<string> {
  const Region = await sts.config.region();
  const { url } = sts.config.endpointProvider({
    Region,
    UseDualStack: false,
    UseFIPS: false,
    UseGlobalEndpoint: false,
  });
  const signer = (await sts.config.signer()) as unknown as Presigner;
  const signed = await signer.presign(
    {
      method: "GET",
      protocol: "https:",
      hostname: url.hostname,
      path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host: url.hostname, "x-k8s-aws-id": clusterName },
    },
    { expiresIn: 60 },
  );
  const query = new URLSearchParams(
    Object.fromEntries(Object.entries(signed.query ?? {}).map(([key, value]) => [key, String(value)])),
  );
  const text = `https://${signed.hostname}${signed.path}?${query.toString()}`;
  return `k8s-aws-v1.${Buffer.from(text).toString("base64url")}`;
}
