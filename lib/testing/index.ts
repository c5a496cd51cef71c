export {
  type Attributes,
  type AttributeValue,
  type Data,
  type DataPoint,
  isEmpty,
  type Labels,
  type LogLine,
  type LogRecord,
  nothing,
  type Sample,
  type Span,
} from "./data";
export { EngineMissing } from "./engine";
export {
  type Config,
  type Entrance,
  type Input,
  type Stage,
  type Step,
  type Surroundings,
  Trace,
  TraceError,
  trace,
} from "./trace";
