import { types } from "node:util";

// cdktf keeps a stack trace of every token, and mapping these to sources would take longer than all the tests do.
const capture = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (types.isNativeError(object)) {
    capture(object, below);
  }
};
