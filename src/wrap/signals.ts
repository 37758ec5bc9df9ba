/** Signals sent to the wrapper are meant for the command. */
import { readLinuxState } from "../terminal/process-state.ts";

const PASSED_ON = ["SIGHUP", "SIGTERM", "SIGUSR1", "SIGUSR2"] as const;
/** A terminal sends these to everybody in the foreground. */
const FROM_KEYBOARD = ["SIGINT", "SIGQUIT"] as const;

/**
 * Passes signals on until the returned function is called. `hearsKeyboard`: the command sits in our own process group
 * in the foreground, so what the keyboard sends reaches it without us, and must not reach it twice.
 */
export function forwardSignals(
	send: (signal: NodeJS.Signals) => void,
	options: { readonly hearsKeyboard: boolean },
): () => void {
	const handlers = new Map<NodeJS.Signals, () => void>();
	for (const signal of PASSED_ON) handlers.set(signal, () => send(signal));
	for (const signal of FROM_KEYBOARD) {
		handlers.set(signal, options.hearsKeyboard ? () => {} : () => send(signal));
	}
	for (const [signal, handler] of handlers) process.on(signal, handler);
	return () => {
		for (const [signal, handler] of handlers) process.off(signal, handler);
	};
}

/** Whether our process group is the one that a terminal's keyboard signals go to. */
export function sharesForeground(): boolean {
	const state = readLinuxState(process.pid);
	// Where the system does not say, a terminal on any of our descriptors is the best sign of a keyboard.
	if (state === undefined) return process.stdin.isTTY === true || process.stderr.isTTY === true;
	return state.foregroundGroup === state.group;
}

/** Whether we were started with `&`: a terminal is there, and it belongs to another group. */
export function isInBackground(): boolean {
	const state = readLinuxState(process.pid);
	return state !== undefined && state.foregroundGroup > 0 && state.foregroundGroup !== state.group;
}
