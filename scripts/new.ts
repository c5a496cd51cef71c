import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DiagnosticsError, fileDiagnostic, nearestName } from "../lib/environment";
import { dnsLabel } from "../lib/schema";
import { environmentName, parseWords, run, tellFileErrors, UsageError } from "../lib/synthesis";
import { newEnvironment } from "./new-environment";
import { missingSchemas } from "./schema-files";

const usage = `Writes a small environment file that synthesizes, to be changed to what the cluster is like.

  npm run new -- lab-1
  npm run new -- lab-1 --environments ../fleet/environments

Options, behind --:
  --environments FOLDER   where the file goes, and the schemas for editors if they are not there; default: environments
  --help                  says this
`;

run(() => {
  const { values, positionals } = parseWords("new", process.argv.slice(2), {
    environments: { type: "string" },
  });
  if (values.help) return { notices: [], summary: usage };
  const { environments: folder = "environments" } = values;
  const name = nameOf(positionals, folder);
  const file = join(folder, `${name}.yaml`);
  if (existsSync(file)) {
    throw new DiagnosticsError([fileDiagnostic(file, "is there already; change it, or write another name")]);
  }
  return tellFileErrors(folder, () => {
    // The folder may be new. Where its parent is missing too, its name is most likely misspelt.
    if (!existsSync(folder)) mkdirSync(folder);
    const bases = readdirSync(folder).filter((other) => /^_.*\.yaml$/.test(other));
    const files = new Map([[file, newEnvironment(name, bases.sort())], ...missingSchemas(folder)]);
    for (const [path, text] of files) writeFileSync(path, text, { flag: "wx" });
    const words = values.environments === undefined ? "" : ` --environments ${folder} --output FOLDER`;
    const written = [...files.keys()].join(", ");
    return {
      notices: [],
      summary: `written: ${written}\nChange ${file} to what the cluster is like; then npm run synth -- ${name}${words}`,
    };
  });
}, "nothing was written");

/** @throws UsageError where the words are not the name of one environment */
function nameOf(words: readonly string[], folder: string): string {
  const [word, ...others] = words;
  if (word === undefined) {
    throw new UsageError("the name is missing; write npm run new -- NAME, such as lab-1");
  }
  if (others.length > 0) throw new UsageError(`${words.join(" ")}: are several names; write one`);
  const name = environmentName(word, folder);
  if (dnsLabel.test(name)) return name;
  const better = nearestName(basename(name, ".yaml"));
  throw new UsageError(
    `${word}: is no name of an environment, which names a folder of manifests: it may hold lower-case letters, digits and "-" only; write ${better ?? "another, such as lab-1"}`,
  );
}
