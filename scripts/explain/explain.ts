import { type AlloyConfig, type Component, consumedSignal, type Edge, isForwarding } from "../../lib/alloy";
import type { AlloyAgent } from "../../lib/alloy-agent";
import { agentContainer, mapAt, mapsAt } from "../../lib/chart";
import type { Environment } from "../../lib/environment";
import { exporterIds } from "../../lib/pipeline";
import {
  type Data,
  isEmpty,
  type Labels,
  nothing,
  type Step,
  type Surroundings,
  type Trace,
  trace,
} from "../../lib/testing";
import { type Change, changesBetween } from "./changes";
import { count, droppers, isWithin, written } from "./dropper";
import { labelsOfLog, notFound, type Pod, targetOf } from "./pod";

/** What becomes of lines of a container's log, by each source that reads such logs. */
export interface Explanation {
  readonly environment: string;
  readonly pod: Pod;
  readonly lines: readonly string[];
  readonly ways: readonly Way[];
}

/** The way from a source to all its ends. */
export interface Way {
  readonly parts: readonly Part[];
  /** @default - the source doesn't read the container's log */
  readonly ends?: readonly End[];
}

/** What a component did. */
export interface Part {
  readonly component: string;
  /** Said where it is not plain from what changed. */
  readonly says?: string | undefined;
  readonly changes: readonly Change[];
  /** Of each of its stages that did something. */
  readonly stages: readonly {
    readonly name: string;
    /** 1, or more within other stages. */
    readonly depth: number;
    readonly changes: readonly Change[];
    readonly says?: string | undefined;
  }[];
  /** Where what came out goes to, where that is several. */
  readonly next: readonly string[];
}

/** Where data leaves the config. */
export interface End {
  /** The destination by the name that the environment has for it, or the component. */
  readonly name: string;
  readonly data: Data;
  /** Why nothing arrived. */
  readonly reason?: string | undefined;
}

/** Explains what an agent does with lines of a container's log. */
export function explain(
  environment: Environment,
  agent: AlloyAgent,
  pod: Pod,
  lines: readonly string[],
): Explanation {
  const { components } = agent.config;
  const sources = components.filter(({ definition }) => definition.name === "loki.source.kubernetes");
  const explainer = new Explainer(environment, agent, pod);
  return { environment: environment.name, pod, lines, ways: sources.map((one) => explainer.way(one, lines)) };
}

class Explainer {
  private readonly config: AlloyConfig;
  private readonly surroundings: Surroundings;

  constructor(
    private readonly environment: Environment,
    agent: AlloyAgent,
    private readonly pod: Pod,
  ) {
    this.config = agent.config;
    this.surroundings = { environment: variablesOf(agent, pod.node, environment.namespace) };
  }

  way(source: Component, lines: readonly string[]): Way {
    const chain = this.discovery(source);
    const parts: Part[] = [];
    const unread = (at: Component, says: string): Way => ({ parts: [...parts, part(at, { says })] });
    let target = targetOf(this.pod);
    for (const component of chain) {
      if (component.definition.name === "discovery.kubernetes") {
        const why = notFound(component, this.pod, this.environment.namespace);
        if (why !== undefined) return unread(component, why);
        parts.push(part(component, { says: "finds the pod" }));
      } else {
        const run = trace(this.config, { to: component, targets: [target] }, this.surroundings);
        const [relabelled] = run.steps
          .filter(({ component: at, stage }) => at === component.address && stage === undefined)
          .flatMap(({ out }) => out.targets);
        if (relabelled === undefined) {
          return unread(component, told("drops the container", droppers(run, component)));
        }
        target = relabelled;
        parts.push(part(component, { says: "keeps the container" }));
      }
    }
    const labels = labelsOfLog(target, source.address);
    const run = trace(
      this.config,
      { to: source, logs: lines.map((line) => ({ line: `${line}\n`, labels })) },
      this.surroundings,
    );
    parts.push(
      part(source, {
        changes: changesBetween(blank(lines.length), read(lines, labels)),
        next: this.next(source),
      }),
    );
    parts.push(...this.partsOf(run));
    return { parts, ends: this.endsOf(source, run) };
  }

  /** What a source takes its targets from, in the order in which they come to it. */
  private discovery(component: Component): readonly Component[] {
    const [above] = this.edges(component).filter(({ attribute }) => attribute === "targets");
    return above === undefined ? [] : [...this.discovery(above.to), above.to];
  }

  private partsOf(run: Trace): readonly Part[] {
    return run.steps
      .filter(({ stage }) => stage === undefined)
      .flatMap((step): readonly Part[] => {
        const component = this.component(step.component);
        if (component === undefined || isEmpty(step.in)) return [];
        const own = run.steps.filter(
          ({ component: at, stage }) => at === step.component && stage !== undefined,
        );
        const after = count(step.out);
        const stages =
          component.definition.name === "loki.process"
            ? own.flatMap((one) => stageOf(component, one, own))
            : [];
        const lost = after === 0 ? `drops ${count(step.in) === 1 ? "it" : "all"}` : fewer(step);
        // Of a component that lets some through, its stages say it themselves.
        const by = after > 0 && stages.length > 0 ? "" : droppers(run, component);
        const says = lost && told(lost, by);
        return [
          part(component, {
            says,
            changes: stages.length > 0 ? [] : changesBetween(step.in, step.out),
            stages,
            next: after === 0 ? [] : this.next(component),
          }),
        ];
      });
  }

  private next(component: Component): readonly string[] {
    const next = this.followers(component).map(({ address }) => address);
    return next.length > 1 ? next : [];
  }

  /** The components that get logs from one. */
  private followers(component: Component): readonly Component[] {
    return this.edges(component)
      .filter((edge) => isForwarding(edge) && (consumedSignal(edge) ?? "logs") === "logs")
      .map(({ to }) => to);
  }

  /** The places where data leaves the config on its way from a component, and how the operator calls them. */
  private ends(from: Component): readonly (readonly [name: string, end: Component])[] {
    const reached = new Set([from]);
    for (const component of reached) {
      for (const follower of this.followers(component)) reached.add(follower);
    }
    const named = new Map(
      this.environment.destinations.map((one) => [exporterIds(one, "logs").keeps, one.name]),
    );
    const order = [...named.keys()];
    return [...reached]
      .filter((component) => this.followers(component).length === 0)
      .sort((one, other) => order.indexOf(one.address) - order.indexOf(other.address))
      .map((component) => [named.get(component.address) ?? component.address, component] as const);
  }

  private endsOf(source: Component, run: Trace): readonly End[] {
    return this.ends(source).map(([name, component]) => {
      const data = run.arrived(
        `${component.address}.${component.address.startsWith("otelcol.") ? "input" : "receiver"}`,
      );
      if (!isEmpty(data)) return { name, data };
      return { name, data, reason: this.reason(name, run) };
    });
  }

  /** Why nothing arrived at an end. */
  private reason(end: string, run: Trace): string | undefined {
    const leads = (address: string) => {
      const component = this.component(address);
      return component !== undefined && this.ends(component).some(([name]) => name === end);
    };
    const dropping = run.steps.find(
      ({ component, stage, in: before, out }) =>
        stage === undefined && !isEmpty(before) && isEmpty(out) && leads(component),
    );
    if (dropping !== undefined) return `${dropping.component} drops it`;
    const stopped = run.ends.map((name) => name.replace(/\.\w+$/, "")).find(leads);
    return stopped === undefined ? undefined : `it is not known here what ${stopped} does`;
  }

  private edges(component: Component): readonly Edge[] {
    return this.config.edges.filter(({ from }) => from === component);
  }

  private component(address: string): Component | undefined {
    return this.config.components.find((component) => component.address === address);
  }
}

/** The variables of the agent's container: those that are written, and what Kubernetes gives on this node. */
function variablesOf({ workload }: AlloyAgent, node: string, namespace: string): Labels {
  const { spec } = workload.render.daemonSet().podTemplate;
  const container = mapsAt(spec, "containers").find((one) => one.name === agentContainer) ?? {};
  const fields: Labels = { "spec.nodeName": node, "metadata.name": "alloy", "metadata.namespace": namespace };
  return Object.fromEntries(
    mapsAt(container, "env").map((variable) => {
      const { fieldPath } = mapAt(mapAt(variable, "valueFrom"), "fieldRef");
      return [String(variable.name), String(variable.value ?? fields[String(fieldPath)] ?? "")];
    }),
  );
}

function part({ address }: Component, of: Partial<Omit<Part, "component">>): Part {
  return { component: address, changes: [], stages: [], next: [], ...of };
}

function blank(lines: number): Data {
  return { ...nothing, targets: Array.from({ length: lines }, () => ({})) };
}

function read(lines: readonly string[], labels: Labels): Data {
  return { ...nothing, logs: lines.map((line) => ({ line, labels })) };
}

/** What happened, and by what, where that is known. */
function told(what: string, by: string): string {
  return by === "" ? what : `${what}: ${by}`;
}

/** How many come in and go out, if these are not as many. */
function fewer(step: Pick<Step, "in" | "out">): string | undefined {
  const [came, went] = [count(step.in), count(step.out)];
  return came === went ? undefined : `${came} come in, ${went} ${went === 1 ? "goes" : "go"} out`;
}

/** What a stage did, if it did anything; of one with others in it, they say it. */
function stageOf(
  { block }: Component,
  { stage, in: before, out }: Step,
  all: readonly Step[],
): Part["stages"] {
  if (stage === undefined) return [];
  const isAround = all.some(({ stage: other }) => other !== undefined && isWithin(other, stage));
  const changes = isAround ? [] : changesBetween(before, out);
  const fewerOut = fewer({ in: before, out });
  const says =
    fewerOut === undefined || isAround
      ? undefined
      : isEmpty(out)
        ? "drops it"
        : `${fewerOut}: ${written(block, stage)}`;
  if (changes.length === 0 && says === undefined && !isAround) return [];
  return [{ name: stage.name, depth: stage.path.length, changes, says }];
}
