import { AlloyAgent } from "../../lib/alloy-agent";
import type { Environment } from "../../lib/environment";
import { type Manifests, synthesize } from "../../lib/synthesis";
import { build } from "../../scripts/go-program";
import { type Ask, declareMissing, describeWithProgram } from "../engines/describe";
import { environmentOf, type Settings } from "../pipeline/pipeline-of";
import { Agent, pause } from "./agent";
import { AgentContainer, type Secrets } from "./pod";

/** How a destination answers: see `.ci/field`. */
export interface Rules {
  readonly status?: number;
  readonly maxBytes?: number;
  readonly inOrder?: boolean;
  readonly delayMs?: number;
}

/** What a destination took, and what it answered. */
export interface Received {
  readonly answers: Readonly<Record<string, number>>;
  readonly largest: number;
  readonly records: Readonly<Record<string, number>>;
  readonly distinct: Readonly<Record<string, number>>;
  readonly samples: number;
  readonly refused: number;
  readonly last: Readonly<
    Record<string, { readonly resource: object; readonly record: object; readonly body: string }>
  >;
}

/** What a destination has of a job's series: those that have a value now. */
export interface JobSeries {
  readonly series: Readonly<Record<string, Series>>;
  /** All that came, and their bytes before compression. */
  readonly samples: number;
  readonly bytes: number;
}

/** A series as Prometheus has it. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A pod with one container. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** How the agent of a test is started. */
export interface Start {
  readonly secrets?: Secrets;
  /** Changes the configuration. */
  readonly change?: (config: string) => string;
  /** Whether what it writes is the log of the pod "alloy", as in a cluster. */
  readonly ownLog?: boolean;
}

/** A node's Kubernetes API and destinations, with agents that are real. */
export class Field {
  private readonly agents: Agent[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly executable: string,
  ) {}

  /** Adds a pod, before an agent starts. */
  async pod(pod: Pod): Promise<void> {
    await this.call("pod", { pod });
  }

  /** Has a pod write so many lines of some size, each with its number. */
  async write(name: string, count: number, size = 150): Promise<void> {
    await this.call("write", { name, count, size });
  }

  /** Makes a destination, or has it answer otherwise. @returns its URL */
  async destination(name: string, rules: Rules = {}): Promise<string> {
    return `http://${await this.call<string>("receiver", { name, rules })}`;
  }

  /** A process whose network agents and destinations have. */
  async process(): Promise<number> {
    return (await this.access()).process;
  }

  received(name: string): Promise<Received> {
    return this.call("received", { name });
  }

  series(name: string, job: string): Promise<JobSeries> {
    return this.call("series", { name, job });
  }

  /** Waits until a destination has some series of a job, for three minutes at most. @returns the job's series then */
  async untilSeries(
    name: string,
    job: string,
    isThere: (series: readonly Series[]) => boolean,
  ): Promise<readonly Series[]> {
    for (let tries = 0; ; tries++) {
      const series = Object.values((await this.series(name, job)).series);
      if (isThere(series) || tries > 900) return series;
      await pause(200);
    }
  }

  /** Waits until a destination has what is wanted of it, for three minutes at most. @returns what it has then */
  async until(name: string, isEnough: (received: Received) => boolean): Promise<Received> {
    for (let tries = 0; tries < 900; tries++) {
      const received = await this.received(name);
      if (isEnough(received)) return received;
      await pause(200);
    }
    return this.received(name);
  }

  readsSecrets(environment: Environment): boolean {
    return new AgentContainer(manifestsOf(environment)).secretKeys.size > 0;
  }

  /** Every Secret that an environment reads, whole: what each key holds follows from its name. */
  async secretsOf(environment: Environment): Promise<Secrets> {
    const { ca, key } = await this.access();
    const textOf = (name: string) => {
      if (/\.(crt|pem)$/.test(name)) return ca;
      if (name.endsWith(".key")) return key;
      return name.endsWith("url") ? "http://127.0.0.1:1/" : "text";
    };
    return Object.fromEntries(
      [...new AgentContainer(manifestsOf(environment)).secretKeys].map(([name, keys]) => [
        name,
        Object.fromEntries([...keys].map((one) => [one, textOf(one)])),
      ]),
    );
  }

  /** An agent of the environment that a file with these settings makes. */
  agentOf(settings: Settings, start: Start = {}): Promise<Agent> {
    return this.agent(environmentOf(settings), start);
  }

  /** An agent of an environment, started and ready. */
  async agent(environment: Environment, { secrets = {}, change, ownLog }: Start = {}): Promise<Agent> {
    const container = new AgentContainer(manifestsOf(environment));
    const api = await this.access();
    const filesOf = (present: Secrets) => {
      const files = new Map(container.files(present));
      const config = files.get("/etc/alloy")?.["config.alloy"] ?? "";
      files.set("/etc/alloy", { "config.alloy": change?.(config) ?? config });
      files.set("/var/run/secrets/kubernetes.io/serviceaccount", { "ca.crt": api.ca, token: api.token });
      return files;
    };
    const agent = new Agent({
      executable: this.executable,
      args: container.args,
      variables: {
        ...container.variables(secrets),
        KUBERNETES_SERVICE_HOST: api.host,
        KUBERNETES_SERVICE_PORT: api.port,
      },
      process: api.process,
      get: (url) => this.call("get", { url }),
      secrets,
      filesOf,
      onLine: ownLog
        ? (line) => void this.call("write", { name: "alloy", lines: [line] }).catch(() => {})
        : undefined,
    });
    this.agents.push(agent);
    await agent.start();
    return agent;
  }

  /** Ends all agents. */
  async clear(): Promise<void> {
    await Promise.all(this.agents.splice(0).map((agent) => agent.remove()));
  }

  private access() {
    return this.call<{ process: number; host: string; port: string; ca: string; key: string; token: string }>(
      "kubernetes",
      {},
    );
  }

  private async call<Value>(op: string, fields: object): Promise<Value> {
    const answer = await this.ask<Value>(op, fields);
    if (!answer.ok) throw new Error(`${op}: ${answer.error}`);
    return answer.value;
  }
}

/** Has every scrape at each second, so that seconds of a test are as minutes of a node. */
export function scrapeEachSecond(config: string): string {
  return config
    .replaceAll(/\n\tscrape_interval .*/g, "")
    .replaceAll(/\n(prometheus\.scrape .*\{)/g, '\n$1\n\tscrape_interval = "1s"\n\tscrape_timeout = "1s"');
}

function manifestsOf(environment: Environment): Manifests {
  const synthesized = synthesize([environment], (app, one) => new AlloyAgent(app, one));
  return synthesized.get(environment.name) ?? new Map();
}

/** A `describe` block whose tests run real agents. They take minutes, and so they are skipped unless `CI` is set. */
export function describeWithField(title: string, define: (field: Field) => void): void {
  const built = process.env.CI
    ? build({ folder: "alloy", script: true, slow: true })
    : { missing: "its tests take minutes: set CI=true" };
  if ("missing" in built) {
    declareMissing(title, built.missing, () => define(new Field(() => Promise.reject(), "")));
    return;
  }
  describeWithProgram(title, { folder: "field" }, (ask) => {
    const field = new Field(ask, built.executable);
    afterEach(() => field.clear());
    define(field);
  });
}
