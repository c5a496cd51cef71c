export { AlloyConfigMap, type AlloyConfigMapProps } from "./alloy-config-map";
export { AlloyWorkload, type AlloyWorkloadProps } from "./alloy-workload";
export { alloyChart, type ChartVersion } from "./chart/chart-version";
export { RenderStore } from "./chart/render-store";
export { HelmRender, type HelmRenderProps } from "./rendered/helm-render";
export type { RenderedContainer } from "./rendered/rendered-container";
export type { RenderedDaemonSet } from "./rendered/rendered-daemon-set";
export type { RenderedObject } from "./rendered/rendered-object";
export { ChartError, WorkloadError } from "./workload-error";
