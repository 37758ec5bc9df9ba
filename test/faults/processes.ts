/** What the system tells of processes (Linux). */
import { readdirSync, readFileSync } from "node:fs";

export function childrenOf(pid: number): number[] {
	return read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

export function commandLine(pid: number): string[] {
	return read(`/proc/${pid}/cmdline`).split("\0");
}

/** A process that has ended and was not collected does not live. */
export function isAlive(pid: number): boolean {
	const stat = read(`/proc/${pid}/stat`);
	return stat !== "" && !/^\d+ \(.*\) [ZX]/su.test(stat);
}

/** Processes in whose command line or environment the text stands. */
export function processesOf(text: string): number[] {
	const pids = readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
	return pids
		.map(Number)
		.filter((pid) => pid !== process.pid && isAlive(pid) && read(`/proc/${pid}/environ`).includes(text));
}

/** Milliseconds for which its main thread stood ready without running. */
export function readyMs(pid: number): number {
	return Number(read(`/proc/${pid}/schedstat`).split(" ")[1] ?? 0) / 1e6;
}

function read(path: string): string {
	try {
		return readFileSync(path, "latin1");
	} catch {
		return "";
	}
}
