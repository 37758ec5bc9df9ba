/**
 * Runs of Claude Code that the person wanted no record of: Claude Code writes them down all the same, and the daemon
 * must not bring them in. An empty file each; its name says when and, as a number that leads nowhere back, where.
 */
import { closeSync, mkdirSync, openSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "unrecorded";
/** A run whose end nobody saw is taken to have lasted as long as a long day. */
const UNSEEN_END_MS = 24 * 3600_000;
/** The clocks of two processes, and of a file system. */
const SLACK_MS = 2_000;

export interface UnrecordedRun {
	readonly place: number;
	/** Milliseconds since the Unix epoch. */
	readonly from: number;
	readonly to: number;
}

/** Called by the wrapper before the program starts; what it gives is called after its end. Throws nothing. */
export function markUnrecorded(
	stateDir: string,
	run: { readonly cwd: string; readonly pid: number; readonly startedAt: number },
): (endedAt: number) => void {
	const folder = join(stateDir, FOLDER);
	const name = [placeOf(run.cwd), Math.round(run.startedAt), run.pid].join("-");
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		closeSync(openSync(join(folder, name), "w", 0o600));
	} catch {
		return () => {}; // the session is sacred; where nothing can be written, nothing can be collected either
	}
	return (endedAt) => {
		try {
			renameSync(join(folder, name), join(folder, `${name}-${Math.round(endedAt)}`));
		} catch {
			// Somebody cleaned up.
		}
	};
}

/** `isAlive`: whether the wrapper of a run without an end still runs. */
export function readUnrecorded(
	stateDir: string,
	now: number,
	isAlive: (pid: number) => boolean,
): readonly UnrecordedRun[] {
	return list(join(stateDir, FOLDER)).flatMap((name) => {
		const [place, from, pid, end] = name.split("-").map(Number);
		if (place === undefined || from === undefined || pid === undefined) return [];
		const open = isAlive(pid) ? now : from + UNSEEN_END_MS;
		return [{ place, from: from - SLACK_MS, to: (end ?? open) + SLACK_MS }];
	});
}

/** Whether a conversation that began then and there belongs to such a run. */
export function isUnrecorded(
	runs: readonly UnrecordedRun[],
	conversation: { readonly cwd: string; readonly startedAt: number },
): boolean {
	const place = placeOf(conversation.cwd);
	const at = conversation.startedAt;
	return runs.some((run) => run.place === place && run.from <= at && at <= run.to);
}

/** FNV-1a, 32 bits: tells directories apart, and tells nobody which they are. */
function placeOf(cwd: string): number {
	let hash = 0x811c9dc5;
	for (const byte of new TextEncoder().encode(cwd)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}

function list(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch {
		return []; // there was never one
	}
}
