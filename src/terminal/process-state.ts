/** What the system knows about a process: is it stopped, does it own its terminal, does it ignore a signal. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessState {
	readonly parent: number;
	readonly group: number;
	/** Session it belongs to; 0 where the system does not tell. */
	readonly session: number;
	/** Process group in the foreground of its terminal; -1 without one. */
	readonly foregroundGroup: number;
	readonly stopped: boolean;
}

/** Undefined when the process is gone. */
export async function readProcessState(pid: number): Promise<ProcessState | undefined> {
	return process.platform === "linux" ? readLinuxState(pid) : readWithPs(pid);
}

/** The same without waiting, where the system allows it (Linux). */
export function readLinuxState(pid: number): ProcessState | undefined {
	try {
		return parseProcStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
	} catch {
		return undefined;
	}
}

/** Reads `/proc/PID/stat`; the name in brackets may itself contain blanks and brackets. */
export function parseProcStat(text: string): ProcessState | undefined {
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	const [state, parent, group, session, , foreground] = fields;
	if (state === undefined || foreground === undefined) return undefined;
	return {
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
		foregroundGroup: Number(foreground),
		stopped: state === "T",
	};
}

/** Reads one line of `ps -o ppid=,pgid=,tpgid=,state=`. */
export function parsePsLine(text: string): ProcessState | undefined {
	const [parent, group, foreground, state] = text.trim().split(/\s+/);
	if (state === undefined) return undefined;
	return {
		parent: Number(parent),
		group: Number(group),
		session: 0,
		foregroundGroup: Number(foreground),
		stopped: state.startsWith("T"),
	};
}

/**
 * Whether a shell is there that could continue the process after a stop: somebody above it, in the same session, in another
 * process group. Where the system does not tell, one is assumed.
 */
export function hasJobControl(
	pid: number,
	read: (pid: number) => ProcessState | undefined = readLinuxState,
): boolean {
	const own = read(pid);
	if (own === undefined) return true;
	let parent = read(own.parent);
	while (parent !== undefined && parent.group === own.group) parent = read(parent.parent);
	return parent !== undefined && parent.session === own.session;
}

function readWithPs(pid: number): Promise<ProcessState | undefined> {
	return new Promise((resolve) => {
		execFile("ps", ["-o", "ppid=,pgid=,tpgid=,state=", "-p", String(pid)], (error, stdout) => {
			resolve(error === null ? parsePsLine(stdout) : undefined);
		});
	});
}

/** Whether the process ignores a signal; false where the system does not tell. */
export function ignoresSignal(pid: number, signal: number): boolean {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "latin1");
		const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0";
		return (BigInt(`0x${mask}`) & (1n << BigInt(signal - 1))) !== 0n;
	} catch {
		return false;
	}
}
