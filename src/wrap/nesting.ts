/**
 * `CTRACE_SESSION=PID:DEPTH:ID` marks everything below a wrapper; the session's id is for whoever wants to name it (a commit,
 * say), and missing where nothing is recorded. The mark can outlive the wrapper (a tmux server started in a
 * session hands it to every later window), so it counts only while that wrapper is really above us.
 */

export const SESSION_VARIABLE = "CTRACE_SESSION";
/** A command that starts ctrace again this often, one inside the other, is a loop and not a wish. */
export const MAX_DEPTH = 8;

export interface Nesting {
	readonly wrapperPid: number;
	readonly depth: number;
	/** Absent: not recorded. */
	readonly sessionId?: string;
}

const MARK = /^(?<pid>\d+):(?<depth>\d+)(?::(?<id>[0-9a-f-]{36}))?$/u;

export function parseNesting(value: string | undefined): Nesting | undefined {
	const { pid, depth, id } = MARK.exec(value ?? "")?.groups ?? {};
	if (pid === undefined || depth === undefined) return undefined;
	return {
		wrapperPid: Number(pid),
		depth: Number(depth),
		...(id === undefined ? {} : { sessionId: id }),
	};
}

export function formatNesting({ wrapperPid, depth, sessionId }: Nesting): string {
	return [wrapperPid, depth, ...(sessionId === undefined ? [] : [sessionId])].join(":");
}

/** Whether the wrapper is among the ancestors of `pid`; where ancestors cannot be read, whether it still runs. */
export function isAbove(
	nesting: Nesting,
	pid: number,
	system: {
		readonly parentOf: (pid: number) => number | undefined;
		readonly isAlive: (pid: number) => boolean;
	},
): boolean {
	let current: number | undefined = system.parentOf(pid);
	if (current === undefined) return system.isAlive(nesting.wrapperPid);
	while (current !== undefined && current > 1) {
		if (current === nesting.wrapperPid) return true;
		current = system.parentOf(current);
	}
	return false;
}
