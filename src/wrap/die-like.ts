import { constants } from "node:os";
import { type ChildExit, shellCode } from "../terminal/child-exit.ts";

/** Ends this process the way the child ended, so that whoever started it cannot tell the difference. */
export function dieLike(exit: ChildExit): never {
	if (exit.signal !== undefined && exit.signal !== "SIGUSR1") dieBySignal(exit.signal); // SIGUSR1 would wake Node's debugger
	process.exit(shellCode(exit, constants.signals));
}

function dieBySignal(signal: NodeJS.Signals): void {
	try {
		// Listening and leaving again puts back the system's own reaction, also for a signal that Node ignores.
		if (signal !== "SIGKILL" && signal !== "SIGSTOP") process.once(signal, () => {});
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	} catch {
		// A signal this platform does not let us have: the exit code has to tell it.
	}
}
