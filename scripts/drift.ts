import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseOptionsAlone, run } from "../lib/synthesis";
import { scripts } from "../package.json";

const usage = `Says which manifests and other generated files are not what is generated now. Nothing is written.

  npm run drift

Options, behind --:
  --help   says this
`;

run(() => {
  const { help } = parseOptionsAlone("drift", process.argv.slice(2), {});
  if (help) return { notices: [], summary: usage };
  const checks = Object.keys(scripts).filter((name) => name === "synth" || name.startsWith("generate:"));
  const failed = checks.filter((name) => {
    const command = ["run", "--silent", name, "--", "--check"];
    return spawnSync("npm", command, { cwd: join(__dirname, ".."), stdio: "inherit" }).status !== 0;
  });
  return { notices: [], exitCode: failed.length > 0 ? 1 : 0 };
});
