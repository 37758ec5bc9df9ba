/** The API's own types: they bring no code along. */
export type * from "../../../src/web/api/types.ts";
