/** A finding: what to do better, on what evidence. The same shape whether it was computed or read by a model. */
import * as z from "zod";

export const SUGGESTION_KINDS = ["claude-md", "allow-rule", "prompt", "habit"] as const;

/** Longer texts are no advice; a model that writes them is asked again. */
const TITLE_CHARS = 160;
const TEXT_CHARS = 2000;
const MOST_FINDINGS = 12;
const MOST_EVIDENCE = 8;

const title = z.string().min(1).max(TITLE_CHARS);
const text = z.string().min(1).max(TEXT_CHARS);

export const suggestionSchema = z.object({
	kind: z.enum(SUGGESTION_KINDS),
	/** A line for CLAUDE.md, a rule for the settings, a prompt to use again, a habit in a sentence. */
	text,
});

export const CONFIDENCES = ["low", "medium", "high"] as const;

/** As a model gives it: sessions by the short names it was given them under. */
export const findingSchema = z.object({
	title,
	detail: text,
	evidence: z
		.array(z.object({ session: z.string().max(16), turn: z.number().int().nullable() }))
		.max(MOST_EVIDENCE),
	suggestion: suggestionSchema,
	effect: title,
	confidence: z.enum(CONFIDENCES),
});

export const findingsSchema = z.object({ findings: z.array(findingSchema).max(MOST_FINDINGS) });

export interface Evidence {
	readonly sessionId: string;
	readonly turnSeq?: number;
}

export interface Finding {
	readonly title: string;
	readonly detail: string;
	readonly evidence: readonly Evidence[];
	readonly suggestion: z.infer<typeof suggestionSchema>;
	/** What would change. */
	readonly effect: string;
	readonly confidence: (typeof CONFIDENCES)[number];
	/** `computed` from figures, or read by a model. */
	readonly by: "computed" | "model";
}
