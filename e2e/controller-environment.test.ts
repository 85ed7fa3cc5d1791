/** What the kubelet and the STS would decide, decided here: held to their rules without starting anything. */
import { containerEnvironment, quantity } from "./cloud/container-environment";
import { parsePolicy } from "./cloud/policy-document";
import { trusts } from "./cloud/web-identity";

describe("the environment of a container", () => {
  it.each([
    ["500m", 0.5],
    ["1Gi", 2 ** 30],
    ["1.5G", 1.5e9],
    [2, 2],
    ["1e3", 1000],
  ])("reads the quantity %s", (text, value) => {
    expect(quantity(text)).toBe(value);
  });

  it("refuses what is no quantity", () => {
    expect(() => quantity("1 GB")).toThrow(/no quantity/);
  });

  it("is made as the kubelet makes it", () => {
    const made = containerEnvironment(
      {
        env: [
          { name: "PLAIN", value: "one" },
          { name: "COMPOSED", value: "$(PLAIN)-$(UNKNOWN)-$$(PLAIN)" },
          { name: "FIELD", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
          { name: "CPU", valueFrom: { resourceFieldRef: { resource: "requests.cpu", divisor: "1m" } } },
          { name: "WHOLE_CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
          { name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "0" } } },
        ],
        resources: { limits: { cpu: "1100m", memory: "1Gi" } },
      },
      { "metadata.namespace": "here" },
    );
    expect(made).toEqual({
      PLAIN: "one",
      COMPOSED: "one-$(UNKNOWN)-$(PLAIN)",
      FIELD: "here",
      CPU: "1100",
      WHOLE_CPU: "2",
      MEMORY: String(2 ** 30),
    });
  });

  it("refuses what it does not know", () => {
    const secret = { name: "A", valueFrom: { secretKeyRef: { name: "secret", key: "a" } } };
    expect(() => containerEnvironment({ env: [secret] }, {})).toThrow(/A is taken from what is not known here/);
    expect(() => containerEnvironment({ name: "c", envFrom: [{}] }, {})).toThrow(/container c has an envFrom/);
  });
});

describe("a role's trust", () => {
  const identity = {
    issuer: "https://oidc.eks.eu-north-1.amazonaws.com/id/A",
    subject: "system:serviceaccount:karpenter:karpenter",
    audience: "sts.amazonaws.com",
  };
  const provider = "oidc.eks.eu-north-1.amazonaws.com/id/A";
  const trust = (
    Condition: object,
    Federated = `arn:aws:iam::123456789012:oidc-provider/${provider}`,
    Effect = "Allow",
  ): object => ({ Effect, Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated }, Condition });
  const allowed = (...Statement: object[]): boolean => trusts(parsePolicy(JSON.stringify({ Statement })), identity);

  it.each([
    ["the subject and the audience", { StringEquals: { [`${provider}:sub`]: identity.subject } }],
    ["one of several subjects", { StringEquals: { [`${provider}:sub`]: ["other", identity.subject] } }],
    ["a pattern", { StringLike: { [`${provider}:sub`]: "system:serviceaccount:karpenter:*" } }],
  ])("holds by %s", (_, condition) => {
    expect(allowed(trust(condition))).toBe(true);
  });

  it.each([
    ["another subject", trust({ StringEquals: { [`${provider}:sub`]: "other" } })],
    ["another audience", trust({ StringEquals: { [`${provider}:aud`]: "other" } })],
    ["a pattern that must be equal", trust({ StringEquals: { [`${provider}:sub`]: "system:*" } })],
    ["another provider's condition", trust({ StringEquals: { "elsewhere:sub": identity.subject } })],
    ["another provider", trust({}, "arn:aws:iam::123456789012:oidc-provider/elsewhere")],
    ["an operator that is not known", trust({ ArnLike: { [`${provider}:sub`]: identity.subject } })],
  ])("does not hold by %s", (_, statement) => {
    expect(allowed(statement)).toBe(false);
  });

  it("does not hold when another statement denies it", () => {
    expect(allowed(trust({}), trust({}, undefined, "Deny"))).toBe(false);
  });
});
