import { chartSchema } from "../../lib/chart";
import { defaultNamespace, nearestName } from "../../lib/environment";
import { dnsLabel } from "../../lib/schema";
import { translateChartValues } from "./chart-values";
import { Draft } from "./draft";
import type { TodaysEnvironment } from "./helmfile";
import type { Said } from "./report";
import { apply, leftOut, passOver, type Rules } from "./rules";
import { ownSections, translateSettings } from "./settings";
import { settle } from "./settle";
import { isMap, printed, type Value } from "./value";

/** Makes an environment's file of what today's files say of it. It synthesizes, or it is said what is missing. */
export function translate(environment: TodaysEnvironment, said: Said): Draft {
  const { place, state, config, agent } = environment;
  const name = dnsLabel.test(environment.name)
    ? environment.name
    : (nearestName(environment.name) ?? environment.name);
  if (name !== environment.name) {
    said.tell(
      place,
      ["environments", environment.name],
      `is written as ${name}: the name is that of a folder, too`,
    );
  }
  const draft = new Draft(name, place, said.tell);
  apply(state, stateRules, leftOut("it is no setting, and of use in templates alone"), draft);
  const sections = { own: config?.values, chart: agent.values };
  if (sections.own !== undefined) {
    translateSettings(
      pick(sections.own, (key) => !isChartValue(key)),
      draft,
    );
  }
  if (sections.chart !== undefined) {
    translateChartValues(pick(sections.chart, isChartValue), draft);
    if (sections.own === undefined) {
      translateSettings(
        pick(sections.chart, (key) => !isChartValue(key)),
        draft,
      );
    }
  }
  namespace(environment, draft);
  settle(draft, said.refuse);
  draft.tellRenamed();
  draft.sort(isChartValue);
  return draft;
}

function isChartValue(key: string): boolean {
  return !ownSections.includes(key) && Object.hasOwn(chartSchema()?.properties ?? {}, key);
}

function pick(value: Value, isChosen: (key: string) => boolean): Value {
  const entries = isMap(value.content) ? [...value.content] : [];
  return { ...value, content: new Map(entries.filter(([key]) => isChosen(key))) };
}

/** What the helmfile itself says of an environment. */
const stateRules: Rules = {
  // It has been read.
  valuesPath: () => undefined,
  container_runtime: (value, key, draft) => {
    if (!passOver(value, key, draft)) draft.set(key, value, printed(value.content));
  },
  host_network: (value, key, draft) => {
    if (!passOver(value, key, draft)) draft.set(key, value, /^(true|yes|on)$/i.test(printed(value.content)));
  },
};

function namespace({ agent }: TodaysEnvironment, draft: Draft): void {
  if (agent.namespace !== defaultNamespace) {
    draft.set(["namespace"], { place: agent.place, content: agent.namespace });
  }
  if (!agent.createsNamespace) draft.set(["create_namespace"], { place: agent.place, content: false });
}
