import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { currentBootId, isRecordedProcessAlive } from "../../config/boot.ts";
import type { Config } from "../../config/config.ts";
import type { SupabaseProject } from "../../config/supabase-project.ts";
import type { ErrorCode } from "../../core/errors.ts";
import type { SyncStore } from "../../store/sync-store.ts";
import { isSignedIn } from "../../sync/signed-in-file.ts";
import type { PushOptions, PushOutcome } from "../../sync/sync-engine.ts";
import type { Work, WorkResult } from "../component.ts";
import { MACHINE } from "../machine.ts";
import { openDaemonStore } from "../open-daemon-store.ts";

/** Sends what waits, as `ctrace sync` does; what remains waits in the outbox. */
export const pushOutbox: Work = async ({ config, signal, log }) => {
	const { supabase: project, paths, autoSyncSeconds } = config;
	if (project === undefined || autoSyncSeconds === 0 || !existsSync(paths.database)) return { counts: {} };
	using store = openDaemonStore(config);
	const queue = () => countWaiting(store.sync);
	if (!isSignedIn(paths.state)) return { counts: {}, queue: queue(), failure: "signed-out" };
	const waiting = queue();
	// The client of Supabase is half a megabyte: not for nothing.
	if (waiting === 0) return { counts: {}, queue: waiting };
	const outcome = await push(config, project, store.sync, { isStopped: () => signal.aborted });
	if (outcome.setAside > 0) log("warn", "set-aside", { count: outcome.setAside });
	return { ...toResult(outcome), queue: queue() };
};

function countWaiting({ outbox }: SyncStore): number {
	const { sessions, turns, deletions } = outbox.counts();
	return sessions + turns + deletions;
}

async function push(
	{ paths, keychain, shareWith }: Config,
	project: SupabaseProject,
	store: SyncStore,
	options: PushOptions,
): Promise<PushOutcome> {
	const { createSyncKit } = await import("../../sync/kit.ts");
	const kit = createSyncKit({
		project,
		stateDir: paths.state,
		isKeychainUsed: keychain,
		clock: { now: () => Date.now() },
		fetch,
		chance: Math.random,
		process: {
			holder: randomUUID(),
			pid: process.pid,
			bootId: currentBootId(MACHINE),
			isAlive: (pid, bootId) => isRecordedProcessAlive({ pid, bootId }, MACHINE),
		},
		shareWith,
	});
	return kit.push(store, options);
}

const FAILURES: Readonly<Partial<Record<PushOutcome["kind"], ErrorCode>>> = {
	waiting: "offline",
	"signed-out": "signed-out",
	schema: "remote",
	rejected: "remote",
};

function toResult({ kind, sent, setAside }: PushOutcome): WorkResult {
	const failure = FAILURES[kind];
	return { counts: { sent, aside: setAside }, ...(failure === undefined ? {} : { failure }) };
}
