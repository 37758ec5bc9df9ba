/** How a child ended: with a code, or by a signal. */
export interface ChildExit {
	readonly code?: number | undefined;
	readonly signal?: NodeJS.Signals | undefined;
}

/** What a shell puts in `$?` for a child killed by signal n. */
const SIGNAL_CODE_BASE = 128;

/** The exit code that a shell would report for this end. `numbers` maps signal names to numbers. */
export function shellCode(exit: ChildExit, numbers: Readonly<Record<string, number>>): number {
	if (exit.signal === undefined) return exit.code ?? 0;
	return SIGNAL_CODE_BASE + (numbers[exit.signal] ?? 0);
}

/** The name of a signal by its number, as far as this platform knows it. */
export function signalName(
	number: number,
	numbers: Readonly<Record<string, number>>,
): NodeJS.Signals | undefined {
	for (const [name, value] of Object.entries(numbers)) {
		if (value === number && isSignal(name)) return name;
	}
	return undefined;
}

function isSignal(name: string): name is NodeJS.Signals {
	return name.startsWith("SIG");
}
