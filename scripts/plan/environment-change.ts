import type { Manifest } from "../../lib/chart";
import { indexName, type Manifests, withIndex } from "../../lib/synthesis";
import { accessStatements } from "./agent/access";
import { type Agent, agentIn } from "./agent/agent";
import { type ConfiguredAgent, dataStatements } from "./agent/data";
import { podStatements, type Rollout, rolloutOf } from "./agent/rollout";
import { sourceStatements } from "./agent/sources";
import { compareComponents } from "./config/compare-components";
import { type ConfigComponents, componentsIn } from "./config/components";
import { configStatements } from "./config/config-statements";
import { alertStatements } from "./objects/alerts";
import {
  compareManifests,
  fileObject,
  type ObjectChange,
  type Objects,
  objectsIn,
  titleOf,
} from "./objects/compare-manifests";
import { objectStatements } from "./objects/object-statements";
import { type Statement, sentence } from "./statement";

/** How an environment changes. */
export interface EnvironmentChange {
  readonly name: string;
  readonly state: "new" | "changed" | "removed";
  readonly rollout: Rollout;
  readonly statements: readonly Statement[];
  readonly objects: readonly ObjectChange[];
  readonly before: Side;
  readonly after: Side;
}

/** What an environment is on one side of a change. */
export interface Side {
  readonly objects: Objects;
  readonly manifests: readonly Manifest[];
  /** @default - none */
  readonly agent: Agent | undefined;
}

/**
 * How an environment changes: in what its manifests mean, or in their bytes alone.
 *
 * @param before the files that were written: manifests, and the index of them
 * @param after the manifests that synthesize. Undefined: there is no such environment
 * @returns undefined where no byte changes
 * @throws ChartError where a file is no manifest
 */
export function environmentChange(
  name: string,
  before: Manifests | undefined,
  after: Manifests | undefined,
): EnvironmentChange | undefined {
  const files = after === undefined ? new Map<string, string>() : withIndex(after);
  const rewritten = rewrittenFiles(before ?? new Map(), files);
  if (rewritten.length === 0) return undefined;
  const [was, is] = [sideOf(name, before), sideOf(name, after)];
  const objects = compareManifests(was.objects, is.objects);
  const change = { name, objects, rollout: rolloutOf(was.agent, is.agent), before: was, after: is };
  const state = before === undefined ? "new" : after === undefined ? "removed" : "changed";
  return {
    ...change,
    state,
    statements: objects.length === 0 ? [writtenOtherwise(rewritten)] : statementsOf({ ...change, state }),
  };
}

function writtenOtherwise(files: readonly string[]): Statement {
  const text = `only how it is written changes: an apply changes nothing (${files.join(", ")})`;
  return sentence("Objects", " ", `written otherwise: ${files.join(", ")}`, text);
}

function statementsOf(change: Omit<EnvironmentChange, "statements">): readonly Statement[] {
  const { state, objects, rollout, before, after } = change;
  const [wasText, isText] = [before.agent?.config?.text, after.agent?.config?.text];
  const [old, present] = [componentsIn(wasText ?? ""), componentsIn(isText ?? "")];
  const components = old && present && compareComponents(old, present);
  const unread =
    "one of the two configs can't be read: what becomes of queues and of positions in logs isn't known";
  const alerts = state === "changed" ? alertStatements(before.objects, after.objects) : [];
  return [
    ...podStatements(before.agent, after.agent, rollout),
    ...(state === "changed" && old && present ? sourceStatements(old, present) : []),
    ...(components === undefined ? [sentence("Data at risk", "!", "unread", unread)] : []),
    ...dataStatements({
      before: configured(before.agent, components && old),
      after: configured(after.agent, components && present),
      components: components ?? [],
      rollout,
    }),
    ...(state === "removed" ? [] : accessStatements(before, after)),
    ...configStatements(wasText, isText, components),
    ...alerts,
    ...objectStatements({
      changes: objects,
      before: before.objects,
      after: after.objects,
      agent: after.agent ?? before.agent,
      alerts: alerts.length > 0,
    }),
  ];
}

function sideOf(name: string, files: Manifests | undefined): Side {
  const texts = [...(files ?? [])].filter(([file]) => file !== indexName);
  const isManifest = ([file]: readonly [file: string, text: string]) => /\.ya?ml$/.test(file);
  const manifestTexts = texts.filter(isManifest).map(([file, text]) => [`${name}/${file}`, text] as const);
  const others = texts.filter((one) => !isManifest(one)).map(([file, text]) => fileObject(file, text));
  const objects = new Map([
    ...objectsIn(manifestTexts),
    ...others.map((one) => [titleOf(one), one] as const),
  ]);
  const manifests = [...objects.values()];
  return { objects, manifests, agent: agentIn(manifests) };
}

function configured(
  agent: Agent | undefined,
  components: ConfigComponents | undefined,
): ConfiguredAgent | undefined {
  return agent && { agent, components: components ?? new Map() };
}

/** The files whose bytes change. */
function rewrittenFiles(before: Manifests, after: Manifests): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
