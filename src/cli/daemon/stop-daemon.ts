/** Brings the daemon to its end, whether it answers or not. */
import { setTimeout as wait } from "node:timers/promises";
import { CtraceError } from "../../core/errors.ts";
import type { DaemonRemote } from "./remote.ts";

/** It ends what is in hand within five seconds; the rest is for a machine that is busy. */
const END_MS = 15_000;
const LOOK_MS = 100;

/** `none`: there was none. Throws `daemon` when it lives on. */
export async function stopDaemon(remote: DaemonRemote): Promise<"stopped" | "none"> {
	const answer = await remote.ask({ ask: "stop" }).catch((error: unknown) => {
		if (error instanceof CtraceError && error.code === "daemon") return undefined;
		throw error;
	});
	if (answer !== undefined) {
		await Promise.race([answer.ended, wait(END_MS, undefined, { ref: false })]);
		return (await isGone(remote)) ? "stopped" : refuse(remote);
	}
	if (!remote.isLocked()) return "none";
	const pid = remote.silentPid();
	if (pid === undefined) return refuse(remote);
	process.kill(pid, "SIGTERM");
	return (await isGone(remote)) ? "stopped" : refuse(remote);
}

async function isGone(remote: DaemonRemote): Promise<boolean> {
	for (let left = END_MS; left > 0; left -= LOOK_MS) {
		if (!remote.isLocked()) return true;
		await wait(LOOK_MS);
	}
	return false;
}

function refuse(remote: DaemonRemote): never {
	const pid = remote.silentPid();
	throw new CtraceError("daemon", "the daemon does not answer and did not end", {
		hint:
			pid === undefined
				? "See: ctrace status"
				: `End it without asking: kill -9 ${pid}. Nothing is lost by it.`,
	});
}
