import { Fn, Lazy } from "cdktf";
import { withoutCreationTraces } from "../../stacks";

/** Outside of this suite's setup, which switches traces off for all tests. */
function withNativeCapture<T>(work: () => T): T {
  const own = Error.captureStackTrace;
  Reflect.deleteProperty(Error, "captureStackTrace");
  Error.captureStackTrace = (object) => Object.assign(object, { stack: "Error\n    at somewhere (file.ts:1:1)" });
  try {
    return work();
  } finally {
    Error.captureStackTrace = own;
  }
}

const made = () => Lazy.anyValue({ produce: () => 1 }).creationStack;

describe("withoutCreationTraces", () => {
  test("has cdktf keep no trace of where a token was made, which it does otherwise", () => {
    withNativeCapture(() => {
      expect(made()).toEqual(["somewhere (file.ts:1:1)"]);
      expect(withoutCreationTraces(made)).toEqual([]);
      expect(made()).toEqual(["somewhere (file.ts:1:1)"]);
    });
  });

  test("leaves errors their stacks, those of classes too", () => {
    class Own extends Error {
      constructor() {
        super("own");
        Error.captureStackTrace(this, Own);
      }
    }
    const stacks = withoutCreationTraces(() => [new Error("plain").stack, new Own().stack]);
    expect(stacks).toEqual([expect.stringMatching(/plain\n +at /), expect.stringMatching(/\n +at /)]);
  });

  test("gives back what it is asked to do, and is over when that fails", () => {
    const before = Error.captureStackTrace;
    expect(withoutCreationTraces(() => Fn.join("-", ["a"]))).toContain("TfToken");
    expect(() =>
      withoutCreationTraces(() => {
        throw new Error("failed");
      }),
    ).toThrow("failed");
    expect(Error.captureStackTrace).toBe(before);
  });
});
