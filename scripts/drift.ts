import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { scripts } from "../package.json";

// Says which generated files are not what is generated now. Nothing is written.
const checks = Object.keys(scripts).filter((name) => name === "synth" || name.startsWith("generate:"));
for (const name of checks) {
  const command = ["run", "--silent", name, "--", "--check"];
  const { status } = spawnSync("npm", command, { cwd: join(__dirname, ".."), stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
