import {
  type AlloyConfig,
  type Signal as AnySignal,
  consumedSignal,
  type Diagnostic,
  type Expression,
  isForwarding,
  nameOf,
  Property,
  takesData,
} from "../../alloy";

/** A place of the pipeline that the files' components may send to. Its name is the same in all environments. */
export interface End {
  /** As it is written in a config, such as `loki.process.own.receiver`. */
  readonly name: string;
  /** What it takes. */
  readonly signals: readonly AnySignal[];
}

/** An end of a pipeline, by what its own components send to. */
export function end(receiver: Expression<unknown>, signals: readonly AnySignal[]): End {
  return { name: nameOf(receiver.syntax) ?? "", signals };
}

/** An end that data should come to, and doesn't. */
export interface UnfedEnd {
  readonly name: string;
  /** What doesn't come. */
  readonly signals: readonly AnySignal[];
}

/** The end of which a diagnostic of the config says that nothing sends to it. */
export function unfedEnd(diagnostic: Diagnostic, ends: readonly End[]): UnfedEnd | undefined {
  const [said, signal] = /^nothing sends (?:it (\w+)|data to it)$/.exec(diagnostic.message) ?? [];
  const found = said === undefined ? undefined : endOf(diagnostic, ends);
  if (found === undefined) return undefined;
  return { name: found.name, signals: found.signals.filter((one) => signal === undefined || one === signal) };
}

/** Whether a diagnostic of the config says that an end gets what it doesn't take: the file that sends it is told so. */
export function isOverfedEnd(diagnostic: Diagnostic, ends: readonly End[]): boolean {
  const [, signal] = /^it gets (\w+), but sends them nowhere$/.exec(diagnostic.message) ?? [];
  return signal !== undefined && endOf(diagnostic, ends)?.signals.every((one) => one !== signal) === true;
}

/** The end of the component that a diagnostic is of. */
function endOf({ at }: Diagnostic, ends: readonly End[]): End | undefined {
  if (!(at instanceof Property)) return undefined;
  const address = at.construct.node.path.replace(/^.*\//, "");
  return ends.find(({ name }) => name.startsWith(`${address}.`));
}

/**
 * The addresses of the components that data of a signal comes to: those that read it, and those that they send it to. All
 * of a file's count as such that read: that nothing sends to one is a mistake of the file.
 */
export function reachedBy(
  signal: AnySignal,
  { components, edges }: Pick<AlloyConfig, "components" | "edges">,
): ReadonlySet<string> {
  const reached = new Set(
    components.filter(({ block, definition }) => block.at !== undefined || !takesData(definition)),
  );
  // A set that grows while it is gone through is gone through to its end.
  for (const component of reached) {
    const sent = edges.filter((edge) => edge.from === component && isForwarding(edge));
    for (const edge of sent) if ((consumedSignal(edge) ?? signal) === signal) reached.add(edge.to);
  }
  return new Set([...reached].map(({ address }) => address));
}
