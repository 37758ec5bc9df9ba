/**
 * A session between its command's start and its recorder's first write: an empty file that says "one more is coming",
 * so that `ctrace sessions show last` right after a short command waits instead of naming an older session. It holds no
 * data: the name is a process id and a time.
 */
import { closeSync, mkdirSync, openSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "starting";
/** A recorder that has not begun by then never will. */
const FRESH_MS = 10_000;

export interface StartingSession {
	readonly wrapperPid: number;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
}

/** Called by the wrapper. Throws when the directory cannot be written. */
export function markStarting(stateDir: string, session: StartingSession): void {
	const folder = join(stateDir, FOLDER);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	closeSync(openSync(join(folder, nameOf(session)), "w", 0o600));
}

/** Called by the recorder once the session can be found, and by the wrapper when there is no recorder. */
export function unmarkStarting(stateDir: string, session: StartingSession): void {
	remove(join(stateDir, FOLDER, nameOf(session)));
}

/** Whether a session is about to appear. Removes marks that nobody will take away any more. */
export function isSessionStarting(stateDir: string, now: number): boolean {
	const folder = join(stateDir, FOLDER);
	return list(folder).some((name) => {
		const made = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
		if (made === undefined) return false;
		if (now - made < FRESH_MS) return true;
		remove(join(folder, name));
		return false;
	});
}

function nameOf({ wrapperPid, startedAt }: StartingSession): string {
	return `${wrapperPid}-${Math.round(startedAt)}`;
}

function list(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch {
		return []; // no session was ever started here
	}
}

function remove(path: string): void {
	try {
		unlinkSync(path);
	} catch {
		// Another process was first.
	}
}
