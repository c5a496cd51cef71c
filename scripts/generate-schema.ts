import { join } from "node:path";
import { parseOptionsAlone, placeOptions, run, tellFileErrors } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { schemaFiles } from "./schema-files";

const usage = `Writes the schemas by which editors complete and check environment files, beside these.

  npm run generate:schema
  npm run generate:schema -- --environments ../fleet/environments

Options, behind --:
  --environments FOLDER   where the environment files are; default: environments
  --check                 writes nothing, and fails where a schema is not what is generated
  --help                  says this
`;

run(() => {
  const { environments } = placeOptions;
  const options = { environments, check: { type: "boolean" } } as const;
  const values = parseOptionsAlone("generate:schema", process.argv.slice(2), options);
  if (values.help) return { notices: [], summary: usage };
  const { environments: folder = "environments" } = values;
  const words = values.environments === undefined ? "" : ` -- --environments ${folder}`;
  const done = tellFileErrors(folder, () =>
    writeGenerated({
      script: `generate:schema${words}`,
      files: new Map([...schemaFiles()].map(([name, text]) => [join(folder, name), text])),
      check: values.check === true,
      mark: /"title": "(Environment|Base)"/,
    }),
  );
  return { notices: [], summary: `${folder}: ${done}` };
});
