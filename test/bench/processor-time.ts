/** What the processes below one have used of the processor, from Linux's own books. */
import { readdirSync, readFileSync } from "node:fs";

/** Of a second; the same on every Linux that Node.js runs on. */
const TICKS = 100;

interface ProcessFacts {
	readonly pid: number;
	readonly parent: number;
	readonly name: string;
	/** In seconds; its ended children included. */
	readonly used: number;
}

/** Seconds by name of the program; empty where the system keeps no such books. */
export function processorTimeBelow(root: number): Readonly<Record<string, number>> {
	const all = listProcesses();
	const below = new Set([root]);
	for (let size = 0; size !== below.size; ) {
		size = below.size;
		for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
	}
	const sums: Record<string, number> = {};
	for (const { pid, name, used } of all)
		if (pid !== root && below.has(pid)) sums[name] = (sums[name] ?? 0) + used;
	return sums;
}

function listProcesses(): readonly ProcessFacts[] {
	try {
		return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readFacts(Number(name)) : []));
	} catch {
		return []; // not Linux
	}
}

/** proc(5): the name in brackets may hold anything, the rest is numbers. */
function readFacts(pid: number): readonly ProcessFacts[] {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		const [open, close] = [stat.indexOf("("), stat.lastIndexOf(")")];
		const fields = stat.slice(close + 2).split(" ");
		const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
		return [{ pid, parent: Number(fields[1]), name: stat.slice(open + 1, close), used: ticks / TICKS }];
	} catch {
		return []; // it has ended meanwhile
	}
}
