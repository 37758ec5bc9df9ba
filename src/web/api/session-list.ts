/** The list of sessions: what narrows it, in which order it comes, and how many there are of what. */
import * as z from "zod";
import { count, cursor, limit, milliseconds, moment, PAGE_ENTRIES, words } from "./basics.ts";
import { sessionStatus, sessionSummary } from "./session.ts";

export const FACETS = ["project", "branch", "agent", "agentVersion", "status", "model"] as const;
export type Facet = (typeof FACETS)[number];

export const SORTS = ["startedAt", "durationMs", "turns", "tools", "tokens", "costUsd", "masked"] as const;
export type Sort = (typeof SORTS)[number];

/** Values of one name are alternatives; names narrow one another. An empty value means: where it is unknown. */
export const sessionFilterFields = {
	project: words.optional().meta({ description: "In this directory or below it, as `cwd` spells it" }),
	branch: words.optional(),
	agent: words.optional(),
	agentVersion: words.optional(),
	status: z
		.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(sessionStatus).max(4))
		.optional(),
	model: words.optional(),
	since: moment.optional().meta({ description: "Started at or after" }),
	until: moment.optional().meta({ description: "Started before" }),
} as const;
const sessionFilter = z.strictObject(sessionFilterFields);
export type SessionFilterQuery = z.output<typeof sessionFilter>;

export const sessionsQuery = z.strictObject({
	...sessionFilterFields,
	sort: z.enum(SORTS).default("startedAt"),
	order: z.enum(["desc", "asc"]).default("desc"),
	limit: limit.default(PAGE_ENTRIES),
	cursor: cursor.optional(),
	offset: z.coerce.number().int().min(0).optional().meta({
		description: "For a scroll bar that jumps, instead of `cursor`: what begins meanwhile moves the pages",
	}),
});
export type SessionsQuery = z.output<typeof sessionsQuery>;

export const sessionsAnswer = z
	.object({
		sessions: z.array(sessionSummary).readonly(),
		total: count.meta({ description: "How many fit" }),
		offset: count.meta({ description: "How many stand before the first of these" }),
		nextCursor: z.string().exactOptional().meta({ description: "Absent: these are the last" }),
	})
	.meta({ id: "SessionsAnswer" });
export type SessionsAnswer = z.output<typeof sessionsAnswer>;

export const facetsQuery = sessionFilter;

const facetValue = z.object({
	value: z.string().meta({ description: "Empty: where it is unknown" }),
	sessions: count,
});
/** Each counts the sessions that fit all filters but its own, the most frequent values first. */
export const facetsAnswer = z
	.object({
		totals: z.object({
			sessions: count,
			turns: count,
			tools: count.exactOptional().meta({ description: "Absent: not counted" }),
			tokens: count,
			costUsd: z.number(),
			masked: count,
			durationMs: milliseconds,
			running: count,
		}),
		facets: z.record(
			z.enum(FACETS),
			z.object({
				values: z.array(facetValue).readonly(),
				more: count.meta({ description: "Values beyond these" }),
			}),
		),
	})
	.meta({ id: "FacetsAnswer" });
export type FacetsAnswer = z.output<typeof facetsAnswer>;
