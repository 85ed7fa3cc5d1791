import { termsById } from "../../../lib/kubernetes/selector-terms";
import { evaluate } from "../../support/hcl";
import { render } from "../../support/stack";
import { variable, variableList } from "../../support/tokens";

describe("termsById", () => {
  test("makes a term of each id", () => {
    expect(termsById(["subnet-1", "subnet-2"])).toEqual([{ id: "subnet-1" }, { id: "subnet-2" }]);
  });

  test("makes no terms of no ids", () => {
    expect([termsById(), termsById([])]).toEqual([[], []]);
  });

  test("keeps an id that only Terraform knows", () => {
    expect(render(termsById([variable("subnet"), "subnet-2"]))).toEqual([{ id: "${var.subnet}" }, { id: "subnet-2" }]);
  });

  test("lets Terraform make the terms of a list that only it knows", () => {
    const terms = String(render(termsById(variableList("subnets"))));
    expect(terms).toBe("${[for id in var.subnets : { id = id }]}");
    expect(evaluate(terms, { var: { subnets: ["subnet-1", "subnet-2"] } })).toEqual([
      { id: "subnet-1" },
      { id: "subnet-2" },
    ]);
  });
});
