/** What a model says of one session. */
import * as z from "zod";

/** Changes with every change of the request or of the answer's shape: kept readings of another version are not used. */
export const READING_VERSION = 1;

const SENTENCE_CHARS = 400;
const MOST_FRICTIONS = 6;

export const OUTCOMES = ["achieved", "partly", "failed", "unclear"] as const;
export const SATISFACTIONS = ["pleased", "neutral", "frustrated", "unknown"] as const;

export const sessionReadingSchema = z.object({
	goal: z.string().min(1).max(SENTENCE_CHARS),
	outcome: z.enum(OUTCOMES),
	friction: z
		.array(z.object({ turn: z.number().int(), what: z.string().min(1).max(SENTENCE_CHARS) }))
		.max(MOST_FRICTIONS),
	satisfaction: z.enum(SATISFACTIONS),
});

export type SessionReading = z.infer<typeof sessionReadingSchema>;
