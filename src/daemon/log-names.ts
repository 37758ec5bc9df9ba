/** The log's files: `daemon.log` is the newest, `daemon.4.log` the oldest. Pure. */

const KEPT_FILES = 5;

export function logFileName(age: number): string {
	return age === 0 ? "daemon.log" : `daemon.${age}.log`;
}

/** Oldest first, in the order they have to be renamed; without `to`: to be removed. */
export function rotatedNames(): readonly { readonly from: string; readonly to?: string }[] {
	return Array.from({ length: KEPT_FILES }, (_, index) => {
		const age = KEPT_FILES - 1 - index;
		const from = logFileName(age);
		return age === KEPT_FILES - 1 ? { from } : { from, to: logFileName(age + 1) };
	});
}

/** Oldest first. */
export function logFileNames(): readonly string[] {
	return rotatedNames().map(({ from }) => from);
}
