import { type App, Chart } from "cdk8s";
import type { Environment } from "./environment";
import { AistorePipeline } from "./pipeline";
import { AlloyConfigMap, AlloyWorkload } from "./workload";

/** Everything that runs Alloy on the nodes of one environment: its config, and the workload that the config requires. */
export class AlloyAgent extends Chart {
  /**
   * @throws AggregateError of SettingErrors where a chart value is wrong or its render is not recorded.
   */
  constructor(scope: App, environment: Environment) {
    super(scope, environment.name);
    const config = new AistorePipeline(this, "config", environment);
    new AlloyConfigMap(this, "config-map", { text: config.toString() });
    new AlloyWorkload(this, "workload", {
      requirements: config.requirements,
      hostNetwork: environment.hostNetwork,
      exposeUi: environment.ui.expose,
      ...(environment.ui.port !== undefined && { uiPort: environment.ui.port }),
      ...(environment.reloaderAddress !== undefined && { reloaderAddress: environment.reloaderAddress }),
      maxUnavailable: environment.maxUnavailable,
      chartValues: environment.chartValues,
      ...(environment.resources && { resources: environment.resources }),
    });
  }
}
