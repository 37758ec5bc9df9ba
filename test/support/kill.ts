/** Ending a process as a crash does. */
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

const LIMIT_MS = 20_000;
const ASK_EVERY_MS = 20;

/**
 * Kills it, and comes back when it is gone and its parent knows: on a busy machine a process of low priority takes a while to
 * die, and what is handed to it meanwhile is lost without anybody's notice.
 */
export async function killAtOnce(pid: number): Promise<void> {
	process.kill(pid, "SIGKILL");
	for (const end = Date.now() + LIMIT_MS; isThere(pid); await wait(ASK_EVERY_MS))
		if (Date.now() > end) throw new Error(`process ${pid} does not die`);
}

/** Counted as a zombie it may have threads that still hold its files open. */
function isThere(pid: number): boolean {
	return spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim() !== "";
}
