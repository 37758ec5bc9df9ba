/** What is asked of one session, and what is answered. */
import * as z from "zod";
import { count, flag, seq, sessionId, word } from "./basics.ts";
import { snippet } from "./search.ts";
import { sessionHead, turn, turnOutline } from "./session.ts";

export const sessionParams = z.strictObject({ id: sessionId });
export const turnParams = z.strictObject({ id: sessionId, seq });

export const sessionAnswer = z.object({ session: sessionHead }).meta({ id: "SessionAnswer" });
export type SessionAnswer = z.output<typeof sessionAnswer>;

export const outlineAnswer = z
	.object({ turns: z.array(turnOutline).readonly(), revision: count })
	.meta({ id: "OutlineAnswer" });
export type OutlineAnswer = z.output<typeof outlineAnswer>;

export const MOST_TURNS = 200;
export const TURN_PAGE = 50;

/** `after` and `before` are exclusive; `before` alone gives the last ones before it. Neither: from the beginning. */
export const turnsQuery = z.strictObject({
	after: seq.optional(),
	before: seq.optional(),
	limit: z.coerce.number().int().min(1).max(MOST_TURNS).default(TURN_PAGE),
	full: flag.default(false).meta({ description: "Do not cut long texts" }),
});
export type TurnsQuery = z.output<typeof turnsQuery>;

export const turnsAnswer = z
	.object({
		turns: z.array(turn).readonly().meta({ description: "In their order" }),
		total: count.meta({ description: "Of the whole session" }),
		hasBefore: z.boolean(),
		hasAfter: z.boolean(),
	})
	.meta({ id: "TurnsAnswer" });
export type TurnsAnswer = z.output<typeof turnsAnswer>;

export const turnAnswer = z.object({ turn }).meta({ id: "TurnAnswer" });
export type TurnAnswer = z.output<typeof turnAnswer>;

export const findQuery = z.strictObject({
	q: word.min(1).meta({ description: "Found as it is written, whatever its case" }),
});
export type FindQuery = z.output<typeof findQuery>;

export const place = z.enum(["prompt", "text", "name", "input", "output"]);
export const findAnswer = z
	.object({
		places: z
			.array(
				z.object({
					turn: count,
					item: count.exactOptional().meta({
						description:
							"Index among the turn's items, counted flat: what a subagent did behind its call. Absent: the prompt",
					}),
					place,
					matches: count,
					snippet,
				}),
			)
			.readonly(),
		matches: count,
		isCut: z.boolean().meta({ description: "There are more than these" }),
	})
	.meta({ id: "FindAnswer" });
export type FindAnswer = z.output<typeof findAnswer>;

export const EXPORT_FORMATS = ["json", "markdown", "html", "text"] as const;
export const exportQuery = z.strictObject({ format: z.enum(EXPORT_FORMATS) });
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const deleteAnswer = z
	.object({
		deleted: z.literal(true),
		wiped: z
			.boolean()
			.meta({ description: "False: another process still reads old pages; their bytes go when it closes" }),
	})
	.meta({ id: "DeleteAnswer" });
export type DeleteAnswer = z.output<typeof deleteAnswer>;
