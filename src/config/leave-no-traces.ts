/**
 * A process that has secrets in its memory must not write that memory to a file, whatever it dies of and whatever the
 * person's own NODE_OPTIONS ask of their programs: no core dumps, no diagnostic reports (they hold the environment), no
 * heap snapshots.
 */
import { writeFileSync } from "node:fs";

/** What of `process` it takes. */
export interface OwnProcess {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly execArgv: readonly string[];
	readonly report?: {
		reportOnFatalError: boolean;
		reportOnSignal: boolean;
		reportOnUncaughtException: boolean;
	};
	removeAllListeners(signal: string): unknown;
}

/** To be called before anything else listens to signals. */
export function leaveNoReports(own: OwnProcess): void {
	if (own.report !== undefined) {
		own.report.reportOnFatalError = false;
		own.report.reportOnSignal = false;
		own.report.reportOnUncaughtException = false;
	}
	const options = [...own.execArgv, own.env.NODE_OPTIONS ?? ""].join(" ");
	for (const [, signal = ""] of options.matchAll(/--heapsnapshot-signal[= ]["']?(\w+)/g))
		own.removeAllListeners(signal);
}

/**
 * Linux; elsewhere none are written unless the system was asked to. Children inherit it: to be called when the wrapped
 * command, whose dumps are its own, has been started.
 */
export function leaveNoCoreDumps(): void {
	try {
		writeFileSync("/proc/self/coredump_filter", "0");
	} catch {
		// No such switch on this system.
	}
}
