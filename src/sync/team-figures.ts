/** What a team did, added up by the project under the rights of whoever asks. */
import type { SupabaseClient } from "@supabase/supabase-js";
import * as z from "zod";
import { check } from "./project-answer.ts";

const used = { sessions: z.number(), turns: z.number(), tokens: z.number(), cost_usd: z.number() };

const figuresSchema = z.object({
	names_in_reports: z.boolean(),
	totals: z.object({
		...used,
		people: z.number(),
		failed_sessions: z.number(),
		lost_sessions: z.number(),
		interrupted: z.number(),
		tool_calls: z.number(),
		tool_failures: z.number(),
	}),
	days: z.array(z.object({ ...used, day: z.string() })),
	projects: z.array(z.object({ ...used, cwd: z.string() })),
	tools: z.array(
		z.object({
			name: z.string().nullable(),
			calls: z.number(),
			failures: z.number(),
			refusals: z.number(),
		}),
	),
	/** Empty where the team's setting names nobody. */
	people: z.array(z.object({ ...used, person: z.string().nullable() })),
});

export type TeamFigures = z.output<typeof figuresSchema>;

export interface TeamRange {
	readonly since: Date;
	/** The first moment that counts no more. */
	readonly until: Date;
	/** Whose calendar a day is on, as IANA names it. */
	readonly zone: string;
}

export async function readTeamFigures(
	client: SupabaseClient,
	team: string,
	{ since, until, zone }: TeamRange,
): Promise<TeamFigures> {
	const asked = { team, since: since.toISOString(), until: until.toISOString(), zone };
	return figuresSchema.parse(check(await client.rpc("team_figures", asked)));
}
