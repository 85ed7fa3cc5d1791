/** Unit tests: no network, no Terraform. Servers and real Terraform are in e2e/jest.config.mjs. */
module.exports = {
  testEnvironment: "node",
  // Jest would leave a core idle, which is half of a small machine.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts", "<rootDir>/examples/typescript/**/*.test.ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  // The examples import the package by its name, as its users do.
  moduleNameMapper: {
    "^cdktf-karpenter$": "<rootDir>/lib/index.ts",
    "^cdktf-karpenter/module$": "<rootDir>/lib/module/index.ts",
    "^cdktf-karpenter/stacks$": "<rootDir>/stacks/index.ts",
    // A tenth of what a test file takes to load.
    "^archiver$": "<rootDir>/__tests__/support/no-archiver.cjs",
  },
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
  // Measured where all tests run anyway; on a desk it would slow each of them down.
  collectCoverage: process.env.CI === "true",
  collectCoverageFrom: ["lib/**/*.ts"],
  coverageThreshold: { global: { lines: 95 } },
  coverageReporters: ["text-summary"],
};
