/** Processes as Linux's own books have them; empty answers where there are none. */
import { readdirSync, readFileSync } from "node:fs";
import { pause } from "./bench.ts";

/** Of a second; the same on every Linux that Node.js runs on. */
const TICKS = 100;
const LOOK_MS = 20;
const LIMIT_MS = 60_000;

/** The recorders of sessions that were measured in `home`. */
export function recordersOf(home: string): readonly number[] {
	return allProcesses().filter(
		(pid) =>
			read(pid, "cmdline").includes("recorder.js") && read(pid, "environ").includes(`CTRACE_HOME=${home}\0`),
	);
}

/** What a recorder still works on after its session's end would slow down whatever is measured next. */
export async function untilRecordersEnd(home: string): Promise<void> {
	const deadline = performance.now() + LIMIT_MS;
	while (recordersOf(home).length > 0 && performance.now() < deadline) await pause(LOOK_MS);
}

/** Megabytes. */
export function residentOf(pid: number): number {
	return Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, "status"))?.[1] ?? Number.NaN) / 1000;
}

/** Milliseconds of processor time so far. */
export function processorTimeOf(pid: number): number {
	const fields = read(pid, "stat").split(") ")[1]?.split(" ") ?? [];
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

function allProcesses(): readonly number[] {
	try {
		return readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.map(Number);
	} catch {
		return [];
	}
}

function read(pid: number, name: string): string {
	try {
		return readFileSync(`/proc/${pid}/${name}`, "latin1");
	} catch {
		return ""; // gone, or not ours
	}
}
