/**
 * `CTRACE_SESSION=PID:DEPTH` marks everything below a wrapper. It can outlive the wrapper (a tmux server started in a
 * session hands it to every later window), so it counts only while that wrapper is really above us.
 */

export const SESSION_VARIABLE = "CTRACE_SESSION";
/** A command that starts ctrace again this often, one inside the other, is a loop and not a wish. */
export const MAX_DEPTH = 8;

export interface Nesting {
	readonly wrapperPid: number;
	readonly depth: number;
}

export function parseNesting(value: string | undefined): Nesting | undefined {
	const match = /^(\d+):(\d+)$/.exec(value ?? "");
	if (match === null) return undefined;
	return { wrapperPid: Number(match[1]), depth: Number(match[2]) };
}

export function formatNesting(nesting: Nesting): string {
	return `${nesting.wrapperPid}:${nesting.depth}`;
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
