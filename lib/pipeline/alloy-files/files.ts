import type * as bindings from "../../../imports/alloy/definitions";
import {
  type AlloyConfig,
  type BlockSyntax,
  type ComponentDefinition,
  ConfigText,
  nodePath,
  Place,
  type Requirement,
  type RequirementOf,
  walkBody,
} from "../../alloy";
import type { AlloyNeeds, Environment } from "../../environment";
import { secretFiles, secretsFolder } from "../surroundings/secrets";
import type { End } from "./ends";
import { type FileMistake, literalSecret, missingNeeds, mistakesIn, secretMistakes } from "./mistakes";

/** A component of a file. */
interface FileComponent {
  /** With the module that it stands in, such as `declare.a/prometheus.scrape.b`. */
  readonly address: string;
  readonly block: BlockSyntax;
}

/** The files in Alloy's language of one environment, as parts of its pipeline. */
export class PipelineFiles {
  /** The components of the files, with those inside of modules. */
  readonly components: readonly FileComponent[];

  constructor(
    private readonly config: AlloyConfig,
    private readonly environment: Environment,
    private readonly ends: readonly End[],
  ) {
    const { alloyFiles } = environment;
    for (const { name, config: text } of alloyFiles) {
      new ConfigText(config, name, { text, definitions: definitions(), title: name });
    }
    this.components = alloyFiles.flatMap((file) => componentsIn(file.config.body.blocks, ""));
  }

  /** What is wrong in the files, as parts of the pipeline. */
  mistakesOf(requirements: readonly RequirementOf[]): readonly FileMistake[] {
    const { alloyFiles } = this.environment;
    if (alloyFiles.length === 0) return [];
    const made = this.config.components.filter(({ block }) => block.at === undefined);
    const own = { ends: this.ends, addresses: new Set(made.map(({ address }) => address)) };
    const found = this.config.diagnostics.flatMap(({ at, message }) =>
      at instanceof Place ? [{ at, message: inEnvironment(message) }] : [],
    );
    const told = new Set(found.map(({ at }) => `${at.source.file} ${at.start}`));
    return [
      ...found,
      ...alloyFiles
        .flatMap(({ config }) => secretMistakes(config.body))
        .filter(({ at }) => !told.has(`${at.source.file} ${at.start}`)),
      ...alloyFiles.flatMap(({ config }) => mistakesIn(config.body, own)),
      ...missingNeeds(
        requirements,
        this.components.filter(
          ({ block: { name } }) => definitions().has(name) && !name.startsWith("import."),
        ),
        this.environment,
      ),
    ];
  }

  /** What the config requires, with what settings say of the files' components. */
  complete(requirements: readonly RequirementOf[]): readonly RequirementOf[] {
    return this.components.length === 0
      ? requirements
      : withNeeds(requirements, this.components, this.environment);
  }
}

/** What to write in an environment, where a config alone would have something else for it. */
function inEnvironment(message: string): string {
  return message
    .replace(/^a secret is never a literal: .*/, literalSecret)
    .replace(/ is there already, at \S+\/config\/\S+;/, " is one of the pipeline's own;")
    .replace(/; run Alloy with --stability\.level=(\S+)$/, "; write stability: $1, or leave that out")
    .replace(/; run Alloy with --feature\.community.*/, ", which the agent doesn't run; remove it");
}

/** What Alloy knows, by name. It is loaded where there is a file to read: all of it takes as long as a small synth. */
function definitions(): ReadonlyMap<string, ComponentDefinition> {
  const loaded: typeof bindings = require("../../../imports/alloy/definitions");
  return loaded.definitions;
}

/** The components of some blocks, and of the modules among them, by the addresses that their requirements have. */
function componentsIn(blocks: readonly BlockSyntax[], around: string): readonly FileComponent[] {
  return blocks.flatMap((block) => {
    const { name, label, body } = block;
    const address = `${around}${label === undefined ? name : `${name}.${label}`}`;
    const content =
      name === "declare"
        ? body.blocks
        : name === "foreach"
          ? body.blocks.filter((one) => one.name === "template").flatMap((one) => one.body.blocks)
          : [];
    return [{ address, block }, ...componentsIn(content, `${address}/`)];
  });
}

/**
 * What components of files require, with what settings say in the place of what only a running Alloy knows, and with the
 * Secrets whose files they name.
 */
function withNeeds(
  requirements: readonly RequirementOf[],
  components: readonly FileComponent[],
  { alloyNeeds }: Pick<Environment, "alloyNeeds">,
): readonly RequirementOf[] {
  return [
    ...requirements.filter(
      ({ component, requirement }) => !isAnswered(requirement, alloyNeeds.get(component)),
    ),
    ...components.flatMap(({ address, block }) =>
      [...saidNeeds(alloyNeeds.get(address)), ...secretsOf(block)].map((requirement) => ({
        component: address,
        requirement,
      })),
    ),
  ];
}

function isAnswered(requirement: Requirement, said: AlloyNeeds | undefined): boolean {
  return requirement.kind === "unknown" && said !== undefined;
}

function saidNeeds(
  { connections, paths }: AlloyNeeds = { connections: [], paths: [] },
): readonly Requirement[] {
  return [
    ...connections.map(
      ({ host, port }): Requirement => ({
        kind: "connection",
        to: { type: "host", port, ...(host !== undefined && { host }) },
      }),
    ),
    ...paths.map((path) => nodePath(path)),
  ];
}

/** The Secrets whose files a component names, wherever: as a file to read, or in an argument such as `ca_file`. */
function secretsOf({ body }: BlockSyntax): readonly Requirement[] {
  const keys = new Map<string, Set<string>>();
  walkBody(body, (value) => {
    const path = value.kind === "literal" ? value.value : undefined;
    const [, secret, key] = (typeof path === "string" && fileOfSecret.exec(path)) || [];
    if (secret !== undefined && key !== undefined) keys.set(secret, (keys.get(secret) ?? new Set()).add(key));
  });
  return [...keys].map(([secret, names]) => secretFiles(secret, ...names));
}

const fileOfSecret = new RegExp(
  `^${secretsFolder}/([a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9][-a-z0-9]*)*)/([-._A-Za-z0-9]+)$`,
);
