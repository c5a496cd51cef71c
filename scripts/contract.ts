import { AlloyAgent } from "../lib/alloy-agent";
import { type Contract, contractOf } from "../lib/contract";
import { compareDiagnostics, formatDiagnostic, readEnvironments } from "../lib/environment";
import { parseWords, run, synthesize, UsageError } from "../lib/synthesis";
import { checkReaders, type Reader } from "./contract/check";
import { filesIn, readerOf, registered } from "./contract/files";
import { counted } from "./counted";

const usage = `Says what dashboards and rules ask for that no agent sends.

  npm run contract                     the alerts of each environment, and what environments/consumers holds
  npm run contract -- FILE...          these dashboards and rules, or folders of them

Options, behind --:
  --environment NAME      an environment that they are for, as often as there are some; default: all
  --environments FOLDER   where the environment files are; default: environments
  --help                  says this
`;

run(
  () => {
    const { values, positionals } = parseWords("contract", process.argv.slice(2), {
      environment: { type: "string", multiple: true },
      environments: { type: "string" },
    });
    if (values.help) return { notices: [], summary: usage };
    const folder = values.environments ?? "environments";
    const read = readEnvironments(folder, values.environment);
    const contracts: Contract[] = [];
    const manifests = synthesize(
      read.environments,
      (app, environment) => {
        contracts.push(contractOf(environment, new AlloyAgent(app, environment).config));
      },
      read,
    );
    const own = (): readonly Reader[] =>
      contracts.flatMap((contract) =>
        [...(manifests.get(contract.environment) ?? [])]
          .filter(([, text]) => /\balert: /.test(text))
          .map(([name, text]) => ({ name: `${contract.environment}/${name}`, text, contracts: [contract] })),
      );
    const named = positionals.map((path) => ({
      path,
      readers: filesIn(path).map((file) => readerOf(file, contracts)),
    }));
    const readers =
      named.length > 0 ? named.flatMap((one) => one.readers) : [...own(), ...registered(folder, contracts)];
    const { diagnostics, queries, silent, unknown } = checkReaders(readers);
    // A wrong path would be found right for ever.
    const idle = named.find((one) => one.readers.every((reader) => silent.includes(reader)));
    if (idle !== undefined) {
      throw new UsageError(
        `${idle.path} asks for nothing; name a dashboard or rules, or a folder that holds some`,
      );
    }
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const lines = [...diagnostics]
      .sort(compareDiagnostics)
      .map((one) =>
        formatDiagnostic(one.severity === "error" ? one : { ...one, message: `warning: ${one.message}` }),
      );
    const counts = [
      counted(readers.length, "file"),
      counted(queries, "expression"),
      counted(errors, "error"),
      counted(diagnostics.length - errors, "warning"),
    ].join(", ");
    const others = unknown.length === 0 ? "" : `\nnot checked, as others may send it: ${unknown.join(", ")}`;
    return {
      notices: [],
      answer: lines.map((line) => `${line}\n`).join(""),
      summary: `${counts}${others}`,
      exitCode: errors > 0 ? 1 : 0,
    };
  },
  "nothing was checked",
  2,
);
