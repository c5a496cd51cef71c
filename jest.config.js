/** @type {import("jest").Config} */
module.exports = {
  // Engines and commands share the machine with other tests.
  testTimeout: 30_000,
  // Most of the time a test waits for a program.
  maxWorkers: "100%",
  setupFiles: process.env.PROPERTY_SEED ? ["<rootDir>/__tests__/property-seed.js"] : [],
  reporters: ["default", "<rootDir>/__tests__/skipped-tests.js"],
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
};
