import type { Facts, Rule } from "../schema/facts";
import { regexpMistake } from "../schema/languages";
import { goString, unquote } from "../syntax/literals";

// The rules of Loki's components, above all of the stages that process lines.

export const dropStageRule: Rule = { of: ["stage.drop"], check: checkDrop };

export const matchStageRule: Rule = { of: ["stage.match"], check: checkMatch };

export const multilineStageRule: Rule = {
  of: ["stage.multiline"],
  check: (facts) => facts.positive("max_wait_time"),
};

export const labelStagesRule: Rule = {
  of: ["stage.label_drop", "stage.label_keep", "stage.static_labels"],
  check: (facts) => facts.filled("values"),
};

export const limitStageRule: Rule = { of: ["stage.limit"], check: checkLimit };

export const jsonStageRule: Rule = {
  of: ["stage.json"],
  check: (facts) => facts.atLeastOne("expressions", "regex"),
};

export const tenantStageRule: Rule = {
  of: ["stage.tenant"],
  check: (facts) => facts.exactlyOne("label", "source", "value"),
};

export const regexStagesRule: Rule = {
  of: ["stage.regex", "stage.replace"],
  check: (facts) => facts.filled("expression"),
};

export const sourceStagesRule: Rule = {
  of: ["stage.output", "stage.template"],
  check: (facts) => facts.filled("source"),
};

export const timestampStageRule: Rule = {
  of: ["stage.timestamp"],
  check: (facts) => {
    facts.filled("source");
    facts.filled("format");
  },
};

export const fileMatchRule: Rule = {
  of: ["file_match"],
  check: (facts) => facts.positive("sync_period"),
};

export const criStageRule: Rule = {
  of: ["stage.cri"],
  check: (facts) => facts.positive("max_partial_lines"),
};

export const samplingStageRule: Rule = {
  of: ["stage.sampling", "loki.secretfilter"],
  check: (facts) => facts.between("rate", 0, 1),
};

export const metricStagesRule: Rule = {
  of: ["metric.counter", "metric.gauge", "metric.histogram"],
  check: checkMetric,
};

export const gcplogRule: Rule = {
  of: ["loki.source.gcplog"],
  check: (facts) => facts.exactlyOne("pull", "push"),
};

export const kubernetesEventsRule: Rule = {
  of: ["loki.source.kubernetes_events"],
  check: (facts) => facts.filled("job_name"),
};

export const walRule: Rule = {
  of: ["wal"],
  members: ["min_read_frequency", "max_read_frequency"],
  check: (facts) => facts.less(["min_read_frequency", "250ms"], ["max_read_frequency", "1s"]),
};

/**
 * What is wrong with the selector of a stage: matchers, and filters of lines, which is all that Alloy reads there of LogQL.
 * Texts stand in quotation marks, and none in backticks.
 *
 * Source: internal/loki/logql of Alloy v1.18.1, read, and run.
 */
function selectorMistake(selector: string): string | undefined {
  const example = `write one such as {app="x"} |= "y"`;
  let rest = selector.trim();
  const take = (pattern: RegExp) => {
    const [found] = pattern.exec(rest) ?? [];
    rest = rest.slice(found?.length).trimStart();
    return found;
  };
  const here = () => `selector is no LogQL at ${shown(rest)}; ${example}`;
  const textMistake = (operator: string | undefined) => {
    const text = operator === undefined ? undefined : take(goString);
    if (text !== undefined) {
      const mistake = operator?.endsWith("~") ? regexpMistake(unquote(text)) : undefined;
      return mistake === undefined ? undefined : `${text} ${mistake}`;
    }
    const [other] = (operator !== undefined && /^(?:`[^`]*`|"(?:[^"\\]|\\.)*")/.exec(rest)) || [];
    if (other?.startsWith("`")) return `${other} can't stand in a selector; write it in quotation marks`;
    if (other !== undefined) return `${other} has an escape that there is not; write \\\\ for each \\`;
    return here();
  };
  if (take(/^\{/) === undefined) return `selector is no LogQL; ${example}`;
  do {
    if (take(/^[\p{L}_][\p{L}\p{N}_]*/u) === undefined) return here();
    const mistake = textMistake(take(/^(?:=~|!~|!=|=)/));
    if (mistake !== undefined) return mistake;
  } while (take(/^,/) !== undefined);
  if (take(/^\}/) === undefined) return here();
  while (rest !== "") {
    const mistake = textMistake(take(/^(?:\|=|\|~|!=|!~)/));
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

function shown(rest: string): string {
  return rest === "" ? "its end" : JSON.stringify(rest.slice(0, 20));
}

function checkDrop(facts: Facts): void {
  facts.atMostOne("value", "expression");
  if (facts.has("value") && !facts.has("source")) {
    facts.report("value", "value needs source; write what is compared with it");
  } else facts.atLeastOne("source", "expression", "older_than", "longer_than");
}

function checkMatch(facts: Facts): void {
  const selector = facts.text("selector");
  const mistake = selector === undefined ? undefined : selectorMistake(selector);
  if (mistake !== undefined) facts.report("selector", mistake);
  const action = facts.text("action", "keep");
  const [stage] = facts.blocksOf("stage.");
  if (action === "keep" && stage === undefined) {
    facts.report(undefined, 'stage.match needs stages, or action = "drop"');
  }
  if (action === "drop" && stage !== undefined) {
    facts.report(stage.name, "what is dropped goes through no stages; remove them, or the action");
  }
}

function checkLimit(facts: Facts): void {
  facts.positive("rate");
  facts.positive("burst");
  if (facts.has("by_label_name") && facts.literal("drop", false) === false) {
    facts.report("by_label_name", "by_label_name needs drop = true");
  }
}

function checkMetric(facts: Facts): void {
  facts.lasts("max_idle_duration", "1s");
  if (facts.name !== "metric.counter") return;
  if (facts.isTrue("match_all")) facts.atMostOne("match_all", "value");
  if (
    facts.isTrue("count_entry_bytes") &&
    (facts.literal("match_all", false) === false || facts.text("action") === "inc")
  ) {
    facts.report("count_entry_bytes", 'count_entry_bytes needs match_all = true and action = "add"');
  }
}
