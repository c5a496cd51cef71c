import {
  AlloyConfig,
  type Capsule,
  type Component,
  type ConfigText,
  type Consumer,
  type Expression,
  type LogsReceiver,
  type MetricsReceiver,
  nameOf,
  nearest,
  type ParsedConfig,
  parse,
  print,
  walkValue,
} from "../alloy";
import {
  type Data,
  type DataPoint,
  isEmpty,
  joined,
  type Labels,
  type LogLine,
  type LogRecord,
  nothing,
  type Sample,
  type Span,
} from "./data";
import { ask, type EngineData, type EngineInput } from "./engine";
import { logsToOtlp, pointsOf, pointsToOtlp, recordsOf, spansOf, spansToOtlp } from "./otlp";

/** A config: as a program has it, a text within one, or its whole text. */
export type Config = AlloyConfig | ConfigText | string;

/**
 * Where data goes in: what others would name to send it there, such as `process.receiver`; or the component that reads it
 * or takes it from elsewhere, such as a `loki.source.kubernetes`, which passes it on. Or the name of either.
 */
export type Entrance<Export> = Expression<Export> | Component | string;

/** Data, and where it goes in. */
export type Input =
  | { readonly to: Entrance<LogsReceiver>; readonly logs: readonly LogLine[] }
  | { readonly to: Entrance<MetricsReceiver>; readonly samples: readonly Sample[] }
  | { readonly to: Entrance<Consumer<"logs">>; readonly records: readonly LogRecord[] }
  | { readonly to: Entrance<Consumer<"metrics">>; readonly points: readonly DataPoint[] }
  | { readonly to: Entrance<Consumer<"traces">>; readonly spans: readonly Span[] }
  | { readonly to: Component | string; readonly targets: readonly Labels[] };

/** What a config finds where it runs. */
export interface Surroundings {
  /** The variables that `sys.env` reads; `HOSTNAME` is `constants.hostname` too. @default - none */
  readonly environment?: Labels | undefined;
  /** The texts of files that components read, by their paths. @default - all are empty */
  readonly files?: Labels | undefined;
}

/** What a component did, or a part of it. */
export interface Step {
  /** Its address, such as `loki.process.own`. */
  readonly component: string;
  /** @default - the component as a whole */
  readonly stage?: Stage | undefined;
  readonly in: Data;
  /** Empty where everything was dropped, or waits for more. */
  readonly out: Data;
}

/** A part of a component: a stage of `loki.process`, a rule of relabeling, a condition of a filter. */
export interface Stage {
  /** Such as `stage.match`, or `rule`; of a condition, that of its list, such as `log_record`. */
  readonly name: string;
  /** Its place among the blocks of the component, from 0, then among those inside of that block, or in the list. */
  readonly path: readonly number[];
}

/** What can be asked for at a place of a config, by the type of its export. */
type Taken<Export> = [Export] extends [LogsReceiver]
  ? Pick<Data, "logs">
  : [Export] extends [MetricsReceiver]
    ? Pick<Data, "samples">
    : [Export] extends [Capsule<"otelcol.Consumer">]
      ? Pick<Data, "records" | "points" | "spans">
      : Pick<Data, "targets">;

/** What became of data in a config. */
export class Trace {
  /** @param names of the places that data can reach */
  constructor(
    private readonly names: readonly string[],
    /** In the order in which they happened: a component's own, then those of its stages. */
    readonly steps: readonly Step[],
    private readonly arrivals: readonly { readonly at: string; readonly data: Data }[],
  ) {}

  /**
   * What arrived at a place: an end, such as an exporter's `input`, or any component's on the way. Of targets: what
   * `discovery.relabel` gives as its `output`.
   *
   * @throws TraceError where the config has no such place, with the nearest that it has
   */
  arrived<Export>(end: Expression<Export>): Taken<Export>;
  arrived(end: string): Data;
  arrived(end: Expression<unknown> | string): Data {
    const name = nameAt(end);
    known(name, this.names);
    const ended = this.arrivals.filter(({ at }) => at === name).map(({ data }) => data);
    if (ended.length > 0) return joined(ended);
    const [, address = "", exported = ""] = /^(.*)\.(\w+)$/.exec(name) ?? [];
    return joined(
      this.steps
        .filter(({ component, stage }) => component === address && stage === undefined)
        .map((step) => (exported === "output" ? step.out : step.in)),
    );
  }

  /** The ends that something arrived at, by their names. */
  get ends(): readonly string[] {
    return [...new Set(this.arrivals.filter(({ data }) => !isEmpty(data)).map(({ at }) => at))];
  }
}

/** What is wrong with a config or what is asked of it; one line a mistake. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/**
 * Sends data through a config, by the code of Alloy's own components, and says what arrives where. Nothing else runs, and
 * nothing leaves the machine: what exporters get has arrived.
 *
 * ```ts
 * const run = trace(config, { to: process.receiver, logs: [{ line: "I am here", labels: { app: "shop" } }] });
 * run.arrived(archive.receiver).logs;
 * ```
 *
 * @param inputs each goes through by itself, and is through before the next goes in
 * @throws TraceError where the config can't be read, or lacks what data is sent to
 * @throws EngineMissing where the engine can't be had
 */
export function trace(config: Config, inputs: Input | readonly Input[], around: Surroundings = {}): Trace {
  const text = textOf(config);
  const body = bodyOf(text);
  const names = namesIn(body);
  const all = isList(inputs) ? inputs : [inputs];
  const answer = ask({
    config: text,
    inputs: all.flatMap((input): readonly EngineInput[] => {
      const to = nameAt(input.to);
      known(to, names);
      return entrances(to, body, input, names).map((one) => ({ to: one, ...sent(input) }));
    }),
    environment: around.environment ?? {},
    files: around.files ?? {},
  });
  if ("error" in answer) throw new TraceError(answer.error);
  const { steps, arrived, errors = [] } = answer;
  if (errors.length > 0) throw new TraceError(errors.join("\n"));
  return new Trace(
    names,
    steps.map((step) => ({ ...step, in: received(step.in), out: received(step.out) })),
    arrived.map((arrival) => ({ at: arrival.at, data: received(arrival) })),
  );
}

function textOf(config: Config): string {
  if (typeof config === "string") return config;
  return config instanceof AlloyConfig ? config.toString() : print(config.text);
}

function bodyOf(text: string): ParsedConfig["body"] {
  const { body, mistakes } = parse(text);
  if (mistakes.length === 0) return body;
  throw new TraceError(mistakes.map(({ at, message }) => `${at}: ${message}`).join("\n"));
}

/** The components of a config, and the exports of each that data is sent to or taken from. */
function namesIn({ blocks }: ParsedConfig["body"]): readonly string[] {
  return blocks.flatMap(({ name, label }) => {
    if (label === undefined) return [];
    const address = `${name}.${label}`;
    const exported = exportOf(name);
    return exported === undefined ? [address] : [`${address}.${exported}`, address];
  });
}

/** The export of a component that data is sent to, or taken from. */
function exportOf(name: string): string | undefined {
  return exportNames.find(([pattern]) => pattern.test(name))?.[1];
}

const exportNames = [
  [/^otelcol\.receiver\.(loki|prometheus|influxdb)$/, "receiver"],
  [/^otelcol\.(processor|exporter|connector)\./, "input"],
  [/^discovery\.(relabel|process)$/, "output"],
  [/^(discovery|prometheus\.exporter)\./, "targets"],
  [/^(loki|prometheus|pyroscope)\.(?!source\.|scrape$)/, "receiver"],
] as const;

/** @throws TraceError */
function known(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  // An export that a component doesn't have is nearer to its own than to those of others.
  const own = names.find((one) => name.startsWith(`${one}.`) || one.startsWith(`${name}.`));
  const other = names.find((one) => one.startsWith(`${own}.`)) ?? own ?? nearest(name, names);
  const advice = other === undefined ? `its places are ${names.join(", ")}` : `write ${other}`;
  throw new TraceError(`${name}: there is no such place in the config; ${advice}`);
}

/** @throws TraceError of an expression that names nothing */
function nameAt(place: Entrance<unknown>): string {
  if (typeof place === "string") return place;
  if ("address" in place) return place.address;
  const name = nameOf(place.syntax);
  if (name === undefined) throw new TraceError("an expression that is no export names no place of a config");
  return name;
}

/** Where data goes that is sent to a component: into it, or, if it reads by itself, to where it passes on what it reads. */
function entrances(
  name: string,
  { blocks }: ParsedConfig["body"],
  input: Input,
  names: readonly string[],
): readonly string[] {
  const block = blocks.find((one) => `${one.name}.${one.label}` === name);
  if (block === undefined || "targets" in input) return [name];
  const own = exportOf(block.name);
  if (own === "receiver" || own === "input") return [`${name}.${own}`];
  const signal = signalOf(input);
  const output = block.body.blocks.find((one) => one.name === "output")?.body.attributes ?? [];
  const places = [
    ...block.body.attributes.filter((one) => one.name === "forward_to"),
    ...output.filter((one) => one.name === signal),
  ];
  const found: string[] = [];
  for (const { value } of places) {
    walkValue(value, (part) => {
      const reference = nameOf(part) ?? "";
      // The otelcol.receiver of an otelcol.receiver.loki.own.receiver, of which it is a part too, is no component.
      const isOfComponent = names.some((address) => reference.startsWith(`${address}.`));
      if (isOfComponent && /\.(receiver|input)$/.test(reference)) found.push(reference);
    });
  }
  if (found.length === 0) throw new TraceError(`${name}: passes on no ${signal}`);
  return found;
}

function signalOf(input: Input): "logs" | "metrics" | "traces" {
  if ("spans" in input) return "traces";
  return "samples" in input || "points" in input ? "metrics" : "logs";
}

function sent(input: Input): Omit<EngineInput, "to"> {
  if ("records" in input) return { otlp: logsToOtlp(input.records) };
  if ("points" in input) return { otlp: pointsToOtlp(input.points) };
  if ("spans" in input) return { otlp: spansToOtlp(input.spans) };
  const { to, ...data } = input;
  return data;
}

function received({ logs = [], samples = [], targets = [], otlp = {} }: EngineData): Data {
  const ofOtlp = { records: recordsOf(otlp), points: pointsOf(otlp), spans: spansOf(otlp) };
  return { ...nothing, logs, samples, targets, ...ofOtlp };
}

function isList(inputs: Input | readonly Input[]): inputs is readonly Input[] {
  return Array.isArray(inputs);
}
