import type { k8s } from "cdk8s-plus-28";
import { copyJson, type JsonMap, mapAt, WorkloadError } from "../../chart";
import type { Volume } from "../grants/pod-grants";
import type { PodTemplate } from "./pod-security-levels";
import { Fields, fillIn, RenderedContainer } from "./rendered-container";
import type { RenderedObject } from "./rendered-object";

/** What the agent's pod has where the chart says nothing. */
export type PodDefaults = Pick<
  k8s.PodSpec,
  "affinity" | "automountServiceAccountToken" | "nodeSelector" | "priorityClassName" | "tolerations"
>;

/**
 * Typed changes to a rendered DaemonSet.
 *
 * Each of them throws a {@link WorkloadError} when the chart renders a DaemonSet that it does not fit.
 */
export class RenderedDaemonSet {
  private readonly pod: Fields;
  private readonly spec: Fields;
  private readonly template: Fields;

  /**
   * @param object is changed
   * @param chart names the chart in messages
   */
  constructor(
    readonly object: RenderedObject,
    chart: string,
  ) {
    const where = `DaemonSet ${object.name} of chart ${chart}`;
    this.pod = new Fields(object.content, where).fields("spec", "template", "spec");
    this.spec = new Fields(object.content, where).fields("spec");
    this.template = this.spec.fields("template");
  }

  /** Its pods as they stand now. */
  get podTemplate(): PodTemplate {
    const metadata = mapAt(this.template.map, "metadata");
    return {
      spec: this.pod.map,
      annotations: mapAt(metadata, "annotations"),
      labels: mapAt(metadata, "labels"),
    };
  }

  /** Selects its pods. */
  get selector(): JsonMap {
    return this.spec.fields("selector").map;
  }

  /** The ServiceAccount of its pods. */
  get serviceAccountName(): string {
    return this.pod.text("serviceAccountName");
  }

  /** A container, by its name. */
  container(name: string): RenderedContainer {
    const containers = this.pod.maps("containers");
    const container = containers.find((candidate) => candidate.name === name);
    if (container === undefined) {
      const names = containers.map((candidate) => candidate.name).join(", ");
      throw new WorkloadError(`${this.pod.where} has no container ${name}; it has ${names}`);
    }
    return new RenderedContainer(new Fields(container, `container ${name} in ${this.pod.where}`));
  }

  /**
   * Adds a volume to its pods.
   *
   * @throws WorkloadError when there is one of that name already
   */
  addVolume(volume: Volume): void {
    const volumes = this.pod.list("volumes");
    if (this.pod.maps("volumes").some((other) => other.name === volume.name)) {
      throw new WorkloadError(`${this.pod.where} has a volume ${volume.name} already`);
    }
    volumes.push(copyJson(volume));
  }

  /** Has its pods' images pulled with the credentials in Secrets, besides those that the chart names. */
  pullWith(secrets: readonly string[]): void {
    const known = this.pod.map.imagePullSecrets;
    const added = secrets.map((name) => copyJson({ name }));
    this.pod.map.imagePullSecrets = [...(Array.isArray(known) ? known : []), ...added];
  }

  /** Sets what the chart leaves out of its pods. */
  addDefaults(defaults: PodDefaults): void {
    fillIn(this.pod.map, defaults);
  }

  /** Replaces its pods in turn, so many at a time. */
  updateInTurn(maxUnavailable: number | string): void {
    this.spec.map.updateStrategy = { type: "RollingUpdate", rollingUpdate: { maxUnavailable } };
  }

  /** Puts its pods on the network of their nodes, where they still find the cluster's services by name. */
  useHostNetwork(): void {
    this.pod.map.hostNetwork = true;
    this.pod.map.dnsPolicy = "ClusterFirstWithHostNet";
  }
}
