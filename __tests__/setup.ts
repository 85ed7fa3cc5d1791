import { types } from "node:util";
import { Testing } from "cdktf";

Testing.setupJest();

// cdktf keeps a stack trace of every token, and mapping these to sources would take longer than all the tests do.
const capture = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (types.isNativeError(object)) {
    capture(object, below);
  }
};
