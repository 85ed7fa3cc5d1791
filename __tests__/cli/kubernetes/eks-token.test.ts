import { STSClient } from "@aws-sdk/client-sts";
import { eksToken } from "../../../cli/kubernetes/eks-token";

test.each([
  ["eu-north-1", "sts.eu-north-1.amazonaws.com"],
  ["cn-north-1", "sts.cn-north-1.amazonaws.com.cn"],
])("a token for a cluster in %s is a signed question to %s, of the cluster's name", async (region, host) => {
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret", sessionToken: "a+b/c=" };
  const token = await eksToken(new STSClient({ region, credentials }), "prod");
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  const url = new URL(Buffer.from(token.slice("k8s-aws-v1.".length), "base64url").toString());
  expect(url.host).toBe(host);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    Action: "GetCallerIdentity",
    "X-Amz-Credential": expect.stringContaining(`/${region}/sts/aws4_request`) as string,
    "X-Amz-Expires": "60",
    "X-Amz-Security-Token": "a+b/c=",
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
  });
});
