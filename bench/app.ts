/** The arguments with which node runs TypeScript. */
export const typescript = ["--require", "./scripts/register.js"];

/** The arguments with which node runs the app. */
export const app = [...typescript, "main.ts"];
