import { App } from "cdk8s";
import type { Environment } from "../environment";
import { AistorePipeline } from "../pipeline";
import { chainsOf } from "./chains";
import { pageOf } from "./page";
import { svgOf } from "./svg/svg";

/** The page and the picture of each environment, by the names of their files. */
export function pagesOf(environments: readonly Environment[]): ReadonlyMap<string, string> {
  return new Map(
    environments.flatMap((environment) => {
      const { name } = environment;
      const config = new AistorePipeline(new App(), "config", environment);
      const picture = `${name}.svg`;
      return [
        [`${name}.md`, pageOf(environment, config, picture)] as const,
        [picture, svgOf(chainsOf(config), `Alloy pipeline of ${name}`)] as const,
      ];
    }),
  );
}
