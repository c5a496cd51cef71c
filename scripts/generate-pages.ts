import { join } from "node:path";
import { readEnvironments } from "../lib/environment";
import { parseOptionsAlone, placeOptions, run, tellFileErrors, UsageError } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { pagesOf } from "./pages";

const usage = `Writes a page and a picture of each environment.

  npm run generate:pages
  npm run generate:pages -- --environments ../fleet/environments --output ../fleet/pages

Options, behind --:
  --environments FOLDER   where the environment files are; default: environments
  --output FOLDER         where the pages go; default: docs/environments, and needed with --environments
  --check                 writes nothing, and fails where a page is not what is generated
  --help                  says this
`;

run(() => {
  const options = { ...placeOptions, check: { type: "boolean" } } as const;
  const values = parseOptionsAlone("generate:pages", process.argv.slice(2), options);
  if (values.help) return { notices: [], summary: usage };
  const { environments: folder = "environments", output = "docs/environments" } = values;
  if (values.environments !== undefined && values.output === undefined) {
    throw new UsageError(
      "--environments without --output: the pages of other environments would take the place of those in docs/environments; write --output too",
    );
  }
  const read = readEnvironments(folder);
  const words = values.environments === undefined ? "" : ` -- --environments ${folder} --output ${output}`;
  const done = tellFileErrors(output, () =>
    writeGenerated({
      script: `generate:pages${words}`,
      files: new Map([...pagesOf(read.environments, read)].map(([name, text]) => [join(output, name), text])),
      all: { folder: output, ending: /\.(md|svg)$/ },
      check: values.check === true,
      mark: /<!-- Generated from |Alloy pipeline of /,
    }),
  );
  return { notices: [], summary: `${output}: ${done}` };
});
