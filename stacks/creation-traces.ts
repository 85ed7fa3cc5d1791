import { types } from "node:util";

/**
 * Does something, usually a synth, while cdktf keeps no stack trace of where each token was made.
 *
 * cdktf has no switch for that. It takes such a trace of every token by `Error.captureStackTrace` on a plain object, tens of
 * thousands of times for a large app, and shows one only in the message of a token that cannot be resolved. Under tsx or with
 * `--enable-source-maps` each is mapped to its sources at once, which takes longer than all the rest. Errors are native
 * objects, and their stacks stay what they are. Afterwards everything is as it was before.
 */
export function withoutCreationTraces<T>(work: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = (object, below) => {
    if (types.isNativeError(object)) {
      capture(object, below);
    }
  };
  try {
    return work();
  } finally {
    Error.captureStackTrace = capture;
  }
}
