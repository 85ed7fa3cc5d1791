import { TerraformResource } from "cdktf";
import { addPreconditions } from "../../../lib/terraform/precondition";
import { synth } from "../../support/stack";

test("preconditions stand beside those that are there", () => {
  const [first, second] = ["a", "b"].map((name) => ({ condition: `\${var.${name}}`, error_message: name }));
  const synthesized = synth((stack) => {
    const resource = new TerraformResource(stack, "it", { terraformResourceType: "terraform_data" });
    addPreconditions(resource, [first]);
    addPreconditions(resource, [second]);
  });
  expect(synthesized.resource("terraform_data", "it").lifecycle).toEqual({ precondition: [first, second] });
});
