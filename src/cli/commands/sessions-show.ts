import { exportV1 } from "../../store/export-v1.ts";
import type { Store, StoredSession } from "../../store/store.ts";
import type { Command } from "../command.ts";
import { type LookContext, printJson, show, viewOf } from "../context.ts";
import { renderTranscript } from "../render/transcript.ts";

/** A recorder has this long to finish after the prompt is back, before what there is gets shown. */
const FINISH_LIMIT_MS = 10_000;
/** Looking at one row costs nothing, and nobody notices this delay. */
const LOOK_EVERY_MS = 50;

export const sessionsShowCommand: Command<LookContext> = {
	path: ["sessions", "show"],
	operands: "[ID|last]",
	summary: "Show a session: prompts, answers, tools, decisions",
	examples: [
		["ctrace sessions show", "the newest one"],
		["ctrace sessions show 0190c3f2-7a", "any unique beginning of an id will do"],
		["ctrace sessions show last --json", "the export format, version 1"],
	],
	options: [
		{ name: "full", summary: "Do not fold the output of tools" },
		{ name: "json", summary: "Print the session as JSON (export, version 1)" },
	],
	completes: "session",
	run: async (context, args) => {
		const [reference = "last"] = args.atMost(1);
		using store = context.openStore();
		if (reference === "last") await waitForStart(context);
		const id = store.findSession(reference);
		if (reference === "last") await waitForRecorder(context, store, id);
		const { session, turns } = store.readSession(id);
		if (args.has("json")) printJson(context, exportV1(session, turns, context));
		else {
			const view = { ...viewOf(context), isFull: args.has("full") };
			await show(context, renderTranscript(session, turns, view));
		}
		return 0;
	},
};

/** Right after a short command its session may not be written down yet. */
export async function waitForStart(
	context: Pick<LookContext, "now" | "wait" | "isSessionStarting">,
): Promise<void> {
	const deadline = context.now() + FINISH_LIMIT_MS;
	while (context.isSessionStarting() && context.now() < deadline) await context.wait(LOOK_EVERY_MS);
}

type Waiting = Pick<LookContext, "now" | "wait" | "isProcessAlive">;

/** While the recorder still writes down a session whose wrapper has ended, waits for it, within reason. */
export async function waitForRecorder(context: Waiting, store: Store, id: string): Promise<void> {
	const deadline = context.now() + FINISH_LIMIT_MS;
	while (isFinishing(context, store.readSession(id)) && context.now() < deadline) {
		await context.wait(LOOK_EVERY_MS);
		store.closeAbandoned(context.isProcessAlive);
	}
}

function isFinishing(context: Waiting, { session, recorder }: StoredSession): boolean {
	if (session.status !== "running") return false;
	return recorder.wrapperPid === undefined || !context.isProcessAlive(recorder.wrapperPid, recorder.bootId);
}
