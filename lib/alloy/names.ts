/**
 * The TypeScript name of an Alloy argument or block: its words in camel case (`forward_to` is `forwardTo`,
 * `cloud.account.id` is `cloudAccountId`).
 */
export function propertyName(alloyName: string): string {
  return alloyName.replace(/[._]+(.)/g, (_, first: string) => first.toUpperCase());
}

/** The Alloy name that a TypeScript name stands for, where a program makes it up (`forwardTo` is `forward_to`). */
export function alloyName(propertyName: string): string {
  return propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The TypeScript class of an Alloy component (`prometheus.exporter.unix` is `PrometheusExporterUnix`). */
export function className(alloyName: string): string {
  return propertyName(`_${alloyName}`);
}
