import { isRecord } from "../kind";
import type { SettingKey } from "../setting-key";
import { annotations, anyLabels, keyName, objectName } from "./names";
import { fields, flag, mapOf, type Shape, type Tell, text, word } from "./shape";

const noTemplate = text(
  /^(?!.*\{\{).*$/s,
  "has {{, which Helm takes for a template; keep this object in manifests of your own, beside these",
);

/** Of all objects, a ConfigMap gives nobody any right, and makes nothing run. */
const configMap = fields(
  "a ConfigMap",
  {
    apiVersion: word("v1"),
    kind: word("ConfigMap"),
    metadata: fields("metadata", { name: objectName, labels: anyLabels, annotations }, { needs: ["name"] }),
    data: mapOf(keyName, noTemplate),
    immutable: flag,
  },
  { needs: ["apiVersion", "metadata"] },
);

const unnamed = "write `kind: ConfigMap`, and keep other objects in manifests of your own, beside these";

/** Objects of an environment's own, in the agent's namespace. */
export const extraObjects: Shape = (value, key, tell) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const place = [...key, index];
    const kind = isRecord(item) ? item.kind : undefined;
    if (kind === "ConfigMap") {
      configMap(item, place, tell);
      const name = isRecord(item) && isRecord(item.metadata) ? item.metadata.name : undefined;
      if (names.has(name)) tell([...place, "metadata", "name"], `is there twice: ${name}; write another`);
      names.add(name);
    } else {
      refuse(kind, place, tell);
    }
  }
};

function refuse(kind: unknown, key: SettingKey, tell: Tell): void {
  if (kind === "Secret") {
    tell(
      key,
      "is a Secret, and what it holds would stand in the manifests; make it by hand, or write below `secrets` where it comes from",
    );
  } else {
    const what = typeof kind === "string" ? `is a ${kind.slice(0, 63)}` : "has no kind";
    tell(key, `${what}, which is not taken: ${unnamed}`);
  }
}
