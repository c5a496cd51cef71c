import { usualUiPort } from "../../lib/chart";
import { isRecord, type SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { translateImages } from "./images";
import { apply, isUnset, leftOut, passOver, type Rule, type Rules } from "./rules";
import { entriesOf, itemsOf, plain, printed, type Value, valueIn } from "./value";
import { translateVolumes } from "./volumes";

// The values of Grafana's chart. Those that say what a setting says become that setting; the others stay, where this
// project takes them.

/** Adds what the values of Grafana's chart say. */
export function translateChartValues(values: Value, draft: Draft): void {
  apply(values, rules, keep, draft);
  translateVolumes(values, draft);
  translateImages(values, draft);
}

const keep: Rule = (value, key, draft) => {
  draft.set(key, value);
};

const config = "Alloy's configuration is made from the environment's file";
const access = "rights follow from the components in use";

/** Elsewhere, all of it. */
const elsewhere: Rule = () => undefined;

const rules: Rules = {
  "alloy.configMap": (value, key, draft) => {
    leftOut(config)(value, key, draft);
    const content = valueIn(value, ["content"]);
    if (content !== undefined && !isUnset(content)) {
      draft.tell(
        content,
        [...key, "content"],
        "is a configuration of its own: none of it is in what is written",
      );
    }
  },
  "alloy.stabilityLevel": leftOut("it follows from the components in use"),
  "alloy.storagePath": elsewhere,
  "alloy.mounts.extra": elsewhere,
  "controller.volumes.extra": elsewhere,
  "alloy.mounts.varlog": withoutMount,
  "alloy.mounts.dockercontainers": withoutMount,
  "alloy.listenAddr": leftOut(
    "ui.expose says who reaches the UI, and without it none but kubectl port-forward",
  ),
  "alloy.listenPort": (value, key, draft) => {
    if (printed(value.content) === String(usualUiPort)) {
      leftOut("it is the UI's port anyway")(value, key, draft);
    } else if (!passOver(value, key, draft)) {
      draft.set(["ui", "port"], { ...value, origin: key }, Number(value.content));
    }
  },
  "alloy.resources": resources,
  "alloy.securityContext": securityContext,
  image: elsewhere,
  "configReloader.image": elsewhere,
  "global.image": elsewhere,
  rbac: leftOut(access),
  "controller.type": (value, key, draft) => {
    const type = printed(value.content);
    leftOut(
      type === "daemonset"
        ? "it is a DaemonSet anyway"
        : `it is a DaemonSet, one agent on each node, and no ${type}`,
    )(value, key, draft);
  },
  "controller.hostNetwork": (value, key, draft) => {
    if (passOver(value, key, draft)) return;
    const isShared = printed(value.content) === "true";
    const known = draft.at(["host_network"]);
    if (known?.content === isShared) {
      leftOut("host_network says it")(value, key, draft);
      return;
    }
    draft.set(["host_network"], { ...value, origin: key }, isShared);
    if (known !== undefined) {
      draft.tell(known, ["host_network"], `is written as ${isShared}, as controller.hostNetwork has it`);
    }
  },
  "controller.dnsPolicy": leftOut("it follows from host_network"),
  "controller.updateStrategy": updateStrategy,
};

function withoutMount(value: Value, key: SettingKey, draft: Draft): void {
  if (passOver(value, key, draft)) return;
  leftOut("logs are read by the Kubernetes API, and of the node nothing but what components read is mounted")(
    value,
    key,
    draft,
  );
}

/** What the agent asks for and may use. */
function resources(value: Value, key: SettingKey, draft: Draft): void {
  const none = "the agent has the requests and limits of this project; `none` in resources takes one away";
  for (const [kind, amounts] of entriesOf(value)) {
    for (const [name, amount] of entriesOf(amounts)) {
      const at = [...key, kind, name];
      const isKnown = ["requests", "limits"].includes(kind) && ["cpu", "memory"].includes(name);
      if (!isKnown) {
        leftOut("of a node, processor time and memory are asked for alone")(amount, at, draft);
      } else if (!passOver(amount, at, draft)) {
        draft.set(["resources", kind, name], { ...amount, origin: at }, printed(amount.content));
      }
    }
    if (isUnset(amounts)) leftOut(none)(amounts, [...key, kind], draft);
  }
  if (isUnset(value)) leftOut(none)(value, key, draft);
  for (const name of ["cpu", "memory"]) {
    const limit = draft.at(["resources", "limits", name]);
    const request = draft.at(["resources", "requests", name]);
    // So the API server has it.
    if (limit !== undefined && request === undefined) draft.set(["resources", "requests", name], limit);
    if (request !== undefined && limit === undefined) {
      draft.set(["resources", "limits", name], { place: request.place, content: "none" });
      draft.tell(
        { place: request.place },
        ["resources", "limits", name],
        "is written as none: today there is none",
      );
    }
  }
}

/** Capabilities follow from components. */
function securityContext(value: Value, key: SettingKey, draft: Draft): void {
  if (passOver(value, key, draft)) return;
  for (const [name, inner] of entriesOf(value)) {
    const added = name === "capabilities" ? valueIn(inner, ["add"]) : undefined;
    const others = itemsOf(added).filter((item) => !isNetAdmin(item));
    for (const item of itemsOf(added).filter(isNetAdmin)) {
      draft.tell(
        item,
        [...key, name, "add"],
        "NET_ADMIN is left out: the agent has it where ethtool.device_include and host_network ask for it",
      );
    }
    if (added === undefined) {
      draft.set([...key, name], inner);
    } else {
      for (const [other, list] of entriesOf(inner)) {
        if (other !== "add") draft.set([...key, name, other], list);
      }
      if (others.length > 0) draft.set([...key, name, "add"], added, others);
    }
  }
}

function isNetAdmin({ content }: Value): boolean {
  return /^(CAP_)?NET_ADMIN$/.test(printed(content));
}

/** How many agents are replaced at a time. */
function updateStrategy(value: Value, key: SettingKey, draft: Draft): void {
  if (passOver(value, key, draft)) return;
  const strategy = plain(value);
  const amount = valueIn(value, ["rollingUpdate", "maxUnavailable"]);
  const { type = "RollingUpdate", rollingUpdate, ...others } = isRecord(strategy) ? strategy : {};
  const isPlain =
    type === "RollingUpdate" &&
    Object.keys(others).length === 0 &&
    (rollingUpdate === undefined || (isRecord(rollingUpdate) && Object.keys(rollingUpdate).length <= 1));
  if (isPlain && amount !== undefined) {
    draft.set(["max_unavailable"], { ...amount, origin: [...key, "rollingUpdate", "maxUnavailable"] });
  } else {
    draft.set(key, value);
  }
}
