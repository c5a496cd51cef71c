export { download, type OpenChart, openChart, readArchive } from "./render/archive";
export { helmVersion, startRender } from "./render/helm";
export {
  canonicalJson,
  cloneMap,
  copyJson,
  copyMap,
  isJsonMap,
  type Json,
  type JsonMap,
  jsonAt,
  kubernetesTags,
  type Manifest,
  manifestOf,
  mapAt,
  mapsAt,
  parseManifests,
  textsAt,
} from "./render/manifest";
export {
  agentContainer,
  ChartError,
  defaultConfigMapKey,
  defaultConfigMapName,
  goMemoryShare,
  nameBeyondNamespace,
  type PodSecurityLevel,
  podSecurityLevels,
  RefusedValuesError,
  reloaderContainer,
  secretPlaceholdersName,
  uiPortName,
  usualUiPort,
  WorkloadError,
} from "./render/names";
export {
  alloyChart,
  type ChartRelease,
  type ChartSchema,
  type ChartVersion,
  chartSchema,
  chartTitle,
  defaultChartVersion,
  type ImageDigests,
  newestFirst,
  type PinnedVersions,
  pinnedChartVersions,
} from "./render/pins";
export {
  findRender,
  formatRecord,
  type RenderInput,
  RenderStore,
  renderKey,
  UnrecordedRenderError,
} from "./render/renders";
export {
  type ChartSource,
  chartSource,
  indexedVersions,
  noDownload,
  noSuchVersion,
  shownLocation,
} from "./render/source";
export { isRefusedValue } from "./values/allowed";
export {
  type AlloyRenderOptions,
  alloyRenderInput,
  type ChartValues,
  firstKey,
  givesImage,
  isPlaced,
  placedValues,
} from "./values/chart-values";
export { chartPlacesOf, checkAllowedValues, checkChartValues } from "./values/check";
export type { Resources } from "./values/container";
export { takenSchema } from "./values/taken";
export { type Part, type Touch, touches } from "./values/touches";
