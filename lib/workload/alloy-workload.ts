import { Chart } from "cdk8s";
import { Construct } from "constructs";
import type { RequirementOf } from "../alloy/requirement";
import type { ImageSettings } from "../environment/environment";
import { SettingError } from "../environment/setting-key";
import { useImages } from "./agent-images";
import { AgentNamespace } from "./agent-namespace";
import { grantToPod } from "./agent-pod";
import { ApiAccess } from "./api-access";
import { UnrecordedRenderError } from "./chart/find-render";
import { isJsonMap } from "./chart/json";
import type { RenderInput } from "./chart/render-input";
import type { RenderStore } from "./chart/render-store";
import { type AlloyRenderOptions, alloyRenderInput, type ChartValues } from "./chart-values";
import { type PodGrants, podGrants } from "./grants/pod-grants";
import { imageValueErrors } from "./image-values";
import { defaultStoragePath } from "./names";
import { firstKey, ownedValueErrors } from "./owned-values";
import { HelmRender } from "./rendered/helm-render";
import { UniqueObjects } from "./unique-objects";
import { WorkloadError } from "./workload-error";

/** What an {@link AlloyWorkload} takes. */
export interface AlloyWorkloadProps extends AlloyRenderOptions {
  /** What the components of the configuration need; exactly that is granted. */
  readonly requirements: readonly RequirementOf[];
  /**
   * The pods share the network of their nodes.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * The folder of the node for what must outlive the pod, if a component needs one.
   *
   * @default "/var/lib/alloy"
   */
  readonly storagePath?: string;
  /** @default - the chart's images, from their own registries */
  readonly images?: ImageSettings;
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore;
}

/**
 * Grafana's Alloy chart with what a configuration requires: mounts, access to the API, capabilities, Secrets, storage
 * and stability level.
 */
export class AlloyWorkload extends Construct {
  /** The chart's objects, by kind and name. */
  readonly render: HelmRender;

  /**
   * @throws AggregateError of SettingErrors when chart values are not the environment's to set, when a render is not
   * recorded and cannot be made, and when the chart renders what this project's changes do not fit
   */
  constructor(scope: Construct, id: string, props: AlloyWorkloadProps) {
    super(scope, id);
    const chartValues = props.chartValues ?? {};
    try {
      const grants = podGrants(props.requirements, props.storagePath ?? defaultStoragePath);
      checkValues(chartValues, grants, props.images);
      this.render = this.#build(props, grants);
    } catch (error) {
      throw asSettingErrors(error, chartValues);
    }
    const chart = Chart.of(this);
    chart.node.addValidation(new UniqueObjects(chart));
  }

  #build(props: AlloyWorkloadProps, grants: PodGrants): HelmRender {
    const { requirements, renders } = props;
    const input = alloyRenderInput(props);
    new AgentNamespace(this, "Namespace");
    const render = new HelmRender(this, "Render", { input, ...(renders === undefined ? {} : { renders }) });
    const daemonSet = render.daemonSet();
    const reloader = runsReloader(input);
    grantToPod(daemonSet, { grants, reloader });
    if (props.images !== undefined) {
      useImages(render, props.images, reloader);
    }
    if (props.hostNetwork) {
      daemonSet.useHostNetwork();
    }
    new ApiAccess(this, "ApiAccess", { requirements, serviceAccountName: daemonSet.serviceAccountName });
    return render;
  }
}

function checkValues(values: ChartValues, grants: PodGrants, images?: ImageSettings): void {
  const volumes = [...grants.volumes, ...grants.secrets];
  const owned = ownedValueErrors(values, {
    volumes: volumes.map(({ volume }) => volume.name),
    mountPaths: volumes.flatMap(({ mounts }) => mounts.map(({ mountPath }) => mountPath)),
    variables: grants.variables.map(({ variable }) => variable.name),
  });
  const errors = [...owned, ...(images === undefined ? [] : imageValueErrors(values, images))];
  if (errors.length > 0) {
    throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
  }
}

/** The chart runs the sidecar unless a value switches it off. */
function runsReloader({ values: { configReloader } }: RenderInput): boolean {
  return !(isJsonMap(configReloader) && configReloader.enabled === false);
}

/** What the operator can mend, as a mistake in the environment: in its chart values, when they need the render. */
function asSettingErrors(error: unknown, chartValues: ChartValues): unknown {
  if (!(error instanceof WorkloadError)) return error;
  const key = error instanceof UnrecordedRenderError ? firstKey(chartValues) : [];
  return new AggregateError([new SettingError(key, error.message)], error.message);
}
