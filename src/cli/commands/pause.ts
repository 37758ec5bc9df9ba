import { CtraceError } from "../../core/errors.ts";
import type { SessionSummary, Store } from "../../store/store.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { shortId } from "../render/view.ts";

const NOT_NEEDED = "With one session running no ID is needed.";

export const pauseCommand: Command = {
	path: ["pause"],
	operands: "[ID|last]",
	section: "Privacy",
	summary: "Record nothing more of a running session for now",
	examples: [
		["ctrace pause", "from another terminal; the session that runs"],
		["ctrace pause 0190c3f2-7a", "when several run"],
	],
	options: [],
	completes: "session",
	run: (context, args) => {
		using store = context.openStore();
		const id = runningSession(context, store, args.atMost(1)[0]);
		store.recordings.pause(id, context.now());
		context.stdout.write(
			`Session ${shortId(id)} is not recorded from now on, within half a second. Go on: ctrace resume-recording ${shortId(id)}\n`,
		);
		return 0;
	},
};

export const resumeRecordingCommand: Command = {
	path: ["resume-recording"],
	operands: "[ID|last]",
	section: "Privacy",
	summary: "Record a paused session again",
	examples: [["ctrace resume-recording", NOT_NEEDED]],
	options: [],
	completes: "session",
	run: (context, args) => {
		using store = context.openStore();
		const id = runningSession(context, store, args.atMost(1)[0]);
		const wasPaused = store.recordings.pausedSince(id) !== undefined;
		store.recordings.resume(id, context.now());
		context.stdout.write(
			wasPaused
				? `Session ${shortId(id)} is recorded again. What came on its screen meanwhile is left out while it stands there.\n`
				: `Session ${shortId(id)} was not paused.\n`,
		);
		return 0;
	},
};

/** Throws `not-found` where none runs, `ambiguous` where several do and none was named. */
function runningSession(context: CliContext, store: Store, reference: string | undefined): string {
	const running = store
		.listSessions({ status: "running" })
		.filter(({ recorder }) => context.isProcessAlive(recorder.pid, recorder.bootId));
	if (reference !== undefined && reference !== "last") return named(store, running, reference);
	const [newest, second] = running;
	if (newest === undefined)
		throw new CtraceError("not-found", "no session is running", {
			hint: "A session runs while its command does: ctrace claude",
		});
	if (second === undefined || reference === "last") return newest.session.id;
	throw new CtraceError("ambiguous", `${running.length} sessions are running: say which`, {
		hint: running.map(({ session }) => `${shortId(session.id)}  ${session.command.join(" ")}`).join("\n"),
	});
}

function named(store: Store, running: readonly SessionSummary[], reference: string): string {
	const id = store.findSession(reference);
	if (running.some(({ session }) => session.id === id)) return id;
	throw new CtraceError("not-found", `session ${shortId(id)} is not running`, {
		hint: "See which are: ctrace sessions list --status running",
	});
}
