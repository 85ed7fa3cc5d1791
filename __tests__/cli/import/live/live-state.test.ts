import type { LiveOptions } from "../../../../cli/import/live/live-state";
import { liveState } from "../../../../cli/import/live/live-state";
import { movingIn } from "../../../../cli/import/moving-in";
import { terraformForm } from "../../../../cli/import/terraform-form";
import type { Kubernetes } from "../../../../cli/kubernetes/kubernetes";
import { NoKubernetes } from "../../../../cli/kubernetes/none";
import { Unreachable } from "../../../../cli/kubernetes/unreachable";
import { ACCOUNT } from "../../../support/states";
import { liveAccount, liveCluster } from "../../../support/live-account";

const read = (options: Partial<LiveOptions> = {}, cluster = liveCluster()) =>
  liveState(liveAccount(), cluster, { clusterName: "prod", manifests: [], ...options });
const moving = async () => {
  const { state, ...live } = await read();
  return movingIn(state, { ...live, clusterName: "prod" });
};

describe("an account and a cluster that are read", () => {
  test("have the controller's role by its service account, and the nodes' role by its policies and by node classes", async () => {
    const { inputs, problems } = await moving();
    expect(problems).toEqual([]);
    expect(inputs).toMatchObject({
      karpenterVersion: "1.14.3",
      controllerRoleName: "prod-karpenter",
      nodeRoleName: "workers",
      interruptionQueueName: "prod",
      interruptionQueueRetention: 600,
      eventRuleNames: { "spot-interruption": "spot" },
      controllerReplicas: 3,
      createAccessEntry: false,
      manifests: [
        { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "default" } },
        { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", spec: { role: "workers" } },
      ],
    });
  });

  test("leave the instance profiles to Karpenter that it has made", async () => {
    expect((await moving()).inputs).toMatchObject({ instanceProfileName: "workers" });
    const profiles = (await moving()).moves.filter(({ object }) => object.type === "aws_iam_instance_profile");
    expect(profiles.map(({ object }) => object.values.name)).toEqual(["workers"]);
  });

  test("keep the tags that are the user's, and say which stack of CloudFormation has to let go", async () => {
    const { state } = await read();
    const role = state.objects.find(({ address }) => address === "aws_iam_role prod-karpenter");
    expect(role?.values.tags).toEqual({ team: "platform" });
    expect((await moving()).notes).toContainEqual(
      expect.stringMatching(/stack Karpenter-prod has aws_iam_role prod-karpenter, .*#out-of-cloudformation/),
    );
  });

  test("have no code that ends what the module makes beside it: commands do", async () => {
    const after = (await moving()).moves.flatMap((move) => (move.fate === "forgotten" ? (move.after ?? []) : []));
    const arn = `${ACCOUNT}:policy/KarpenterControllerPolicy-prod`;
    expect(after).toEqual([
      `aws iam detach-role-policy --role-name prod-karpenter --policy-arn ${arn}`,
      `aws iam delete-policy --policy-arn ${arn}`,
      "aws events remove-targets --rule spot --ids Target0",
    ]);
  });

  test("have no state that anything is removed from", async () => {
    const options = { moduleName: "karpenter", moduleSource: "./karpenter", sameState: false, live: true };
    const { files, commands } = terraformForm(await moving(), options);
    expect({ names: Object.keys(files), commands }).toEqual({ names: ["karpenter.tf", "imports.tf"], commands: [] });
    expect(files["imports.tf"]).toContain('id = "karpenter/karpenter"');
  });

  test("have access entries where the cluster knows any", async () => {
    const { state } = await liveState(liveAccount("API"), liveCluster(), { clusterName: "prod", manifests: [] });
    const entries = state.objects.filter(({ type }) => type === "aws_eks_access_entry");
    expect(entries.map(({ values }) => values.id)).toEqual([`prod:${ACCOUNT}:role/workers`]);
  });

  test("do not go without the cluster where it is asked and does not answer", async () => {
    const away: Kubernetes = {
      get: () => Promise.reject(new Unreachable("it does not answer")),
      list: () => Promise.reject(new Unreachable("it does not answer")),
    };
    await expect(read({ controllerRole: "prod-karpenter" }, away)).rejects.toThrow("it does not answer");
  });

  test("can be AWS alone, where roles are named", async () => {
    const aws = liveAccount();
    const options = { clusterName: "prod", manifests: [] };
    await expect(liveState(aws, new NoKubernetes(), options)).rejects.toThrow(
      "is not asked: name the controller's role with --controller-role",
    );
    const { state } = await liveState(aws, new NoKubernetes(), { ...options, controllerRole: "prod-karpenter" });
    expect(movingIn(state, { clusterName: "prod" }).inputs).toMatchObject({
      nodeRoleName: "workers",
      installController: false,
    });
  });

  test.each<[string, Partial<LiveOptions>, Readonly<Record<string, unknown>>, RegExp]>([
    ["no controller", {}, { "/apis/apps/v1/deployments": [] }, /has no Deployment with the label .* --controller-role/],
    [
      "a service account without a role",
      {},
      { "/api/v1/namespaces/karpenter/serviceaccounts/karpenter": { metadata: {} } },
      /has no role for the service account karpenter\/karpenter/,
    ],
    ["a role that is not there", { controllerRole: "nobody" }, {}, /has no role nobody/],
  ])("say what is missing: %s", async (_, options, objects, message) => {
    await expect(read(options, liveCluster(objects))).rejects.toThrow(message);
  });
});
