import { resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import { shortenHome } from "../../core/home.ts";
import type { Store } from "../../store/store.ts";
import type { ShareRule } from "../../store/sync-store.ts";
import type { Command, CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { oneLine } from "../text/fit.ts";
import { chooseTeam, loadTeams } from "./team.ts";

type Place = Omit<ShareRule, "teamId">;

export const teamShareCommand: Command = {
	path: ["team", "share"],
	operands: "[ID|last]",
	section: "Sync",
	summary: "Share a session or a project with a team",
	examples: [
		["ctrace team share last", "one session"],
		["ctrace team share --dir ~/garden/app", "all sessions in this directory and below, past and future"],
		[
			"ctrace team share --remote git@example.com:app.git",
			"all sessions of this repository, wherever it lies",
		],
		["ctrace team share last --private", "never, whatever its project says"],
		["ctrace team share --list", "what is shared"],
	],
	options: [
		{ name: "dir", value: "DIR", summary: "All sessions in this directory and below" },
		{ name: "remote", value: "URL", summary: "All sessions of this Git repository" },
		{ name: "team", value: "TEAM", summary: "Name or id; needed when you are in several" },
		{ name: "private", summary: "Keep it private, whatever a wider rule says" },
		{ name: "stop", summary: "Take the rule away" },
		{ name: "list", summary: "Show the rules" },
	],
	completes: "session",
	run: async (context, args) => {
		using store = context.openStore();
		if (!args.has("list")) {
			const place = await readPlace(context, args, store);
			store.sync.setShareRule(place, await readWish(context, args));
			context.stderr.write("It takes effect with the next sync: ctrace sync\n");
		}
		for (const rule of store.sync.readShareRules()) context.stdout.write(`${renderRule(rule)}\n`);
		return 0;
	},
};

async function readPlace(context: CliContext, args: CommandArguments, store: Store): Promise<Place> {
	const [session] = args.atMost(1);
	const [directory, remote] = [args.text("dir"), args.text("remote")];
	const given = [session, directory, remote].filter((one) => one !== undefined);
	if (given.length !== 1)
		throw new CtraceError("usage", "share what? Name one session, or one of --dir and --remote", {
			hint: "For example: ctrace team share last",
		});
	if (session !== undefined) return { kind: "session", value: store.findSession(session) };
	if (remote === undefined)
		return { kind: "directory", value: shortenHome(resolve(context.cwd, directory ?? ""), context.home) };
	const { plainRemote } = await import("../../sync/plan-shares.ts");
	return { kind: "remote", value: plainRemote(remote) };
}

/** The team's id; null: private; undefined: no rule any more. */
async function readWish(context: CliContext, args: CommandArguments): Promise<string | null | undefined> {
	if (args.has("stop")) return undefined;
	if (args.has("private")) return null;
	return (await chooseTeam(await loadTeams(context), args)).id;
}

function renderRule({ kind, value, teamId }: ShareRule): string {
	return oneLine(`${kind.padEnd(10)} ${value}  ${teamId === undefined ? "private" : `team ${teamId}`}`);
}
