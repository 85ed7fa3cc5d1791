import type { OidcFacts } from "../../../../cli/doctor/aws/identity";
import { judgeOidcProvider, judgeSpotRole } from "../../../../cli/doctor/aws/identity";

const ISSUER = "https://oidc.eks.eu-north-1.amazonaws.com/id/OURS";
const FACTS: OidcFacts = { issuer: ISSUER, providers: [], audiences: ["sts.amazonaws.com"], podIdentities: [] };

describe("the OIDC provider", () => {
  test.each<[string, Partial<OidcFacts>, string, RegExp]>([
    ["of the cluster's issuer", {}, "ok", /IAM has the OIDC provider/],
    ["that is missing", { audiences: undefined }, "error", /no OIDC provider of https.*OURS: the controller/],
    [
      "of other clusters alone",
      { audiences: undefined, providers: ["arn:aws:iam::1:oidc-provider/oidc.example/id/OTHER"] },
      "error",
      /but those of oidc\.example\/id\/OTHER/,
    ],
    ["for other audiences", { audiences: ["x"] }, "error", /for x, but must for sts\.amazonaws\.com/],
    ["without an issuer", { issuer: undefined }, "error", /no OIDC issuer/],
    ["beside EKS Pod Identity", { audiences: undefined, podIdentities: ["karpenter/karpenter"] }, "ok", /Pod Identity/],
    ["beside another's Pod Identity", { audiences: undefined, podIdentities: ["a/b"] }, "error", /no OIDC provider/],
  ])("%s is: %s", (_, facts, state, text) => {
    expect(judgeOidcProvider({ ...FACTS, ...facts })).toEqual([{ state, text: expect.stringMatching(text) as string }]);
  });
});

it("warns where no spot instance can start", () => {
  expect(judgeSpotRole(true)).toMatchObject([{ state: "ok" }]);
  expect(judgeSpotRole(false)).toMatchObject([
    { state: "warning", text: expect.stringContaining("create-service-linked-role") as string },
  ]);
});
