import { CtraceError } from "../../core/errors.ts";
import { lastMoment } from "../../core/session.ts";
import type { SessionSummary, Store } from "../../store/store.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { formatBytes } from "../text/bytes.ts";
import { localTime, parseSince } from "../text/times.ts";
import { isAgreed } from "./install.ts";

export const purgeCommand: Command = {
	path: ["purge"],
	operands: "",
	section: "Care",
	summary: "Delete all sessions older than that, for good",
	examples: [
		["ctrace purge --older-than 90d --dry-run", "what would go"],
		["ctrace purge --older-than 90d --keep-pinned", "asks, and leaves those you pinned"],
		["ctrace config set RETENTION_DAYS 90", "the daemon does it from now on, and keeps the pinned"],
	],
	options: [
		{ name: "older-than", value: "WHEN", summary: "Ended before 90d, 12w ago, or before a date" },
		{ name: "keep-pinned", summary: "Leave the sessions that are pinned" },
		{ name: "dry-run", summary: "Say what would be deleted, and delete nothing" },
		{ name: "yes", letter: "y", summary: "Do not ask" },
		{ name: "json", summary: "Print the outcome as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const age = args.text("older-than");
		if (age === undefined)
			throw new CtraceError("usage", "older than what? --older-than was not given", {
				hint: "For example: ctrace purge --older-than 90d --dry-run",
			});
		const before = parseSince(age, context.now(), "--older-than");
		using store = context.openStore();
		const old = store.listSessions().filter((one) => isOld(one, before));
		const pinned = old.filter(({ session }) => session.pinned === true).length;
		const doomed = args.has("keep-pinned") ? old.filter(({ session }) => session.pinned !== true) : old;
		const tell = (deleted: number, isWiped: boolean) =>
			args.has("json")
				? printJson(context, { before: new Date(before).toISOString(), sessions: doomed.length, deleted })
				: context.stdout.write(outcomeText({ deleted, isWiped }, store));
		if (args.has("dry-run") || doomed.length === 0) {
			if (args.has("json")) tell(0, true);
			else context.stdout.write(planText(doomed, { pinned, isKept: args.has("keep-pinned"), before }));
			return 0;
		}
		if (!args.has("yes")) {
			context.stderr.write(planText(doomed, { pinned, isKept: args.has("keep-pinned"), before }));
			if (!(await isAgreed(context, "Delete them for good?"))) {
				context.stderr.write("Nothing was deleted.\n");
				return 1;
			}
		}
		tell(...deleteAll(context, store, doomed));
		return 0;
	},
};

/** What is still recorded has no age. */
function isOld({ session }: SessionSummary, before: number): boolean {
	return session.status !== "running" && lastMoment(session) < before;
}

/** Oldest first: whoever breaks it off has got rid of the oldest. */
function deleteAll(
	context: CliContext,
	store: Store,
	doomed: readonly SessionSummary[],
): [deleted: number, isWiped: boolean] {
	const isInterrupted = context.untilInterrupted();
	let isWiped = true;
	let deleted = 0;
	for (const { session } of doomed.toReversed()) {
		if (isInterrupted()) break;
		isWiped = store.deleteSession(session.id).isWiped;
		deleted += 1;
		if (context.stderr.isTerminal) context.stderr.write(`\r\x1b[K${deleted} of ${doomed.length} sessions`);
	}
	if (context.stderr.isTerminal) context.stderr.write("\r\x1b[K");
	return [deleted, isWiped];
}

function planText(
	doomed: readonly SessionSummary[],
	{ pinned, isKept, before }: { readonly pinned: number; readonly isKept: boolean; readonly before: number },
): string {
	const edge = localTime(before).date;
	const kept = isKept && pinned > 0 ? ` ${count(pinned)} pinned and kept.` : "";
	if (doomed.length === 0) return `No session ended before ${edge}.${kept}\n`;
	const oldest = Math.min(...doomed.map(({ session }) => session.startedAt));
	const warned = !isKept && pinned > 0 ? ` ${pinned} of them pinned; --keep-pinned leaves those.` : kept;
	return `${count(doomed.length)} ended before ${edge}, the oldest of ${localTime(oldest).date}.${warned}\n`;
}

function outcomeText(
	{ deleted, isWiped }: { readonly deleted: number; readonly isWiped: boolean },
	store: Store,
): string {
	const { freeBytes } = store.checkSpace();
	const free =
		freeBytes === 0 ? "" : ` ${formatBytes(freeBytes)} are free in the file: ctrace vacuum gives them back.`;
	const left = isWiped
		? ""
		: "\nAnother ctrace still reads the old pages; their bytes go with the next deletion or when it closes.";
	return `Deleted ${count(deleted)}.${free}${left}\n`;
}

function count(sessions: number): string {
	return `${sessions} session${sessions === 1 ? "" : "s"}`;
}
