export { pagesOf } from "./page";
