import { CtraceError } from "../../core/errors.ts";
import type { Store } from "../../store/store.ts";
import type { PushOutcome } from "../../sync/sync-engine.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { createPushLine } from "../render/push-progress.ts";
import { shortId } from "../render/view.ts";
import { formatBytes } from "../text/bytes.ts";
import { counted } from "../text/counted.ts";
import { formatDuration, localTime } from "../text/times.ts";

/** Of what was set aside so many are named. */
const NAMED = 10;
/** What shells give a program that ended by SIGINT. */
const CANCELLED_EXIT = 130;

export const syncCommand: Command = {
	path: ["sync"],
	operands: "",
	section: "Sync",
	summary: "Send what your Supabase project has not got yet",
	examples: [
		["ctrace sync", "sends; from other machines nothing comes"],
		["ctrace sync --pull", "first brings your sessions from other machines"],
		["ctrace sync --dry-run", "tells what would be sent"],
		["ctrace sync status", "how the last time went, and what was set aside"],
	],
	options: [
		{ name: "pull", summary: "Bring sessions and deletions from your other machines first" },
		{ name: "dry-run", summary: "Only tell what waits" },
		{ name: "all", summary: "Send everything again, for a new or an emptied project" },
		{ name: "retry", summary: "Give what was set aside another chance" },
	],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		if (args.has("dry-run")) {
			context.stdout.write(`${waitingText(store)}\n`);
			return 0;
		}
		const kit = await context.loadSync();
		const isStopped = context.untilInterrupted();
		if (args.has("pull")) {
			const { masker } = context.openMasker(undefined);
			const tally = await kit.pull(store.sync, (session) => masker.mask(session).value, { isStopped });
			context.stdout.write(
				`${counted(tally.sessions, "session")} and ${counted(tally.deletions, "deletion")} from other machines\n`,
			);
		}
		if (args.has("all")) store.sync.outbox.resend();
		if (args.has("retry")) store.sync.outbox.retrySetAside();
		const line = createPushLine(context.stderr, { now: context.now, total: waiting(store) });
		const outcome = await kit.push(store.sync, { isEager: true, isStopped, onProgress: line.show });
		line.clear();
		return tell(context, outcome);
	},
};

function waiting(store: Store): number {
	const { sessions, turns, deletions } = store.sync.outbox.counts();
	return sessions + turns + deletions;
}

function waitingText(store: Store): string {
	const { sessions, turns, deletions, running, setAside } = store.sync.outbox.counts();
	const parts = [
		`waiting: ${counted(sessions, "session")}, ${counted(turns, "turn")} and ${counted(deletions, "deletion")}`,
	];
	if (running > 0) parts.push(`${counted(running, "turn")} still running`);
	if (setAside > 0) parts.push(`${setAside} set aside`);
	return parts.join("; ");
}

function tell(context: CliContext, outcome: PushOutcome): number {
	const sent = `${outcome.sent} sent, ${formatBytes(outcome.sentBytes)} of text`;
	context.stdout.write(outcome.setAside === 0 ? `${sent}\n` : `${sent}; ${outcome.setAside} set aside\n`);
	switch (outcome.kind) {
		case "done":
			if (outcome.setAside > 0) context.stderr.write("Why, says: ctrace sync status\n");
			return outcome.setAside > 0 ? 1 : 0;
		case "stopped":
			return CANCELLED_EXIT;
		case "busy":
			context.stderr.write("Another ctrace is syncing at this moment; it sends the rest.\n");
			return 0;
		case "waiting":
			throw new CtraceError("offline", outcome.reason, {
				hint: `Nothing is lost. The next try may be in ${formatDuration(outcome.waitMs)}.`,
				retryable: true,
			});
		case "signed-out":
			throw new CtraceError("signed-out", outcome.reason, { hint: "Sign in again: ctrace login EMAIL" });
		case "schema":
		case "rejected":
			throw new CtraceError("remote", outcome.reason, {
				hint: "See what the project lacks: ctrace supabase check",
			});
	}
}

export const syncStatusCommand: Command = {
	path: ["sync", "status"],
	operands: "",
	section: "Sync",
	summary: "What waits to be sent, and how the last time went",
	examples: [["ctrace sync status", "also what was set aside, and why"]],
	options: [{ name: "json", summary: "Print JSON" }],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		const status = await readStatus(context, store);
		if (args.has("json")) printJson(context, status);
		else context.stdout.write(renderStatus(status, context.now()));
		return 0;
	},
};

async function readStatus(context: CliContext, store: Store) {
	const { outbox } = store.sync;
	const { readPause, readSuccess } = await import("../../sync/sync-notes.ts");
	const project = context.config.supabase;
	const who = project === undefined ? undefined : (await context.loadSync()).signIn.who();
	const success = readSuccess(store.sync);
	const pause = readPause(store.sync);
	return {
		...(project === undefined ? {} : { url: project.url }),
		...(who === undefined ? {} : { account: who.email }),
		waiting: outbox.counts(),
		...(success === undefined ? {} : { lastSuccess: new Date(success).toISOString() }),
		...(pause === undefined
			? {}
			: { lastError: pause.reason, failures: pause.attempt, nextTry: new Date(pause.until).toISOString() }),
		setAside: outbox
			.listSetAside(NAMED)
			.map(({ sessionId, seq, error }) => ({ sessionId, turn: seq, error })),
	};
}

type Status = Awaited<ReturnType<typeof readStatus>>;

function renderStatus(status: Status, now: number): string {
	const { sessions, turns, deletions, running, setAside } = status.waiting;
	const when = (iso: string) => Object.values(localTime(Date.parse(iso))).join(" ");
	const rows: (readonly [string, string])[] = [
		["project", status.url ?? "none is set: nothing is sent"],
		["account", status.account ?? "nobody is signed in: nothing is sent"],
		[
			"waiting",
			[counted(sessions, "session"), counted(turns, "turn"), counted(deletions, "deletion")].join(", "),
		],
	];
	if (running > 0) rows.push(["running", `${counted(running, "turn")}: sent when ended`]);
	rows.push(["last success", status.lastSuccess === undefined ? "never" : when(status.lastSuccess)]);
	if (status.lastError !== undefined)
		rows.push(["last error", `${status.lastError}; ${status.failures} in a row`]);
	if (status.nextTry !== undefined && Date.parse(status.nextTry) > now)
		rows.push(["next try", when(status.nextTry)]);
	if (setAside > 0) rows.push(["set aside", `${setAside}; give them another chance: ctrace sync --retry`]);
	const lines = rows.map(([name, value]) => `${name.padEnd(13)}${value}`);
	for (const { sessionId, turn, error } of status.setAside)
		lines.push(`  ${shortId(sessionId)}${turn === 0 ? "" : ` turn ${turn}`}: ${error}`);
	return `${lines.join("\n")}\n`;
}
