/** The types of the API for the page: importing them brings no code along. */
export type * from "./analytics.ts";
export type * from "./basics.ts";
export type * from "./insights.ts";
export type * from "./live.ts";
export type * from "./privacy.ts";
export type * from "./search.ts";
export type * from "./session.ts";
export type * from "./session-list.ts";
export type * from "./session-routes.ts";
export type * from "./settings.ts";
export type * from "./status.ts";
