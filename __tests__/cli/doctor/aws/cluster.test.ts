import {
  judgeAuthenticationMode,
  judgeAutoMode,
  judgeEndpoint,
  judgeKubernetesVersion,
  judgeStatus,
} from "../../../../cli/doctor/aws/cluster";

const statesOf = (verdicts: readonly { readonly state: string }[]) => verdicts.map(({ state }) => state);

describe("the cluster", () => {
  test.each([
    ["ACTIVE", "ok"],
    ["CREATING", "error"],
  ])("that is %s is: %s", (status, state) => {
    expect(statesOf(judgeStatus({ status }))).toEqual([state]);
  });

  test.each([
    ["API", "ok"],
    ["API_AND_CONFIG_MAP", "ok"],
    ["CONFIG_MAP", "error"],
  ])("with the authentication mode %s is: %s", (authenticationMode, state) => {
    expect(statesOf(judgeAuthenticationMode({ authenticationMode }))).toEqual([state]);
  });

  it("is warned of with EKS Auto Mode, whose CRDs are the same", () => {
    expect(statesOf(judgeAutoMode({ autoMode: false }))).toEqual(["ok"]);
    const [{ state, text }] = judgeAutoMode({ autoMode: true });
    expect([state, text]).toEqual(["warning", expect.stringContaining('crds = "existing"')]);
  });

  test.each([
    ["1.14.3", "1.33", "ok"],
    ["1.0.8", "1.30", "ok"],
    ["1.0.8", "1.36", "error"],
    ["1.14.3", "1.20", "error"],
  ])("of Karpenter %s and Kubernetes %s is: %s", (karpenterVersion, kubernetesVersion, state) => {
    expect(statesOf(judgeKubernetesVersion({ karpenterVersion, kubernetesVersion }))).toEqual([state]);
  });

  test.each([
    ["a private endpoint", { public: false, private: true, publicCidrs: [] }, "ok"],
    ["an open public one", { public: true, private: false, publicCidrs: ["0.0.0.0/0"] }, "ok"],
    ["a narrow public one beside a private one", { public: true, private: true, publicCidrs: ["192.0.2.0/24"] }, "ok"],
    ["a narrow public one alone", { public: true, private: false, publicCidrs: ["192.0.2.0/24"] }, "warning"],
  ])("with %s is: %s", (_, endpointAccess, state) => {
    expect(statesOf(judgeEndpoint({ endpointAccess }))).toEqual([state]);
  });
});
