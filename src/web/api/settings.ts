/** What the page has to know before it shows anything; and sharing with a team. */
import * as z from "zod";
import { word } from "./basics.ts";

export const settingsAnswer = z
	.object({
		version: z.string(),
		source: z.enum(["local", "team"]).meta({ description: "This machine's database, or the team's project" }),
		privacyMode: z.string(),
		can: z.object({
			delete: z.boolean(),
			share: z.boolean().meta({ description: "A project is set and somebody is signed in" }),
			analytics: z.boolean(),
			insights: z.boolean(),
			replay: z.boolean(),
		}),
		searches: z
			.enum(["everything", "prompts"])
			.meta({ description: "What a search looks through: a team's project has no index of the rest" }),
		isEmpty: z.boolean().meta({ description: "Nothing has been recorded yet: teach what to run" }),
		timeZone: z.string().meta({ description: "Of the days in analytics" }),
		project: z.object({ url: z.string(), account: z.string().exactOptional() }).exactOptional(),
	})
	.meta({ id: "SettingsAnswer" });
export type SettingsAnswer = z.output<typeof settingsAnswer>;

const team = z.object({ id: z.string(), name: z.string() });
export const teamsAnswer = z.object({ teams: z.array(team).readonly() }).meta({ id: "TeamsAnswer" });
export type TeamsAnswer = z.output<typeof teamsAnswer>;

/** With whom a session is shared by a rule of its own; rules for directories and repositories come on top. */
export const shareAnswer = z
	.object({
		rule: z
			.discriminatedUnion("kind", [
				z.object({ kind: z.literal("team"), teamId: z.string() }),
				z.object({ kind: z.literal("private") }),
				z.object({ kind: z.literal("none") }),
			])
			.meta({ description: "none: wider rules decide, and without one it is private" }),
	})
	.meta({ id: "ShareAnswer" });
export type ShareAnswer = z.output<typeof shareAnswer>;

/** It takes effect with the next sync. */
export const shareBody = z.strictObject({
	rule: z.discriminatedUnion("kind", [
		z.strictObject({ kind: z.literal("team"), teamId: word.min(1) }),
		z.strictObject({ kind: z.literal("private") }),
		z.strictObject({ kind: z.literal("none") }),
	]),
});
export type ShareBody = z.output<typeof shareBody>;
