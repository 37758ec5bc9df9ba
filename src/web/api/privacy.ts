/** What is masked, and trying it out. */
import * as z from "zod";
import { count } from "./basics.ts";

const LONGEST_TRIED_CHARS = 200_000;
const level = z.string();
export const privacyMode = z.enum(["minimal", "moderate", "strict"]);

export const patternsAnswer = z
	.object({
		mode: z.string().meta({ description: "What the recorder masks with: minimal, moderate or strict" }),
		patterns: z
			.array(
				z.object({
					id: z.string(),
					level,
					description: z.string(),
					origin: z.string().meta({ description: "Where it comes from: built in, or a file of one's own" }),
					reference: z.string().exactOptional(),
					isActive: z.boolean().meta({ description: "Whether today's mode applies it" }),
					masked: count.meta({ description: "How often it masked something, in all sessions that are kept" }),
				}),
			)
			.readonly(),
	})
	.meta({ id: "PatternsAnswer" });
export type PatternsAnswer = z.output<typeof patternsAnswer>;

/** The text is masked in memory. It is not stored, not logged, and sent nowhere. */
export const tryBody = z.strictObject({
	text: z.string().max(LONGEST_TRIED_CHARS),
	mode: privacyMode.optional(),
});
export type TryBody = z.output<typeof tryBody>;

export const tryAnswer = z
	.object({
		masked: z.string(),
		spans: z
			.array(z.object({ start: count, end: count, rule: z.string(), level }))
			.readonly()
			.meta({
				description: "Where secrets were in the text that was sent, in UTF-16 units, the end exclusive",
			}),
		counts: z.record(z.string(), count),
	})
	.meta({ id: "TryAnswer" });
export type TryAnswer = z.output<typeof tryAnswer>;
