import { Construct, type IConstruct } from "constructs";
import {
  ChartError,
  chartTitle,
  cloneMap,
  findRender,
  isJsonMap,
  type Manifest,
  type RenderInput,
  RenderStore,
  WorkloadError,
} from "../../chart";
import { RenderedDaemonSet } from "./rendered-daemon-set";
import { RenderedObject } from "./rendered-object";

/** What a {@link HelmRender} takes. */
export interface HelmRenderProps {
  readonly input: RenderInput;
  /** Where the objects of the input's namespace are. @default - there */
  readonly namespace?: string;
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore | undefined;
}

/**
 * A Helm chart as constructs: one `ApiObject` for each object that it renders to.
 *
 * Reads the recorded render; runs helm only when there is none.
 */
export class HelmRender extends Construct {
  /** The rendered objects, in Helm's order. */
  readonly objects: readonly RenderedObject[];
  readonly input: RenderInput;

  /**
   * The render in a construct's tree.
   *
   * @throws WorkloadError when there is none
   */
  static of(scope: IConstruct): HelmRender {
    const render = scope.node.findAll().find((construct) => construct instanceof HelmRender);
    if (render === undefined) {
      throw new WorkloadError(`no HelmRender in ${scope.node.path || "the app"}`);
    }
    return render;
  }

  /**
   * @throws UnrecordedRenderError when there is no record, and helm or the chart is missing or fails
   * @throws ChartError when the record was changed by hand, or the chart renders one object twice
   */
  constructor(scope: Construct, id: string, props: HelmRenderProps) {
    super(scope, id);
    this.input = props.input;
    const { input, namespace = input.namespace } = props;
    const moved = (manifest: Manifest) =>
      manifest.namespace === input.namespace ? { ...manifest, namespace } : manifest;
    const objects = new Map<string, RenderedObject>();
    for (const manifest of findRender(props.input, props.renders ?? RenderStore.committed)) {
      const name = `${manifest.kind}.${manifest.name}`;
      if (objects.has(name)) {
        throw new ChartError(`chart ${chartTitle(props.input.chart)} renders two objects ${name}`);
      }
      objects.set(name, new RenderedObject(this, name, ours(moved(manifest)), namespace));
    }
    this.objects = [...objects.values()];
  }

  /**
   * A rendered object.
   *
   * @throws WorkloadError when the chart renders none of that kind and name
   */
  object(kind: string, name: string): RenderedObject {
    const object = this.objects.find((candidate) => candidate.kind === kind && candidate.name === name);
    if (object === undefined) {
      throw this.#lacks(`${kind} ${name}`);
    }
    return object;
  }

  /**
   * A rendered DaemonSet, to be changed.
   *
   * @param name @default - the only one that there is
   * @throws WorkloadError when there is none, or no name and several
   */
  daemonSet(name?: string): RenderedDaemonSet {
    const daemonSets = this.objects.filter(
      (object) => object.kind === "DaemonSet" && object.name === (name ?? object.name),
    );
    const [daemonSet] = daemonSets;
    if (daemonSet === undefined || daemonSets.length > 1) {
      throw this.#lacks(name === undefined ? "exactly one DaemonSet" : `DaemonSet ${name}`);
    }
    return new RenderedDaemonSet(daemonSet, chartTitle(this.input.chart));
  }

  #lacks(what: string): WorkloadError {
    const objects = this.objects.map((object) => `${object.kind} ${object.name}`).join(", ");
    return new WorkloadError(
      `chart ${chartTitle(this.input.chart)} does not render ${what}; it renders ${objects}`,
    );
  }
}

/** Without the label by which Helm knows what a release of its own has: there is none. */
function ours(manifest: Manifest): Manifest {
  const content = cloneMap(manifest.content);
  const { metadata } = content;
  if (isJsonMap(metadata) && isJsonMap(metadata.labels)) {
    delete metadata.labels["app.kubernetes.io/managed-by"];
  }
  return { ...manifest, content };
}
