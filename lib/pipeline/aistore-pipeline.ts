import { Construct } from "constructs";
import { Livedebugging } from "../../imports/alloy/config";
import { OtelcolReceiverLoki, OtelcolReceiverPrometheus } from "../../imports/alloy/otelcol.receiver";
import {
  AlloyConfig,
  type Diagnostic,
  type Expression,
  type MetricsReceiver,
  type Place,
  type RequirementOf,
} from "../alloy";
import type { Destination, Environment, Signal } from "../environment";
import { type End, end, isOverfedEnd, reachedBy, type UnfedEnd, unfedEnd } from "./alloy-files/ends";
import { PipelineFiles } from "./alloy-files/files";
import type { FileMistake } from "./alloy-files/mistakes";
import { diskQueues } from "./destinations/delivery";
import { exporterIds, OtlpDestination } from "./destinations/otlp-destination";
import { stageLinks } from "./destinations/second-stage";
import { type AgentContainer, LogProcessing, OwnLogLimiter } from "./processing/log-processing";
import { ClusterLabel, MemoryLimiter } from "./processing/shared-processing";
import { AistoreMetrics, aistoreSourceId } from "./sources/aistore-metrics";
import { ContainerMetrics } from "./sources/container-metrics";
import { KubeStateMetrics } from "./sources/kube-state-metrics";
import { NodeMetrics } from "./sources/node-metrics";
import { OwnMetrics } from "./sources/own-metrics";
import { PodLogs } from "./sources/pod-logs";

/**
 * The config of one environment's agents: from the sources of each signal that some destination takes, through
 * its processing, to those destinations. What no destination takes has no source.
 */
export class AistorePipeline extends AlloyConfig {
  /** What the components of files may send to. */
  readonly ends: readonly End[];
  private readonly files: PipelineFiles;

  /** @param agent where the config runs, to know its own log */
  constructor(scope: Construct, id: string, environment: Environment, agent: AgentContainer) {
    super(scope, id, {
      strict: true,
      validatesTexts: false,
      ...(environment.stability && { stability: environment.stability }),
    });
    if (environment.livedebugging) new Livedebugging(this, { enabled: true });
    const destinations = new Construct(this, "destinations");
    const disk = diskQueues(destinations, environment.destinations);
    const links = stageLinks(destinations, environment);
    const sinks = environment.destinations.map(
      (destination) =>
        new OtlpDestination(destinations, destination.name, destination, {
          disk,
          link: links.get(destination.name),
        }),
    );
    const metrics = sinks.flatMap((sink) => sink.metrics ?? []);
    const logs = sinks.flatMap((sink) => sink.logs ?? []);
    const processing = new Construct(this, "processing");
    const cluster = new ClusterLabel(processing, "cluster", { cluster: environment.cluster, metrics, logs });
    const sources = new Construct(this, "sources");
    const ends: End[] = [];

    if (metrics.length > 0) {
      const { memoryLimit, memoryLimiter } = environment;
      const intake =
        memoryLimiter && memoryLimit !== undefined
          ? new MemoryLimiter(processing, "intake", { memoryLimit, metrics: cluster.input })
          : cluster;
      const into = (label: string, stage: MemoryLimiter | ClusterLabel) =>
        new OtelcolReceiverPrometheus(processing, label, { output: { metrics: [stage.input] } }).receiver;
      const forwardTo = into("metrics", intake);
      ends.push(end(forwardTo, ["metrics"]));
      addMetrics(sources, environment, forwardTo);
      if (environment.ownMetrics !== "none") {
        new OwnMetrics(sources, "alloy", {
          // Past the limiter: an agent that is short of memory says so. It is a few dozen samples.
          forwardTo: intake === cluster ? forwardTo : into("alloy", cluster),
          namespace: environment.namespace,
          all: environment.ownMetrics === "all",
          scrapeInterval: environment.sources.scrapeInterval,
        });
      }
    }
    const { logs: selection } = environment.sources;
    if (logs.length > 0 && selection !== undefined) {
      const { since, excludeNamespaces } = selection;
      const { input } = new LogProcessing(processing, "logs", {
        forwardTo: cluster.input,
        aistore: environment.aistore,
        since,
      });
      const { receiver } = new OtelcolReceiverLoki(processing, "pods", { output: { logs: [input] } });
      const own = new OwnLogLimiter(processing, "own", { forwardTo: receiver, agent });
      ends.push(end(own.receiver, ["logs"]));
      new PodLogs(sources, "pod-logs", { forwardTo: own.receiver, excludeNamespaces });
    }
    const signals = [
      ...(metrics.length > 0 ? ["metrics" as const] : []),
      ...(logs.length > 0 ? ["logs" as const] : []),
    ];
    ends.push(end(cluster.input, signals), ...sinks.flatMap((sink) => sink.ends));
    this.ends = ends;
    this.files = new PipelineFiles(this, environment, ends);
  }

  /**
   * What is wrong in the environment's files in Alloy's language, at their places.
   *
   * @param requirements the config's
   */
  fileMistakes(requirements: readonly RequirementOf[]): readonly FileMistake[] {
    return this.files.mistakesOf(requirements);
  }

  /** What is wrong with the config, but for what {@link unfed} tells, and the files' own mistakes at the ends. */
  override get diagnostics(): readonly Diagnostic[] {
    return super.diagnostics.filter(
      (one) => this.unfedBy(one) === undefined && !isOverfedEnd(one, this.ends),
    );
  }

  /** The ends to which some file is to send, as the pipeline's own sources are off, and none does. */
  get unfed(): readonly UnfedEnd[] {
    return super.diagnostics.flatMap((one) => this.unfedBy(one) ?? []);
  }

  /** Whether some source or file has a signal for a destination, by whichever way it goes there. */
  sends(signal: Signal, destination: Destination): boolean {
    return reachedBy(signal, this).has(exporterIds(destination, signal).keeps);
  }

  private unfedBy(diagnostic: Diagnostic): UnfedEnd | undefined {
    return this.files.components.length === 0 ? undefined : unfedEnd(diagnostic, this.ends);
  }

  /** With what settings say of the components of files. */
  override get requirements(): readonly RequirementOf[] {
    return this.files.complete(super.requirements);
  }

  /** Where the component of a file stands; nowhere for one of the pipeline's own. */
  placeOf(address: string): Place | undefined {
    return this.files.components.find((component) => component.address === address)?.block.at;
  }
}

/** Adds the sources of metrics that are on, but for the agent's own. */
function addMetrics(
  scope: Construct,
  environment: Environment,
  forwardTo: Expression<MetricsReceiver>,
): void {
  const { node, cadvisor, aistore, kubeStateMetrics } = environment.sources;
  const propagation = environment.mountPropagation;
  if (node !== undefined) {
    new NodeMetrics(scope, "node", {
      ...node,
      forwardTo,
      propagation,
      hostNetwork: environment.hostNetwork,
      ethtool: environment.ethtool,
    });
  }
  if (cadvisor !== undefined) {
    new ContainerMetrics(scope, "containers", {
      ...cadvisor,
      forwardTo,
      runtime: environment.containerRuntime,
      socket: environment.runtimeSocket,
      propagation,
    });
  }
  if (aistore !== undefined) {
    for (const cluster of environment.aistore) {
      new AistoreMetrics(scope, aistoreSourceId(cluster), { ...aistore, forwardTo, cluster });
    }
  }
  if (kubeStateMetrics !== undefined) {
    new KubeStateMetrics(scope, "kube-state-metrics", { ...kubeStateMetrics, forwardTo });
  }
}
