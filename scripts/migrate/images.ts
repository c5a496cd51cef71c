import type { SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { leftOut, passOver } from "./rules";
import { entriesOf, itemsOf, printed, type Value, valueIn } from "./value";

/** What the chart has anyway. */
const usual: Readonly<Record<string, readonly string[]>> = {
  "image.registry": ["docker.io"],
  "image.repository": ["grafana/alloy"],
  "image.pullPolicy": ["IfNotPresent"],
  "configReloader.image.registry": ["quay.io"],
  "configReloader.image.repository": ["prometheus-operator/prometheus-config-reloader"],
  "configReloader.image.pullPolicy": ["IfNotPresent"],
};

const handled = ["registry", "tag", "digest", "pullSecrets"];

/** Adds what chart values say of images, as the settings of `images`. */
export function translateImages(values: Value, draft: Draft): void {
  const of = (...key: string[]) => set(valueIn(values, key), key, draft);
  const registries = [
    ["global", "image", "registry"],
    ["image", "registry"],
    ["configReloader", "image", "registry"],
  ];
  const chosen = registries.map((key) => ({ key, value: of(...key) }));
  const [first, ...others] = chosen.flatMap(({ key, value }) =>
    value === undefined ? [] : [{ key, value }],
  );
  if (first !== undefined) {
    draft.set(["images", "registry"], { ...first.value, origin: first.key });
    for (const { key, value } of others) {
      if (printed(value.content) !== printed(first.value.content)) {
        leftOut("all images come from one registry, images.registry")(value, key, draft);
      }
    }
    if (others.length === 0 && first.key[0] !== "global") {
      draft.tell(
        first.value,
        first.key,
        "is written as images.registry, which is of both images: the other has to be there too",
      );
    }
  }
  version(of("image", "tag"), of("image", "digest"), ["image"], "agent", draft);
  version(
    of("configReloader", "image", "tag"),
    of("configReloader", "image", "digest"),
    ["configReloader", "image"],
    "reloader",
    draft,
  );
  for (const key of [
    ["global", "image", "pullSecrets"],
    ["image", "pullSecrets"],
  ]) {
    const secrets = of(...key);
    if (secrets === undefined) continue;
    const names = itemsOf(secrets).map((item) => valueIn(item, ["name"]) ?? item);
    draft.set(["images", "pull_secrets"], { ...secrets, origin: key }, names);
  }
  keepOthers(values, draft);
}

/** A value that says something that the chart doesn't have anyway. */
function set(value: Value | undefined, key: SettingKey, draft: Draft): Value | undefined {
  if (value === undefined || passOver(value, key, draft)) return undefined;
  if (!usual[key.join(".")]?.includes(printed(value.content))) return value;
  leftOut("it is what the chart has anyway")(value, key, draft);
  return undefined;
}

/** The version of an image: its tag, its digest, or both. */
function version(
  tag: Value | undefined,
  digest: Value | undefined,
  key: SettingKey,
  setting: "agent" | "reloader",
  draft: Draft,
): void {
  const at = ["images", setting];
  if (digest === undefined) {
    if (tag !== undefined) draft.set(at, { ...tag, origin: [...key, "tag"] }, printed(tag.content));
    return;
  }
  const from = { ...digest, origin: [...key, "digest"] };
  const sum = printed(digest.content).replace(/^(sha256:)?/, "sha256:");
  if (tag !== undefined) {
    draft.set(at, from, `${printed(tag.content)}@${sum}`);
  } else if (setting === "reloader") {
    draft.set(at, from, sum);
  } else {
    leftOut(`a digest alone doesn't tell Alloy's version; write images.agent: VERSION@${sum}`)(
      digest,
      [...key, "digest"],
      draft,
    );
  }
}

/** What images have beside: it stays among the chart values, where it is taken. */
function keepOthers(values: Value, draft: Draft): void {
  for (const section of [["image"], ["configReloader", "image"], ["global", "image"]]) {
    for (const [name, value] of entriesOf(valueIn(values, section))) {
      const key = [...section, name];
      if (!handled.includes(name) && set(value, key, draft) !== undefined) draft.set(key, value);
    }
  }
}
