import type { AlloyAgent } from "../alloy-agent";
import type { Environment } from "../environment";
import { deliveryOf } from "./delivery";
import { plain } from "./markdown";
import { mermaidOf } from "./mermaid";
import { privilegesOf } from "./privileges";
import { summaryOf } from "./summary";

/**
 * What an operator wants to know of an environment: what goes where, with pictures, and what the agent may do.
 *
 * @param picture the file of the picture beside the page
 */
export function pageOf(environment: Environment, agent: AlloyAgent, picture: string): string {
  const { name } = environment;
  const { config, workload } = agent;
  return [
    `# ${plain(name)}`,
    `<!-- Generated from environments/${name}.yaml: change that file, not this one. -->`,
    summaryOf(environment, config),
    deliveryOf(environment),
    "## Pipeline",
    `[![The pipeline of ${plain(name)}](${picture})](${picture})`,
    "Every component by itself:",
    `\`\`\`mermaid\n${mermaidOf(config)}\n\`\`\``,
    privilegesOf(environment, config, workload),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}
