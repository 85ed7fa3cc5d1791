import { SpotServiceLinkedRole } from "../../../lib/aws/spot-service-linked-role";
import { synth } from "../../support/stack";

describe("SpotServiceLinkedRole", () => {
  test("is the role that EC2 needs for spot instances, and nothing else", () => {
    const made = synth((stack) => new SpotServiceLinkedRole(stack, "spot"));
    expect(made.addresses).toEqual(["aws_iam_service_linked_role.spot"]);
    expect(made.resource("aws_iam_service_linked_role", "spot")).toEqual({ aws_service_name: "spot.amazonaws.com" });
  });
});
