import { App } from "cdk8s";
import { AlloyAgent } from "../alloy-agent";
import type { Environment } from "../environment";
import { chainsOf } from "./chains";
import { pageOf } from "./page";
import { svgOf } from "./svg/svg";

/**
 * The page and the picture of each environment, by the names of their files.
 *
 * @throws AggregateError of SettingErrors where a chart value is wrong or its render is not recorded
 */
export function pagesOf(environments: readonly Environment[]): ReadonlyMap<string, string> {
  return new Map(
    environments.flatMap((environment) => {
      const { name } = environment;
      const agent = new AlloyAgent(new App(), environment);
      const picture = `${name}.svg`;
      return [
        [`${name}.md`, pageOf(environment, agent, picture)] as const,
        [picture, svgOf(chainsOf(agent.config), `Alloy pipeline of ${name}`)] as const,
      ];
    }),
  );
}
