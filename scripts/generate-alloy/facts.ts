import { propertyName } from "../../lib/alloy";
import type { ComponentSchema, ConfigBlockSchema, TypeSchema } from "./schema";

/** The signal that each receiver takes. */
const receivers: Readonly<Record<string, string>> = {
  "loki.LogsReceiver": "logs",
  "prometheus.MetricsReceiver": "metrics",
  "pyroscope.ProfilesReceiver": "profiles",
};

/** What is said of a component besides the schema. */
export interface Saying {
  /** Its page in the documentation. */
  readonly page: string | undefined;
  readonly words: string | undefined;
}

/** What a component is, in one line: its name, stability, what it takes, sends and exports, its documentation. */
export function componentFacts(component: ComponentSchema, { page, words }: Saying): string {
  const { name, stability, exports } = component;
  const { takes, sends } = signalsOf(component);
  return sentences(name, stability, [
    ...(words === undefined ? [] : [words]),
    ...(takes.length > 0 ? [`Takes ${takes.join(", ")}.`] : []),
    ...(sends.length > 0 ? [`Sends ${sends.join(", ")}.`] : []),
    ...(exports.length > 0
      ? [`Exports ${exports.map((one) => `\`${propertyName(one.name)}\``).join(", ")}.`]
      : []),
    ...link(page),
  ]);
}

/** The signals that a component takes of others, and those that it sends to others. */
export function signalsOf({ args, exports, accepts = [], emits = [] }: ComponentSchema) {
  const forwardTo = args.attributes.filter(({ name }) => name === "forward_to");
  return {
    takes: [...exports.flatMap(({ type }) => receiverSignal(type)), ...accepts],
    sends: [...forwardTo.flatMap(({ type }) => receiverSignal(type)), ...emits],
  };
}

/** What a block that configures Alloy itself is, in one line. */
export function configBlockFacts({ name, stability }: ConfigBlockSchema, { page, words }: Saying): string {
  return sentences(name, stability, [...(words === undefined ? [] : [words]), ...link(page)]);
}

function sentences(name: string, stability: string, facts: readonly string[]): string {
  return [`\`${name}\`, ${stability.replace("-", " ")}.`, ...facts].join(" ");
}

function link(page: string | undefined): readonly string[] {
  return page === undefined ? [] : [`See ${page}`];
}

function receiverSignal(type: TypeSchema): readonly string[] {
  if (type.k === "list") return receiverSignal(type.of);
  const signal = type.k === "capsule" ? receivers[type.name] : undefined;
  return signal === undefined ? [] : [signal];
}
