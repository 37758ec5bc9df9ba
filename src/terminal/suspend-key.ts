/**
 * Ctrl-Z. The wrapped command leads a session of its own, so its process group counts as orphaned and the
 * system throws SIGTSTP away: a program that asks to be suspended would wait for ever for its SIGCONT. So when the
 * key was typed and the terminal is (again) one at which that key suspends, the stop is carried out for it.
 */
import { closeSync, constants, openSync } from "node:fs";
import { constants as os } from "node:os";
import { ignoresSignal, readProcessState } from "./process-state.ts";
import { settingsDoor } from "./terminal-settings.ts";

/** Ctrl-Z as a byte, in the kitty keyboard protocol, and with modifyOtherKeys. */
const SUSPEND_KEYS = ["\x1a", "\x1b[122;5u", "\x1b[27;5;122~"] as const;
/** A full-screen program first tidies up its screen: look soon, and once more for a slow one. */
export const SUSPEND_CHECKS_MS: readonly number[] = [80, 400];

export function hasSuspendKey(keys: Uint8Array): boolean {
	if (keys.indexOf(0x1a) !== -1) return true;
	if (keys.indexOf(0x1b) === -1) return false;
	const text = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).toString("latin1");
	return SUSPEND_KEYS.some((key) => text.includes(key));
}

/** Whether the child wanted to stop: it owns its terminal, in the mode where Ctrl-Z means stop, and does not ignore it. */
export async function wantsToStop(child: { readonly pid: number; readonly path: string }): Promise<boolean> {
	const state = await readProcessState(child.pid);
	if (state === undefined || state.stopped || state.foregroundGroup !== child.pid) return false;
	if (ignoresSignal(child.pid, os.signals.SIGTSTP)) return false;
	const line = await withTerminal(child.path, (fd) => settingsDoor().discipline(fd));
	return line?.canonical === true && line.signals && line.suspend === "^Z";
}

/** Opens the child's terminal for a moment, without making it ours. */
export async function withTerminal<T>(path: string, use: (fd: number) => Promise<T>): Promise<T | undefined> {
	let fd: number;
	try {
		fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	} catch {
		return undefined; // the child closed it meanwhile
	}
	try {
		return await use(fd);
	} finally {
		closeSync(fd);
	}
}
