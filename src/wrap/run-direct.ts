/** Standing aside: the command gets our own descriptors, and we only pass on signals and its end. */
import type { ChildExit } from "../terminal/child-exit.ts";
import { startPlain } from "../terminal/plain-child.ts";
import type { CommandToRun } from "./command.ts";
import { forwardSignals, sharesForeground } from "./signals.ts";

export async function runDirect(command: CommandToRun): Promise<ChildExit> {
	const child = startPlain({ ...command, stdio: [0, 1, 2] });
	const stop = forwardSignals((signal) => child.signal(signal), { hearsKeyboard: sharesForeground() });
	try {
		return await child.exited;
	} finally {
		stop();
	}
}
