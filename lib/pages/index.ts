export { pagesOf } from "./pages";
