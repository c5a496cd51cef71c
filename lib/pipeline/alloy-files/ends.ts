import {
  type AlloyConfig,
  type Signal as AnySignal,
  type BodySyntax,
  consumedSignal,
  type Diagnostic,
  type Expression,
  isForwarding,
  nameOf,
  Property,
  type Syntax,
  takesData,
  walkBody,
} from "../../alloy";
import { alternatives } from "../../schema";
import { type FileMistake, mistake } from "./blocks";

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
export function unfedEnd({ at, message }: Diagnostic, ends: readonly End[]): UnfedEnd | undefined {
  const [said, signal] = /^nothing sends (?:it (\w+)|data to it)$/.exec(message) ?? [];
  if (said === undefined || !(at instanceof Property)) return undefined;
  const address = at.construct.node.path.replace(/^.*\//, "");
  const found = ends.find(({ name }) => name.startsWith(`${address}.`));
  if (found === undefined) return undefined;
  return { name: found.name, signals: found.signals.filter((one) => signal === undefined || one === signal) };
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

/** What a check of files knows of the pipeline. */
export interface OwnPipeline {
  readonly ends: readonly End[];
  /** The addresses of its own components. */
  readonly addresses: ReadonlySet<string>;
}

/** The references to components of the pipeline that are no ends, and the signals that an end doesn't take. */
export function endMistakes(body: BodySyntax, { ends, addresses }: OwnPipeline): readonly FileMistake[] {
  const found: FileMistake[] = [];
  for (const block of body.blocks) {
    // What stands in a declare sees nothing of the pipeline.
    if (block.name === "declare") continue;
    walkBody(block.body, (value) => {
      const name = referenceOf(value, addresses);
      if (name === undefined || ends.some((one) => one.name === name)) return;
      found.push(
        ...mistake(
          value.at,
          `${name} is of the pipeline's inside, and may change; write ${alternatives(ends.map((one) => one.name))}`,
        ),
      );
    });
    found.push(...signalMistakes(block.body, ends));
  }
  return found;
}

/** The export of a component of the pipeline that a value is, with what is taken of it left out. */
function referenceOf(value: Syntax, addresses: ReadonlySet<string>): string | undefined {
  const name = value.kind === "access" ? nameOf(value) : undefined;
  const address = name?.slice(0, name.lastIndexOf("."));
  return address !== undefined && addresses.has(address) ? name : undefined;
}

function signalMistakes(body: BodySyntax, ends: readonly End[]): readonly FileMistake[] {
  return body.blocks.flatMap((block) => {
    if (block.name !== "output") return signalMistakes(block.body, ends);
    return block.body.attributes.flatMap(({ name: signal, value }) => {
      const items = value.kind === "list" ? value.items : [];
      return items.flatMap((item) => {
        const end = ends.find((one) => one.name === nameOf(item));
        return end === undefined || end.signals.some((taken) => taken === signal)
          ? []
          : mistake(
              item.at,
              `${end.name} takes ${alternatives(end.signals)} alone; send ${signal} elsewhere`,
            );
      });
    });
  });
}
