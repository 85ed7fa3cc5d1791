import { likelyName } from "../../../lib/inputs/likely-name";

const KNOWN = ["limits", "nodeClass", "requirements", "startupTaints", "taints", "weight"];

describe("likelyName", () => {
  test.each([
    ["limit", "limits"],
    ["limitss", "limits"],
    ["limist", "limits"],
    ["lymits", "limits"],
    ["LIMITS", "limits"],
    ["node_class", "nodeClass"],
    ["node-class", "nodeClass"],
    ["nodeClassName", "nodeClass"],
    ["requirementTerms", "requirements"],
    ["start", "startupTaints"],
  ])("takes %s for %s", (name, likely) => {
    expect(likelyName(name, KNOWN)).toBe(likely);
  });

  test.each([["owner"], ["li"], ["x"], [""], ["classOfNodes"]])("takes %j for none", (name) => {
    expect(likelyName(name, KNOWN)).toBeUndefined();
  });

  test("prefers the same name in other letters to one that is near", () => {
    expect(likelyName("TAINT_S", ["taint", "taints"])).toBe("taints");
  });

  test("prefers one that is near to one that begins alike", () => {
    expect(likelyName("taintz", ["tain", "taints"])).toBe("taints");
  });

  test("takes none where several begin alike", () => {
    expect(likelyName("instanceShape", ["instanceProfile", "instanceStorePolicy"])).toBeUndefined();
    expect(likelyName("instanceShape", ["instanceProfile"])).toBe("instanceProfile");
  });

  test("takes no short name for another, but in other case", () => {
    expect(likelyName("ib", ["id"])).toBeUndefined();
    expect(likelyName("ID", ["id"])).toBe("id");
  });
});
