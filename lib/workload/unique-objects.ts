import { ApiObject } from "cdk8s";
import type { IConstruct, IValidation } from "constructs";

/** Checks that no two objects of an app are one object, or are written to one file, where the last one would win. */
export class UniqueObjects implements IValidation {
  /** @param scope the objects in it are compared */
  constructor(private readonly scope: IConstruct) {}

  validate(): string[] {
    const objects = this.scope.node.findAll().filter((construct) => construct instanceof ApiObject);
    const byFile = new Map<string, ApiObject>();
    const errors: string[] = [];
    for (const object of objects) {
      const file = `${object.kind}.${object.name}`;
      const other = byFile.get(file);
      if (other !== undefined) {
        errors.push(
          `two objects become the file of ${file}: ${other.node.path} (namespace ${namespaceOf(other)}) and ${object.node.path} (namespace ${namespaceOf(object)})`,
        );
      }
      byFile.set(file, object);
    }
    return errors;
  }
}

function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? "none";
}
