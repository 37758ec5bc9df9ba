/** Teams of the project, through its functions. */
import type { SupabaseClient } from "@supabase/supabase-js";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import { check } from "./project-answer.ts";
import { readTeamFigures, type TeamFigures, type TeamRange } from "./team-figures.ts";

export const ROLES = ["owner", "admin", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const roleSchema = z.enum(ROLES);
const teamSchema = z.object({ id: z.string(), name: z.string() });
const memberSchema = z.object({
	team_id: z.string(),
	user_id: z.string(),
	role: roleSchema,
	email: z.string().nullable(),
});
const joinedSchema = z.object({ team_id: z.string(), name: z.string(), role: roleSchema });

export interface Team {
	readonly id: string;
	readonly name: string;
	readonly members: readonly Member[];
}

export interface Member {
	readonly userId: string;
	readonly email: string;
	readonly role: Role;
}

export interface Teams {
	list(): Promise<readonly Team[]>;
	create(name: string): Promise<string>;
	/** Gives the code to join with. */
	invite(teamId: string, email: string, role: Role): Promise<string>;
	join(code: string): Promise<{ readonly id: string; readonly name: string; readonly role: Role }>;
	leave(teamId: string): Promise<void>;
	setRole(teamId: string, userId: string, role: Role): Promise<void>;
	remove(teamId: string, userId: string): Promise<void>;
	/** Of what its members shared with it. */
	figures(teamId: string, range: TeamRange): Promise<TeamFigures>;
	/** Whether reports may say who did what. */
	setNames(teamId: string, isAllowed: boolean): Promise<void>;
}

export function createTeams(client: SupabaseClient): Teams {
	const call = async (name: string, args: object): Promise<unknown> => check(await client.rpc(name, args));
	return {
		list: async () => {
			const teams = z
				.array(teamSchema)
				.parse(check(await client.from("teams").select("id, name").order("name")));
			const members = z
				.array(memberSchema)
				.parse(
					check(await client.from("members").select("team_id, user_id, role, email").order("joined_at")),
				);
			return teams.map((team) => ({
				...team,
				members: members
					.filter(({ team_id }) => team_id === team.id)
					.map(({ user_id, role, email }) => ({ userId: user_id, role, email: email ?? "" })),
			}));
		},
		create: async (name) => z.string().parse(await call("create_team", { team_name: name })),
		invite: async (team, email, role) =>
			z.string().parse(await call("invite_to_team", { team, invited_email: email, invited_role: role })),
		join: async (code) => {
			const { team_id, name, role } = joinedSchema.parse(await call("join_team", { code }));
			return { id: team_id, name, role };
		},
		leave: async (team) => void (await call("leave_team", { team })),
		setRole: async (team, member, role) =>
			void (await call("set_member_role", { team, member, new_role: role })),
		remove: async (team, member) => void (await call("remove_member", { team, member })),
		figures: (team, range) => readTeamFigures(client, team, range),
		setNames: async (team, allowed) => void (await call("set_names_in_reports", { team, allowed })),
	};
}

/** By name or id; the only one when none is named. Throws `not-found`, `ambiguous`. */
export function findTeam(teams: readonly Team[], wanted: string | undefined): Team {
	const found =
		wanted === undefined
			? teams
			: teams.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
	const [team, ...others] = found;
	if (team !== undefined && others.length === 0) return team;
	if (team === undefined)
		throw new CtraceError(
			"not-found",
			wanted === undefined ? "you are in no team" : `you are in no team called ${JSON.stringify(wanted)}`,
			{
				hint: "Make one: ctrace team create NAME. See yours: ctrace team members",
			},
		);
	throw new CtraceError("ambiguous", "you are in more than one team", {
		hint: `Say which, with --team:\n${found.map(({ id, name }) => `  ${name}  ${id}`).join("\n")}`,
	});
}
