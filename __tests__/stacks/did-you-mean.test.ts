import { didYouMean } from "../../stacks/did-you-mean";

const known = ["clusterName", "namespace", "name", "tags", "subnetIds"];

describe("a misspelt name", () => {
  it.each([
    ["cluster_name", "clusterName"],
    ["cluster-name", "clusterName"],
    ["clustername", "clusterName"],
    ["clusterNam", "clusterName"],
    ["namspace", "namespace"],
    ["subnets", "subnetIds"],
    ["tag", "tags"],
  ])("%s is taken for %s", (unknown, meant) => {
    expect(didYouMean(unknown, known)).toBe(meant);
  });

  it.each(["colour", "x", "nodePools"])("%s is taken for nothing", (unknown) => {
    expect(didYouMean(unknown, known)).toBeUndefined();
  });
});
