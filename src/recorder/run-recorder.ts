/** The recorder as a process: nothing may reach it from the terminal it was started at, and it leaves nothing behind. */
import { Socket } from "node:net";
import { setPriority } from "node:os";
import { growHeapBy } from "../config/javascript-engine.ts";
import { leaveNoCoreDumps, leaveNoReports } from "../config/leave-no-traces.ts";
import { type CreatePipeline, Recorder } from "./recorder.ts";

const DATA_FD = 3;
const LAST_FD = 4;
/** A recorder runs as long as a session does, beside everything else that a person does. */
const HEAP_GROWTH_PERCENT = 30;
/** Only this user may read what the recorder creates. */
const PRIVATE_UMASK = 0o077;
/** A report is one short line to a wrapper that reads at once. */
const REPORT_MS = 500;

/** Records one session from the descriptors 3 and 4, then ends the process. */
export async function runRecorder(createPipeline: CreatePipeline): Promise<void> {
	leaveNoCoreDumps();
	leaveNoReports(process);
	yieldToTheCommand();
	growHeapBy(HEAP_GROWTH_PERCENT);
	process.umask(PRIVATE_UMASK);
	const data = new Socket({ fd: DATA_FD, readable: true, writable: true });
	const last = new Socket({ fd: LAST_FD, readable: true, writable: false });
	const recorder = new Recorder({ data, last, report: data, createPipeline, now: steadyTime });
	for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGUSR2"]) {
		process.on(signal, () => {}); // meant for the command, not for its record
	}
	process.on("SIGTERM", () => recorder.stop());
	const outcome = await recorder.finished();
	if (outcome === "failed") await sent(data);
	process.exit(outcome === "closed" ? 0 : 1);
}

/** Of the day, from a clock that nobody sets: a session lasts as long as it lasted, wherever the hands are put meanwhile. */
function steadyTime(): number {
	return performance.timeOrigin + performance.now();
}

function sent(data: Socket): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, REPORT_MS);
		data.on("error", () => resolve());
		data.end(resolve);
	});
}

/** Where the processor is short, the command and its terminal come first. */
const LOW_PRIORITY = 10;

function yieldToTheCommand(): void {
	try {
		setPriority(LOW_PRIORITY);
	} catch {
		// Not everywhere may a process lower itself.
	}
}
