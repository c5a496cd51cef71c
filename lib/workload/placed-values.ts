import type { Construct } from "constructs";
import { type Part, type Touch, touches } from "../environment/chart-values/touches";
import { isRecord } from "../environment/kind";
import { valueAt } from "../environment/plain-settings";
import { copyJson, isJsonMap, type Json, type JsonMap } from "./chart/json";
import { manifestOf } from "./chart/manifest";
import type { ChartValues } from "./chart-values";
import { agentContainer, reloaderContainer } from "./names";
import { mapAt, mapsAt } from "./pod-security/pod-fields";
import type { HelmRender } from "./rendered/helm-render";
import { RenderedObject } from "./rendered/rendered-object";

/**
 * Puts chart values that touch one place each in their place, as the chart would: maps go over what is there, lists of
 * more behind it, and null takes away what is there.
 */
export function placeValues(render: HelmRender, chartValues: ChartValues): void {
  for (const touch of touches) {
    const value = valueAt(chartValues, touch.value);
    if (value === undefined) continue;
    for (const part of partsOf(render, touch.part)) {
      if (part instanceof RenderedObject && touch.path[0] === "metadata") mark(part, touch, value);
      else place(part instanceof RenderedObject ? part.content : part, touch.path, copyJson(value), touch);
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
    if (path[1] === "labels") metadata.addLabel(name, String(text));
    else metadata.addAnnotation(name, String(text));
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
    for (const [key, entry] of Object.entries(value)) place(there, [key], entry, touch);
  } else if (value === 0 && zeroIsUnset.has(first)) {
    delete map[first];
  } else if (!isEmpty(value)) {
    map[first] = value;
  }
}

/** Numbers that the API server leaves out when they are zero: written, they would make each apply a change. */
const zeroIsUnset: ReadonlySet<string> = new Set(["minReadySeconds", "initialDelaySeconds"]);

/** What the chart passes over. */
function isEmpty(value: Json): boolean {
  return (
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isJsonMap(value) && Object.keys(value).length === 0)
  );
}
