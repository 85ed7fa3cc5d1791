/** The scenarios that run against the local cloud. Most of the time they wait for AWS, so there are four a core at once. */
module.exports = {
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
  maxWorkers: 8,
  testSequencer: "<rootDir>/e2e/scenarios-first.mjs",
};
