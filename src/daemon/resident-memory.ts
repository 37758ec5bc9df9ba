/** Memory of other processes, where the system tells: Linux. */
import { readFileSync } from "node:fs";

const KILOBYTE = 1024;

/** Bytes of the process that are in memory; undefined when it is gone or nobody tells. */
export function residentMemory(pid: number): number | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/status`, "utf8");
		const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * KILOBYTE;
	} catch {
		return undefined;
	}
}
