import { ApiObject, type ApiObjectProps, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import { cloneMap, copyJson, type Json, type JsonMap } from "../../chart";

/**
 * A Kubernetes object whose fields are JSON. In others cdk8s looks at each field whether it stands for another value, and
 * up the tree for the app each time.
 */
export class PlainObject extends ApiObject {
  private readonly changes: JsonPatch[] = [];

  /** @param given may be changed until it is synthesized */
  constructor(
    scope: Construct,
    id: string,
    private readonly given: ApiObjectProps & Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, given);
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.changes.push(...patches);
  }

  /** As in every `ApiObject`: keys in the alphabet's order but for the first three, and without what is null. */
  override toJson(): JsonMap {
    const { apiVersion, kind, changes } = this;
    const metadata = this.written(this.metadata.toJson(), "metadata");
    const json = { apiVersion, kind, metadata, ...this.fields() };
    return changes.length === 0 ? json : this.patched(JsonPatch.apply(cloneMap(json), ...changes));
  }

  /** Its fields but for those that every object has, as they are written. */
  protected fields(): JsonMap {
    return this.written(fieldsIn(this.given), "");
  }

  /** A part of it as it is written. @param name the field that has it; none has what is the object's own */
  protected written(map: object, _name: string): JsonMap {
    return sortedMap(map);
  }

  protected patched(json: JsonMap): JsonMap {
    return json;
  }
}

/** The fields of an object but for those that every object has. */
export function fieldsIn(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion: _, kind: __, metadata: ___, ...others } = object;
  return others;
}

/** @throws TypeError on anything that JSON cannot say */
function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === "object" && value !== null ? sortedMap(value) : copyJson(value);
}

function sortedMap(map: object): JsonMap {
  const values: Readonly<Record<string, unknown>> = { ...map };
  const result: JsonMap = {};
  for (const key of Object.keys(values).sort()) {
    const value = values[key];
    if (value !== null && value !== undefined) result[key] = sorted(value);
  }
  return result;
}
