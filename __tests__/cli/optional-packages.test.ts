import { optionalPackages } from "../../cli/optional-packages";

const missing = (name: string) => () =>
  Promise.reject<unknown>(
    Object.assign(new Error(`Cannot find package '${name}' imported from x`), { code: "ERR_MODULE_NOT_FOUND" }),
  );

describe("packages that only some commands need", () => {
  it("are handed over by the names that they were asked by", async () => {
    expect(await optionalPackages({ "a@1": () => Promise.resolve(1), b: () => Promise.resolve(2) })).toEqual({
      "a@1": 1,
      b: 2,
    });
  });

  it("are named with the command that installs them, all at once", async () => {
    const asked = optionalPackages({
      "@aws-sdk/client-ec2@3": missing("@aws-sdk/client-ec2"),
      "there@1": () => Promise.resolve(1),
      "@kubernetes/client-node@1": missing("@kubernetes/client-node"),
    });
    await expect(asked).rejects.toThrow(
      /^this command needs packages that are not installed:\n\n {2}npm install --save-dev @aws-sdk\/client-ec2@3 @kubernetes\/client-node@1$/,
    );
  });

  it("are not to be installed for what is wrong inside of them", async () => {
    await expect(optionalPackages({ "a@1": missing("b") })).rejects.toThrow(/Cannot find package 'b'/);
    await expect(optionalPackages({ "a@1": () => Promise.reject(new SyntaxError("x")) })).rejects.toThrow(/^x$/);
  });
});
