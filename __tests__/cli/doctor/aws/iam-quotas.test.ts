import { judgeIamQuotas } from "../../../../cli/doctor/aws/iam-quotas";

const quota = (used: number) => [
  { of: "roles", used, limit: 1000 },
  { of: "instance profiles", used: 3, limit: 1000 },
];

describe("the quotas of IAM", () => {
  test("are fine while a tenth is left", () => {
    expect(judgeIamQuotas(quota(899))).toEqual([
      { state: "ok", text: "the account has 899 of 1000 roles, 3 of 1000 instance profiles" },
    ]);
  });

  test("are warned of one by one from there on", () => {
    expect(judgeIamQuotas(quota(900))).toEqual([
      {
        state: "warning",
        text: expect.stringMatching(/^the account has 900 of 1000 roles; ask Service Quotas/) as string,
      },
    ]);
  });
});
