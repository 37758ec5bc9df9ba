import { CtraceError } from "../../core/errors.ts";
import type { Role, Team, Teams } from "../../sync/teams.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { oneLine } from "../text/fit.ts";

const TEAM_OPTION = {
	name: "team",
	value: "TEAM",
	summary: "Name or id; needed when you are in several",
} as const;
const ROLES = ["viewer", "member", "admin"] as const;

export async function loadTeams(context: CliContext): Promise<Teams> {
	return (await context.loadSync()).teams();
}

/** The one that `--team` names, or the only one. */
export async function chooseTeam(teams: Teams, args: CommandArguments): Promise<Team> {
	const { findTeam } = await import("../../sync/teams.ts");
	return findTeam(await teams.list(), args.text("team"));
}

export const teamCreateCommand: Command = {
	path: ["team", "create"],
	operands: "NAME",
	section: "Sync",
	summary: "Make a team; you are its owner",
	examples: [['ctrace team create "Garden"', "then: ctrace team invite EMAIL"]],
	options: [],
	run: async (context, args) => {
		const name = requireOperand(args, "what is the team called? No NAME was given");
		const id = await (await loadTeams(context)).create(name);
		context.stdout.write(`${id}\n`);
		return 0;
	},
};

export const teamInviteCommand: Command = {
	path: ["team", "invite"],
	operands: "EMAIL",
	section: "Sync",
	summary: "Invite somebody; prints the code to join with",
	examples: [
		["ctrace team invite sam@example.com", "as a member, who may share as well"],
		["ctrace team invite sam@example.com --role viewer", "who only looks on"],
	],
	options: [
		{ name: "role", value: "ROLE", choices: ROLES, summary: "viewer, member (the default) or admin" },
		TEAM_OPTION,
	],
	run: async (context, args) => {
		const email = requireOperand(args, "invite whom? No EMAIL was given");
		const teams = await loadTeams(context);
		const team = await chooseTeam(teams, args);
		const code = await teams.invite(team.id, email, (args.text("role") ?? "member") as Role);
		context.stdout.write(`${code}\n`);
		context.stderr.write(
			`Give the code to ${oneLine(email)} alone. It is good for seven days, once: ctrace team join CODE\n`,
		);
		return 0;
	},
};

export const teamJoinCommand: Command = {
	path: ["team", "join"],
	operands: "CODE",
	section: "Sync",
	summary: "Join a team with the code of an invitation",
	examples: [["ctrace team join 8f0c…", "nothing of yours is shared by that"]],
	options: [],
	run: async (context, args) => {
		const code = requireOperand(args, "join with which code? No CODE was given");
		const { name, role } = await (await loadTeams(context)).join(code);
		context.stdout.write(`You are in ${oneLine(name)}, as ${role}.\n`);
		return 0;
	},
};

export const teamLeaveCommand: Command = {
	path: ["team", "leave"],
	operands: "",
	section: "Sync",
	summary: "Leave a team; what you shared becomes private again",
	examples: [["ctrace team leave --team Garden", "with its last member the team goes"]],
	options: [TEAM_OPTION],
	run: async (context, args) => {
		args.atMost(0);
		const teams = await loadTeams(context);
		const team = await chooseTeam(teams, args);
		await teams.leave(team.id);
		forgetRules(context, team.id);
		context.stdout.write(`You have left ${oneLine(team.name)}.\n`);
		return 0;
	},
};

/** A rule for a team that one has left would have every session of it refused. */
function forgetRules(context: CliContext, teamId: string): void {
	using store = context.openStore();
	for (const rule of store.sync.readShareRules())
		if (rule.teamId === teamId) store.sync.setShareRule(rule, undefined);
}

export const teamMembersCommand: Command = {
	path: ["team", "members"],
	operands: "",
	section: "Sync",
	summary: "Your teams and who is in them; change a role",
	examples: [
		["ctrace team members", "all teams you are in"],
		["ctrace team members --set sam@example.com --role admin", "owner, admin, member or viewer"],
		["ctrace team members --remove sam@example.com", "what Sam shared becomes private again"],
	],
	options: [
		{ name: "set", value: "EMAIL", summary: "Give this member the role of --role" },
		{ name: "role", value: "ROLE", choices: ["owner", ...ROLES], summary: "For --set" },
		{ name: "remove", value: "EMAIL", summary: "Take this member out of the team" },
		TEAM_OPTION,
		{ name: "json", summary: "Print JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const teams = await loadTeams(context);
		await changeMember(teams, args);
		const all = await teams.list();
		if (args.has("json")) printJson(context, all);
		else for (const team of all) context.stdout.write(renderTeam(team));
		if (all.length === 0) context.stderr.write("You are in no team. Make one: ctrace team create NAME\n");
		return 0;
	},
};

async function changeMember(teams: Teams, args: CommandArguments): Promise<void> {
	const [set, remove, role] = [args.text("set"), args.text("remove"), args.text("role")];
	if (set === undefined && remove === undefined) return;
	const team = await chooseTeam(teams, args);
	if (remove !== undefined) await teams.remove(team.id, findMember(team, remove));
	if (set === undefined) return;
	if (role === undefined) throw new CtraceError("usage", "--set needs a role: --role member");
	await teams.setRole(team.id, findMember(team, set), role as Role);
}

function findMember(team: Team, email: string): string {
	const member = team.members.find((one) => one.email.toLowerCase() === email.toLowerCase());
	if (member !== undefined) return member.userId;
	throw new CtraceError("not-found", `nobody in ${team.name} has the address ${JSON.stringify(email)}`);
}

function renderTeam({ name, id, members }: Team): string {
	const rows = members.map(({ email, role }) => `  ${role.padEnd(7)} ${oneLine(email)}`);
	return `${oneLine(name)}  ${id}\n${rows.join("\n")}\n`;
}

function requireOperand(args: CommandArguments, missing: string): string {
	const [operand] = args.atMost(1);
	if (operand === undefined || operand.trim() === "") throw new CtraceError("usage", missing);
	return operand;
}

export const teamNamesCommand: Command = {
	path: ["team", "names"],
	operands: "on|off",
	section: "Sync",
	summary: "Let reports of the team say who did what, or not",
	examples: [["ctrace team names on", "owners and admins alone decide; off is where it begins"]],
	options: [TEAM_OPTION],
	completes: ["on", "off"],
	run: async (context, args) => {
		const [word] = args.atMost(1);
		if (word !== "on" && word !== "off")
			throw new CtraceError("usage", "on or off? ctrace team names on|off");
		const teams = await loadTeams(context);
		const team = await chooseTeam(teams, args);
		await teams.setNames(team.id, word === "on");
		const says = word === "on" ? "say who did what" : "name nobody";
		context.stdout.write(`Reports of ${oneLine(team.name)} ${says}.\n`);
		return 0;
	},
};
