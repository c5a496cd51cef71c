/** The arguments with which node runs TypeScript. */
export const typescript = ["scripts/run.js"];

/** The arguments with which node runs the app. */
export const app = [...typescript, "main.ts"];
