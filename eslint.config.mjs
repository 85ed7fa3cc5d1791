import eslint from "@eslint/js";
import jest from "eslint-plugin-jest";
import tseslint from "typescript-eslint";
import floors from "./eslint/floors-rule.mjs";

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", "cdktf.out/", "coverage/", "terraform-aws-karpenter/"] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  { rules: { curly: "error" } },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^@cdktf/provider-[a-z]+$",
              message:
                "Import the class by its own path (@cdktf/provider-aws/lib/iam-role): the root takes seconds to load.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["lib/**/*.ts", "modules/**/*.ts", "stacks/**/*.ts"],
    rules: { "no-console": "error", "no-restricted-globals": ["error", "process", "Date", "fetch"] },
  },
  {
    files: ["lib/**/*.ts", "modules/**/*.ts", "stacks/**/*.ts", "scripts/**/*.ts", "main.ts"],
    plugins: { floors },
    rules: { "floors/imports": "error" },
  },
  {
    files: ["**/*.test.ts"],
    plugins: { jest },
    languageOptions: { globals: jest.environments.globals.globals },
    rules: {
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*"] }],
      "jest/valid-expect": "error",
      "jest/no-focused-tests": "error",
      "jest/no-disabled-tests": "error",
      "jest/valid-title": "error",
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { module: "writable", process: "readonly", require: "readonly", __dirname: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
