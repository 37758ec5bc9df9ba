import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { shortenHome } from "../../core/home.ts";
import type { SessionStatus } from "../../core/session.ts";
import { exportSession } from "../../store/export-v1.ts";
import type { SessionFilter } from "../../store/store.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type LookContext, printJson, show, viewOf } from "../context.ts";
import { renderSessionTable } from "../render/session-table.ts";
import { parseSince } from "../text/times.ts";
import { waitForStart } from "./sessions-show.ts";

/** What a person looks over; programs get all. */
const LISTED = 50;
const STATUSES: readonly SessionStatus[] = ["complete", "running", "lost", "failed"];

export const sessionsListCommand: Command<LookContext> = {
	path: ["sessions", "list"],
	operands: "",
	summary: "List recorded sessions, newest first",
	examples: [
		["ctrace sessions list --cwd .", "those of this directory and below"],
		["ctrace sessions list --since 2d --status lost", "those of two days that saw no end"],
		["ctrace sessions list --json | jq '.[].id'", "for programs"],
	],
	options: [
		{ name: "cwd", value: "DIR", summary: "Only sessions in DIR or below it" },
		{ name: "since", value: "WHEN", summary: "Started since 2h, 3d, 1w ago, or a date" },
		{ name: "agent", value: "NAME", summary: "Only this agent, e.g. claude-code or generic" },
		{ name: "status", value: "STATUS", choices: STATUSES, summary: `One of ${STATUSES.join(", ")}` },
		{ name: "tag", value: "TAG", summary: "Only those with this tag: ctrace tag" },
		{ name: "pinned", summary: "Only those that are kept: ctrace pin" },
		{ name: "limit", letter: "n", value: "N", summary: `At most N (${LISTED}; 0: all; --json: all)` },
		{ name: "json", summary: "Print a JSON array of sessions" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const isJson = args.has("json");
		const limit = args.count("limit") ?? (isJson ? 0 : LISTED);
		await waitForStart(context);
		using store = context.openStore();
		const filter = { ...readFilter(context, args), ...(limit === 0 ? {} : { limit: limit + 1 }) };
		const found = store.listSessions(filter);
		const listed = limit === 0 ? found : found.slice(0, limit);
		if (isJson) {
			printJson(
				context,
				listed.map(({ session }) => exportSession(session, context)),
			);
			return 0;
		}
		if (listed.length === 0) context.stderr.write(nothingText(filter));
		else await show(context, renderSessionTable(listed, viewOf(context)));
		if (found.length > listed.length) context.stderr.write("There are more: --limit 0 shows all.\n");
		return 0;
	},
};

function readFilter(context: LookContext, args: CommandArguments): SessionFilter {
	const [cwd, since, agent] = [args.text("cwd"), args.text("since"), args.text("agent")];
	const tag = args.text("tag");
	const status = STATUSES.find((one) => one === args.text("status"));
	return {
		...(cwd === undefined ? {} : { cwd: resolveDirectory(context, cwd) }),
		...(since === undefined ? {} : { since: parseSince(since, context.now()) }),
		...(agent === undefined ? {} : { agent }),
		...(status === undefined ? {} : { status }),
		...(tag === undefined ? {} : { tag: tag.replace(/^#/, "") }),
		...(args.has("pinned") ? { pinned: true } : {}),
	};
}

/** Sessions know their directory without symbolic links and below `~`; one that is gone is taken as typed. */
export function resolveDirectory(context: LookContext, typed: string): string {
	const path = resolve(context.cwd, typed.replace(/^~(?=\/|$)/, context.home));
	const [real, home] = [path, context.home].map((each) => (existsSync(each) ? realpathSync(each) : each));
	return shortenHome(real ?? path, home ?? context.home);
}

function nothingText({ limit: _limit, ...filter }: SessionFilter): string {
	return Object.keys(filter).length === 0
		? "No session has been recorded yet. Record one: ctrace claude\n"
		: "No session matches.\n";
}
