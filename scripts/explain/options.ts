import {
  dnsLabel,
  dnsSubdomain,
  labelKeyPattern,
  labelValuePattern,
  notDnsLabel,
  notDnsSubdomain,
  notLabelKey,
  notLabelValue,
} from "../../lib/schema";
import { environmentName, parseWords, UsageError } from "../../lib/synthesis";

/** What the command line asks for. */
export interface ExplainOptions {
  /** The folder of the environment files. @default environments */
  readonly environments: string;
  readonly environment: string;
  readonly lines: readonly string[];
  readonly pod: PodOptions;
}

/** What the command line says of the pod that wrote the lines. */
export interface PodOptions {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string | undefined;
  readonly image?: string | undefined;
  readonly controller?: { readonly kind: string; readonly name: string } | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly node: string;
}

export const explainUsage = `Says what becomes of a line of a container's log: what each part of the pipeline does, and what each destination gets.
Alloy's own components do it, here; nothing is sent.

  npm run explain -- ais-qa --line 'E 10:00:00.000 disk is full' --pod ais/ais-target-0
  npm run explain -- ais-qa --line 'ready' --pod shop/cart-7d9f-x2x4q --container cart --label app.kubernetes.io/name=cart

Options, behind --:
  --line TEXT             what the container wrote; as often as there are lines
  --pod NAMESPACE/NAME    the pod; of AIStore's, the following is known, but for the image
  --container NAME        the container; default: main
  --image IMAGE           its image; default: none, and so no attribute for it
  --controller KIND/NAME  what made the pod, such as DaemonSet/node-agent; default: nothing did
  --label KEY=VALUE       a label of the pod; as often as there are some
  --node NAME             the node; default: node-1
  --environments FOLDER   where the environment files are; default: environments
  --help                  says this
`;

/**
 * Reads the command line; see {@link explainUsage}.
 *
 * @returns undefined where help is asked for
 * @throws UsageError with the first thing that is missing or not understood
 */
export function parseExplainOptions(args: readonly string[]): ExplainOptions | undefined {
  const { values, positionals } = parseWords("explain", args, {
    line: { type: "string", multiple: true },
    pod: { type: "string" },
    container: { type: "string" },
    image: { type: "string" },
    controller: { type: "string" },
    label: { type: "string", multiple: true },
    node: { type: "string" },
    environments: { type: "string" },
  });
  if (values.help) return undefined;
  const { environments = "environments", container, image, node = "node-1" } = values;
  const [name, ...others] = positionals;
  if (name === undefined) throw new UsageError("the environment is missing; write it first, such as ais-qa");
  if (others.length > 0) {
    throw new UsageError(
      `${positionals.join(" ")}: are several environments; write one, and quotes around a line`,
    );
  }
  const lines = values.line?.flatMap((text) => text.replace(/\r?\n$/, "").split(/\r?\n/));
  if (lines === undefined) throw new UsageError("the line is missing; write --line 'what it wrote'");
  if (values.pod === undefined) throw new UsageError("the pod is missing; write --pod NAMESPACE/NAME");
  const [namespace, pod] = inTwo("--pod", values.pod, "/", "NAMESPACE/NAME");
  checkName("--pod", namespace, dnsLabel, notDnsLabel);
  checkName("--pod", pod, dnsSubdomain, notDnsSubdomain);
  if (container !== undefined) checkName("--container", container, dnsLabel, notDnsLabel);
  checkName("--node", node, dnsSubdomain, notDnsSubdomain);
  return {
    environments,
    environment: environmentName(name, environments),
    lines,
    pod: {
      namespace,
      name: pod,
      container,
      image,
      controller: values.controller === undefined ? undefined : controllerOf(values.controller),
      labels: new Map((values.label ?? []).map(labelOf)),
      node,
    },
  };
}

/** What Kubernetes doesn't take is no pod's, and so there is nothing to say of it. */
function checkName(option: string, name: string, pattern: RegExp, mistake: string): void {
  if (!pattern.test(name)) throw new UsageError(`${option}: ${name} ${mistake}`);
}

function labelOf(text: string): readonly [string, string] {
  const [key, value] = inTwo("--label", text, "=", "KEY=VALUE");
  checkName("--label", key, labelKeyPattern, notLabelKey);
  checkName("--label", value, labelValuePattern, notLabelValue);
  return [key, value];
}

function controllerOf(text: string) {
  const [kind, name] = inTwo("--controller", text, "/", "KIND/NAME");
  return { kind, name };
}

/** The parts of a text around a mark. A label may have no value. */
function inTwo(option: string, text: string, mark: "/" | "=", form: string): readonly [string, string] {
  const at = text.indexOf(mark);
  const [before, after] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (before === "" || (after === "" && mark === "/") || (mark === "/" && after.includes("/"))) {
    throw new UsageError(`${option} ${text}: is not of the form ${form}`);
  }
  return [before, after];
}
