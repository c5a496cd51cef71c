import { propertyName } from "../../lib/alloy";
import type { ComponentSchema, ConfigBlockSchema, TypeSchema } from "./schema";

/** The signal that each receiver takes. */
const receivers: Readonly<Record<string, string>> = {
  "loki.LogsReceiver": "logs",
  "prometheus.MetricsReceiver": "metrics",
  "pyroscope.ProfilesReceiver": "profiles",
};

/** What a component is, in one line: its name, stability, what it takes, sends and exports, its documentation. */
export function componentFacts(component: ComponentSchema, version: string): string {
  const { name, stability, args, docPath, exports, accepts = [], emits = [] } = component;
  const takes = [...exports.flatMap(({ type }) => receiverSignal(type)), ...accepts];
  const sends = [
    ...args.attributes.filter((one) => one.name === "forward_to").flatMap(({ type }) => receiverSignal(type)),
    ...emits,
  ];
  return sentences(name, stability, [
    ...(takes.length > 0 ? [`Takes ${takes.join(", ")}.`] : []),
    ...(sends.length > 0 ? [`Sends ${sends.join(", ")}.`] : []),
    ...(exports.length > 0
      ? [`Exports ${exports.map((one) => `\`${propertyName(one.name)}\``).join(", ")}.`]
      : []),
    ...link(docPath, version),
  ]);
}

/** What a block that configures Alloy itself is, in one line. */
export function configBlockFacts({ name, stability, docPath }: ConfigBlockSchema, version: string): string {
  return sentences(name, stability, link(docPath, version));
}

function sentences(name: string, stability: string, facts: readonly string[]): string {
  return [`\`${name}\`, ${stability.replace("-", " ")}.`, ...facts].join(" ");
}

function link(docPath: string | undefined, version: string): readonly string[] {
  const page = docPath?.replace(/^docs\/sources\/(.*)\.md$/, "$1");
  const minor = version.replace(/\.\d+$/, "");
  return page === undefined ? [] : [`See https://grafana.com/docs/alloy/${minor}/${page}/`];
}

function receiverSignal(type: TypeSchema): readonly string[] {
  if (type.k === "list") return receiverSignal(type.of);
  const signal = type.k === "capsule" ? receivers[type.name] : undefined;
  return signal === undefined ? [] : [signal];
}
