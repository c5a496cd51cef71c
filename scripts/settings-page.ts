import { type SettingRow, settingRows } from "../lib/environment";

/** The pages of settings: those of destinations have one of their own. */
const paths = { all: "docs/settings.md", destinations: "docs/destination-settings.md" } as const;

const mark =
  "<!-- Generated from the settings' definitions in lib/environment by npm run generate:settings: change them, not this page. -->";

const head = `# Settings

${mark}

An environment is a file of these settings. The names are those of the values files that operators have had so far: such
a file can be pasted in; \`container_runtime\` and \`host_network\` stood beside it. A key with nothing after it is unset.
All that is not here is a value of the Grafana Alloy chart: see [chart.md](chart.md#chart-values).

Where data goes is said by \`local\`, \`remote\` and \`destinations\`: see [their settings](destination-settings.md).
`;

const destinationsHead = `# Settings of destinations

${mark}

A destination exists when one of its URLs is set. A signal goes to each destination that has a URL for it. What goes
nowhere is not read. The remote gets the logs of the AIStore namespaces, of \`kube-system\`, \`ais-operator-system\` and the
agent's own; every other destination gets all logs, or those of its \`log_namespaces\`. All other settings are in
[settings.md](settings.md).
`;

/** Where destinations are: what each of them has is told once. */
const destinations = ["local", "remote", "destinations.<name>"];

/**
 * The pages of settings, by their paths: of each a section for each setting at the top of a file with some below it, and one
 * for the rest.
 */
export function settingsPages(): ReadonlyMap<string, string> {
  const rows = settingRows();
  const shared = new Set(rows.filter((row) => isShared(row, rows)).map((row) => row.key.join(".")));
  const own = rows.filter(({ key }) => !shared.has(key.join(".")));
  const names = [...new Set(own.map(({ key: [name = ""] }) => name))];
  const isDestination = (name: string) => destinations.some((one) => one.split(".")[0] === name);
  const groupOf = (name: string) => own.filter(({ key }) => key[0] === name);
  const groups = names.filter((name) => !isDestination(name)).map(groupOf);
  // A setting with only one below it gets no section: both are lines among the single settings.
  const single = groups.filter(({ length }) => length <= 2).flat();
  const ofAny = rows
    .filter(({ key }) => shared.has(key.join(".")) && key[0] === "local")
    .map((row) => ({ ...row, key: ["…", ...row.key.slice(1)] }));
  const intro = ["What `local`, `remote` and each of `destinations` have alike."];
  return new Map([
    [paths.all, page(head, sectionOf("Single settings", [], single), ...groups.flatMap(sectionsOf))],
    [
      paths.destinations,
      page(
        destinationsHead,
        ...names.filter(isDestination).map(groupOf).flatMap(sectionsOf),
        sectionOf("Any destination", intro, ofAny),
      ),
    ],
  ]);
}

function page(head: string, ...sections: readonly string[]): string {
  return `${head}\n${sections.join("\n")}`;
}

/** The section of a setting with some below it. */
function sectionsOf([first, ...below]: readonly SettingRow[]): readonly string[] {
  return first === undefined || below.length <= 1 ? [] : [sectionOf(nameOf(first), linesOf(first), below)];
}

/** Whether all destinations have the setting, in the same words. */
function isShared(row: SettingRow, rows: readonly SettingRow[]): boolean {
  const name = row.key.join(".");
  const place = destinations.find((one) => name.startsWith(`${one}.`));
  if (place === undefined) return false;
  const words = linesOf(row).join();
  return destinations.every((other) =>
    rows.some(({ key, ...rest }) => {
      const same = key.join(".") === `${other}${name.slice(place.length)}`;
      return same && linesOf({ key, ...rest }).join() === words;
    }),
  );
}

function sectionOf(title: string, intro: readonly string[], below: readonly SettingRow[]): string {
  const lines = [`## ${title}`, "", ...intro, ...(intro.length > 0 && below.length > 0 ? [""] : [])];
  for (const row of below) lines.push(`- ${nameOf(row)}: ${linesOf(row).join(" ")}`);
  return `${lines.join("\n").trimEnd()}\n`;
}

/** \`resources.limits.cpu\`; of a list \`aistore[].name\`, of what an operator names \`destinations.<name>.auth\`. */
function nameOf({ key, when }: SettingRow): string {
  return `\`${key.join(".").replaceAll(".[]", "[]")}\`${when === undefined ? "" : ` (${when})`}`;
}

function linesOf({ description, value, unset, example }: SettingRow): readonly string[] {
  return [
    description,
    ...(value === undefined ? [] : [`Value: ${value}.`]),
    ...(unset === undefined ? [] : [`Default: ${unset}.`]),
    ...(example === undefined ? [] : [`Example: \`${example}\`.`]),
  ];
}
