/** Unit tests: no network, no Terraform. Servers and real Terraform are in e2e/jest.config.mjs. */
const project = {
  testEnvironment: "node",
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    // The examples import the package by its name, as its users do.
    "^cdktf-karpenter$": "<rootDir>/lib/index.ts",
    "^cdktf-karpenter/module$": "<rootDir>/lib/module/index.ts",
    "^cdktf-karpenter/stacks$": "<rootDir>/stacks/index.ts",
    // A tenth of what a test file takes to load.
    "^archiver$": "<rootDir>/__tests__/support/no-archiver.cjs",
  },
};

module.exports = {
  // Jest would leave a core idle, which is half of a small machine.
  maxWorkers: "100%",
  globalSetup: "<rootDir>/__tests__/global-setup.ts",
  globalTeardown: "<rootDir>/__tests__/global-teardown.ts",
  projects: [
    {
      ...project,
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
    },
    {
      ...project,
      testMatch: ["<rootDir>/examples/typescript/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts", "<rootDir>/__tests__/matchers.ts"],
    },
  ],
  // Measured where all tests run anyway; on a desk it would slow each of them down.
  collectCoverage: process.env.CI === "true",
  collectCoverageFrom: ["lib/**/*.ts"],
  coverageThreshold: { global: { lines: 95 } },
  coverageReporters: ["text-summary"],
};
