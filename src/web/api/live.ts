/**
 * `GET /api/v1/live`: server-sent events. Each `event:` is one of the names below, its `data:` the JSON of that shape.
 * After a break the browser connects again by itself, and gets `hello` again: then what is on the page is asked for anew.
 */
import * as z from "zod";
import { count, sessionId } from "./basics.ts";
import { sessionSummary, turn } from "./session.ts";

export const liveQuery = z.strictObject({
	session: sessionId.optional().meta({ description: "Tell of this session's turns too" }),
});
export type LiveQuery = z.output<typeof liveQuery>;

export const liveEvents = {
	/** First of all. */
	hello: z.object({ running: z.array(sessionSummary).readonly() }).meta({ id: "LiveHello" }),
	/** A session is new, or it changed: status, title, number of turns, cost. */
	session: z.object({ session: sessionSummary }).meta({ id: "LiveSession" }),
	deleted: z.object({ id: sessionId }).meta({ id: "LiveDeleted" }),
	/** A turn of the watched session is new, or it changed: it replaces the one with its `seq`. */
	turn: z.object({ sessionId, turn }).meta({ id: "LiveTurn" }),
	/** The person took the prompt back: the turn never was. */
	withdrawn: z.object({ sessionId, seq: count }).meta({ id: "LiveWithdrawn" }),
	/** Too much changed at once to tell (an import): ask for everything on the page anew. */
	reload: z.object({}).meta({ id: "LiveReload" }),
} as const;
export type LiveEventName = keyof typeof liveEvents;
export type LiveEvent = {
	[Name in LiveEventName]: { readonly event: Name; readonly data: z.output<(typeof liveEvents)[Name]> };
}[LiveEventName];
