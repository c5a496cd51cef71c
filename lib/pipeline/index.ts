export { AistorePipeline } from "./aistore-pipeline";
