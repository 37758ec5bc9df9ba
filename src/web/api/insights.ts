/** What to do better: findings by rules over figures, and what a model found the last time it was asked. */
import * as z from "zod";
import { range } from "./analytics.ts";
import { count, moment, sessionId, time, words } from "./basics.ts";

/** `until` is exclusive. */
export const insightsQuery = z.strictObject({
	since: moment,
	until: moment,
	project: words.optional().meta({ description: "In this directory or below it" }),
});
export type InsightsQuery = z.output<typeof insightsQuery>;

const evidence = z.object({
	sessionId,
	turn: count.exactOptional(),
	title: z.string().exactOptional().meta({ description: "Of the session, or its first prompt" }),
	startedAt: time.exactOptional().meta({ description: "Absent: the session was deleted since" }),
});

export const finding = z
	.object({
		title: z.string(),
		detail: z.string(),
		evidence: z.array(evidence).readonly(),
		suggestion: z.object({
			kind: z.enum(["claude-md", "allow-rule", "prompt", "habit"]),
			text: z
				.string()
				.meta({ description: "A line for CLAUDE.md, a rule for the settings, a prompt, a habit" }),
		}),
		effect: z.string().meta({ description: "What would change" }),
		confidence: z.enum(["low", "medium", "high"]),
		by: z.enum(["computed", "model"]).meta({ description: "By rules over figures, or read by a model" }),
	})
	.meta({ id: "Finding" });
export type ApiFinding = z.output<typeof finding>;

export const insightsAnswer = z
	.object({
		range,
		pending: count.meta({
			description: "Sessions that are not counted yet: they are being counted. Ask again",
		}),
		computed: z.array(finding).readonly().meta({ description: "Of the range; no model was asked" }),
		lastRun: z
			.object({
				at: time,
				firstDay: z.iso.date(),
				lastDay: z.iso.date(),
				model: z.string(),
				project: z.string().exactOptional().meta({ description: "Absent: all" }),
				findings: z.array(finding).readonly().meta({ description: "What the model found" }),
			})
			.exactOptional()
			.meta({
				description: "Of `ctrace insights` with a model, whatever range it was about; absent: there was none",
			}),
		run: z.object({
			hasKey: z.boolean().meta({ description: "Whether a model can be asked" }),
			model: z.string(),
			words: z.array(z.string()).readonly().meta({
				description: "The command that asks it about this range: it costs money, so a person starts it",
			}),
		}),
	})
	.meta({ id: "InsightsAnswer" });
export type InsightsAnswer = z.output<typeof insightsAnswer>;
