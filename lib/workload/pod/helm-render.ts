import { Construct, type IConstruct } from "constructs";
import {
  agentContainer,
  ChartError,
  type ChartValues,
  chartTitle,
  copyJson,
  findRender,
  isJsonMap,
  type Json,
  type JsonMap,
  type Manifest,
  manifestOf,
  mapAt,
  mapsAt,
  type Part,
  type RenderInput,
  RenderStore,
  reloaderContainer,
  type Touch,
  touches,
  WorkloadError,
} from "../../chart";
import { isRecord, valueAt } from "../../schema";
import { RenderedDaemonSet } from "./rendered-daemon-set";
import { RenderedObject } from "./rendered-object";

/** What a {@link HelmRender} takes. */
export interface HelmRenderProps {
  readonly input: RenderInput;
  /** Where the objects of the input's namespace are. @default - there */
  readonly namespace?: string;
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore | undefined;
  /** The objects as they are to stand there. @default - as the chart renders them, in the namespace */
  readonly objects?: readonly Manifest[];
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
    if (render === undefined) throw new WorkloadError(`no HelmRender in ${scope.node.path || "the app"}`);
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
    const rendered = () =>
      findRender(input, props.renders ?? RenderStore.committed).map((manifest) => ours(moved(manifest)));
    const objects = new Map<string, RenderedObject>();
    for (const manifest of props.objects ?? rendered()) {
      const name = `${manifest.kind}.${manifest.name}`;
      if (objects.has(name)) {
        throw new ChartError(`chart ${chartTitle(input.chart)} renders two objects ${name}`);
      }
      objects.set(name, new RenderedObject(this, name, manifest, namespace));
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
    if (object === undefined) throw this.lacks(`${kind} ${name}`);
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
      throw this.lacks(name === undefined ? "exactly one DaemonSet" : `DaemonSet ${name}`);
    }
    return new RenderedDaemonSet(daemonSet, chartTitle(this.input.chart));
  }

  private lacks(what: string): WorkloadError {
    const objects = this.objects.map((object) => `${object.kind} ${object.name}`).join(", ");
    return new WorkloadError(
      `chart ${chartTitle(this.input.chart)} does not render ${what}; it renders ${objects}`,
    );
  }
}

/** Without the label that says Helm manages the object: nothing here is a release of Helm. */
function ours(manifest: Manifest): Manifest {
  const metadata = mapAt(manifest.content, "metadata");
  const { "app.kubernetes.io/managed-by": _, ...labels } = mapAt(metadata, "labels");
  if (!isJsonMap(metadata.labels)) return manifest;
  return { ...manifest, content: { ...manifest.content, metadata: { ...metadata, labels } } };
}

/**
 * Puts chart values that touch one place each in their place, as the chart would: maps go over what is there, lists of
 * more behind it, and null takes away what is there.
 */
export function placeValues(render: HelmRender, chartValues: ChartValues): void {
  for (const touch of touches) {
    const value = valueAt(chartValues, touch.value);
    if (value === undefined) continue;
    for (const part of partsOf(render, touch.part)) {
      if (part instanceof RenderedObject && touch.path[0] === "metadata") {
        mark(part, touch, value);
      } else {
        place(part instanceof RenderedObject ? part.content : part, touch.path, copyJson(value), touch);
      }
    }
  }
}

/** The objects of an environment's own, in the agent's namespace. */
export function addExtraObjects(scope: Construct, { extraObjects }: ChartValues, namespace: string): void {
  const objects: readonly unknown[] = Array.isArray(extraObjects) ? extraObjects : [];
  for (const [index, object] of objects.entries()) {
    const content = copyJson(object);
    if (isJsonMap(content)) {
      new RenderedObject(scope, `extraObjects[${index}]`, manifestOf(content, "extraObjects"), namespace);
    }
  }
}

/** The parts of a kind: none where the chart renders none. */
function partsOf(render: HelmRender, part: Part): readonly (RenderedObject | JsonMap)[] {
  const ofKind = (kind: string) => render.objects.filter((object) => object.kind === kind);
  if (part === "service") return ofKind("Service").slice(0, 1);
  if (part === "serviceAccount") return ofKind("ServiceAccount").slice(0, 1);
  const { object } = render.daemonSet();
  if (part === "daemonSet") return [object];
  const template = mapAt(mapAt(object.content, "spec"), "template");
  if (part === "template") return [template];
  const name = part === "agent" ? agentContainer : reloaderContainer;
  return mapsAt(mapAt(template, "spec"), "containers").filter((container) => container.name === name);
}

/** Adds labels or annotations to an object. */
function mark({ metadata }: RenderedObject, { path }: Touch, value: unknown): void {
  for (const [name, text] of Object.entries(isRecord(value) ? value : {})) {
    if (path[1] === "labels") {
      metadata.addLabel(name, String(text));
    } else {
      metadata.addAnnotation(name, String(text));
    }
  }
}

function place(map: JsonMap, [first = "", ...rest]: readonly string[], value: Json, touch: Touch): void {
  const there = map[first];
  if (rest.length > 0) {
    const inner = isJsonMap(there) ? there : {};
    place(inner, rest, value, touch);
    if (Object.keys(inner).length > 0) map[first] = inner;
  } else if (value === null) {
    if (touch.append === undefined) delete map[first];
  } else if (touch.append && Array.isArray(value)) {
    if (value.length > 0) map[first] = [...(Array.isArray(there) ? there : []), ...value];
  } else if (isJsonMap(value) && isJsonMap(there)) {
    putInto(there, value);
  } else if (!isEmpty(value)) {
    map[first] = value;
  }
}

/** Puts a map over another, which the chart writes as it is: with what is false in it, or an empty text. */
function putInto(there: JsonMap, map: JsonMap): void {
  for (const [key, entry] of Object.entries(map)) {
    const before = there[key];
    if (entry === null) delete there[key];
    else if (isJsonMap(entry) && isJsonMap(before)) putInto(before, entry);
    else there[key] = entry;
  }
}

/** Whether the chart takes a value for unset. */
function isEmpty(value: Json): boolean {
  return (
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isJsonMap(value) && Object.keys(value).length === 0)
  );
}
