/** @type {import("jest").Config} */
module.exports = {
  // Engines and commands share the machine with other tests.
  testTimeout: 30_000,
  reporters: ["default", "<rootDir>/__tests__/skipped-tests.js"],
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
};
