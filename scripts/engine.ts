import { parseOptionsAlone, run } from "../lib/synthesis";
import { builtEngine } from "./explain/engine";

const usage = `Builds what runs Alloy's components for lib/testing, unless it is built already, and prints its path. Needs Go.

  npm run --silent engine

Options, behind --:
  --help   says this
`;

run(() => {
  const { help } = parseOptionsAlone("engine", process.argv.slice(2), {});
  return help ? { notices: [], summary: usage } : { notices: [], answer: `${builtEngine()}\n` };
}, "there is no engine");
