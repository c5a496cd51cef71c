import { RootConstruct } from "constructs";
import { AlloyConfig, type AlloyConfigProps } from "../../lib/alloy";

/** A config without components, of which what has no effect is a mistake too. */
export function newConfig(props?: AlloyConfigProps): AlloyConfig {
  return new AlloyConfig(new RootConstruct(), "config", { strict: true, ...props });
}

/** What validation finds in a config, each after the path of the construct that found it. */
export function mistakesIn(config: AlloyConfig): readonly string[] {
  return config.node
    .findAll()
    .flatMap(({ node }) => node.validate().map((message) => `${node.path}: ${message}`));
}
