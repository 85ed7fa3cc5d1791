/** The scenarios that run against the local cloud. */
import { totalmem } from "node:os";

/** What a scenario takes with a control plane, an account, a controller and Terraform. */
const BYTES_PER_SCENARIO = 1.5 * 2 ** 30;

export default {
  rootDir: "..",
  testMatch: ["<rootDir>/e2e/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist"],
  testEnvironment: "node",
  transform: {
    "^.+\\.tsx?$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  globalSetup: "<rootDir>/e2e/install.ts",
  testTimeout: 10 * 60_000,
  // Most of the time they wait for AWS, so there are more at once than cores, as far as the memory goes.
  maxWorkers: Math.max(2, Math.min(8, Math.floor(totalmem() / BYTES_PER_SCENARIO))),
  testSequencer: "<rootDir>/e2e/longest-first.mjs",
};
