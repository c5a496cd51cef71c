import { type BodySyntax, parse } from "../lib/alloy";
import { AlloyAgent } from "../lib/alloy-agent";
import { readEnvironments } from "../lib/environment";
import { parseWords, placeOptions, placesOf, run, synthesize, UsageError } from "../lib/synthesis";
import { upgradeReport } from "./alloy-upgrade/report";
import { AlloySources } from "./alloy-upgrade/sources";
import { Trial } from "./alloy-upgrade/trial";
import { upgradeAlloy } from "./alloy-upgrade/upgrade-alloy";
import { wordsReport } from "./alloy-upgrade/words";
import { generatedBindings } from "./generate-alloy/schema";
import { writeGenerated } from "./generated-files";
import { regenerate } from "./regenerate";

const usage = `Writes the bindings of another version of Alloy, and says what that changes.

  npm run alloy:upgrade -- v1.19.0

Its sources and documentation come from the Go module proxy, with a checksum that is pinned. Needs Go. Nothing is written
where something is to be decided, or where this project doesn't compile or an environment doesn't synthesize with it.

Options, behind --:
  --git FOLDER            a clone of github.com/grafana/alloy, for what the Go module proxy lacks
  --environments FOLDER   where the environment files are; default: environments
  --output FOLDER         where their manifests are; default: dist, and needed with --environments
  --help                  says this
`;

run(() => {
  const { values, positionals } = parseWords("alloy:upgrade", process.argv.slice(2), {
    ...placeOptions,
    git: { type: "string" },
  });
  if (values.help === true) return { notices: [], summary: usage };
  const [version = "", ...others] = positionals;
  if (others.length > 0 || !/^v\d+\.\d+\.\d+$/.test(version)) {
    throw new UsageError("write one version, such as v1.19.0; see npm run alloy:upgrade -- --help");
  }
  const { environments, output } = placesOf(values, []);
  const used = usedComponents(environments);
  const sources = new AlloySources(values.git);
  try {
    const { before, after, descriptions, files } = upgradeAlloy(version, sources);
    const changes = tried(files, environments, output);
    writeGenerated({ script: "alloy:upgrade", files, all: generatedBindings, check: false });
    regenerate("Alloy's bindings are upgraded", ["scripts/generate-reference.ts"]);
    const words = wordsReport(before, after, descriptions);
    const report = [upgradeReport(before, after, used), ...(words === "" ? [] : [words])].join("\n\n");
    return { notices: [], answer: `${report}\n\nenvironments:\n\n${changes}` };
  } finally {
    sources.close();
  }
});

/** What changes in the environments' manifests with other bindings. */
function tried(files: ReadonlyMap<string, string>, environments: string, output: string): string {
  const trial = new Trial(files);
  try {
    trial.typecheck();
    return trial.plan(environments, output);
  } finally {
    trial.close();
  }
}

/** The components, and blocks that configure Alloy itself, in the configs of environments. */
function usedComponents(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  const add = ({ blocks }: BodySyntax): void => {
    for (const { name, body } of blocks) {
      names.add(name);
      if (["declare", "foreach", "template"].includes(name)) add(body);
    }
  };
  const read = readEnvironments(folder, undefined);
  synthesize(
    read.environments,
    (app, environment) => add(parse(new AlloyAgent(app, environment).config.toString()).body),
    read,
  );
  return names;
}
