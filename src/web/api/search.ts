/** Full-text search over all sessions. */
import * as z from "zod";
import { count, milliseconds, sessionId, time, word } from "./basics.ts";
import { sessionStatus } from "./session.ts";
import { sessionFilterFields } from "./session-list.ts";

export const SEARCH_HITS = 50;
export const MOST_SEARCH_HITS = 200;

export const snippet = z
	.object({
		text: z.string().meta({ description: "One line" }),
		highlights: z
			.array(z.tuple([count, count]).readonly())
			.readonly()
			.meta({ description: "Start and end of each match in the text, in UTF-16 units, the end exclusive" }),
	})
	.meta({ id: "Snippet" });

export const searchQuery = z.strictObject({
	...sessionFilterFields,
	q: word.min(1).meta({
		description: 'Words in any order; "in quotes" a phrase; the last word also matches as a beginning',
	}),
	limit: z.coerce.number().int().min(1).max(MOST_SEARCH_HITS).default(SEARCH_HITS),
});
export type SearchQuery = z.output<typeof searchQuery>;

export const searchHit = z
	.object({
		sessionId,
		turn: count,
		kind: z.enum(["prompt", "assistant", "thinking", "tool", "permission", "notice"]),
		name: z.string().exactOptional().meta({ description: "Of the tool" }),
		at: time.meta({ description: "When the turn started" }),
		snippet,
		score: z.number().meta({ description: "Higher is better; comparable within one answer only" }),
		fromMs: milliseconds.exactOptional().meta({ description: "Where its turn begins in the recording" }),
		title: z.string().exactOptional().meta({ description: "Of the session, or its first prompt" }),
		cwd: z.string(),
		sessionStartedAt: time,
		sessionStatus,
	})
	.meta({ id: "SearchHit" });
export type ApiSearchHit = z.output<typeof searchHit>;

export const searchAnswer = z
	.object({
		hits: z.array(searchHit).readonly().meta({ description: "Best match first" }),
		isCut: z.boolean().meta({
			description: "There may be more: of words that stand in very many places the newest are ranked",
		}),
	})
	.meta({ id: "SearchAnswer" });
export type SearchAnswer = z.output<typeof searchAnswer>;
