/** A component's own process: does one run after the other, and ends with the daemon that started it. */
import type { Config } from "../config/config.ts";
import type { LogLevel } from "../core/log-level.ts";
import type { Component, Work } from "./component.ts";
import { describeFailure } from "./failure.ts";
import type { LogFields } from "./log-event.ts";
import { orderSchema, type Report } from "./worker-messages.ts";

/** A run that does not come to an end by then is cut off: the daemon itself has to be gone within five seconds. */
const END_MS = 3_500;

export interface ComponentProcessSetup {
	readonly component: Component;
	/** Read anew for each run, so that a changed setting counts from the next one on. */
	readonly readConfig: () => Config;
}

/** Never returns to its caller before the process is to end. */
export function runComponent({ component, readConfig }: ComponentProcessSetup): Promise<void> {
	const stopping = new AbortController();
	// Loaded once: what one run learned, the next one may know. After a failure it is loaded anew.
	let loaded: Promise<Work> | undefined;
	const runOne = async (run: number): Promise<Report> => {
		loaded ??= component.loadWork();
		const report = await runOnce(loaded, readConfig, { run, signal: stopping.signal });
		if (report.kind === "failed") loaded = undefined;
		return report;
	};
	return new Promise((resolve) => {
		let current: Promise<void> = Promise.resolve();
		const end = () => {
			if (stopping.signal.aborted) return;
			stopping.abort();
			setTimeout(resolve, END_MS).unref();
			void current.then(resolve);
		};
		process.on("message", (message) => {
			const order = orderSchema.safeParse(message).data;
			if (order?.kind === "finish") end();
			else if (order?.kind === "run" && !stopping.signal.aborted) current = runOne(order.run).then(tell);
		});
		process.on("disconnect", end); // the daemon is gone
		process.on("SIGTERM", end);
		// Meant for the daemon, which tells its components itself.
		for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
	});
}

async function runOnce(
	loaded: Promise<Work>,
	readConfig: () => Config,
	{ run, signal }: { readonly run: number; readonly signal: AbortSignal },
): Promise<Report> {
	try {
		const work = await loaded;
		const { counts, queue, failure } = await work({ config: readConfig(), signal, log });
		const left = queue === undefined ? {} : { queue };
		if (failure !== undefined) return { kind: "failed", run, code: failure, ...left };
		return { kind: "done", run, counts: { ...counts }, ...left };
	} catch (error) {
		const { code, where } = describeFailure(error);
		return { kind: "failed", run, code, ...(where === undefined ? {} : { where }) };
	}
}

function log(level: LogLevel, event: string, fields: LogFields = {}): void {
	const known = Object.entries(fields).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, value]],
	);
	void tell({ kind: "event", level, event, fields: Object.fromEntries(known) });
}

/** Resolves when it is sent, or cannot be. */
function tell(report: Report): Promise<void> {
	return new Promise((resolve) => {
		if (process.send === undefined || !process.connected) resolve();
		else process.send(report, undefined, undefined, () => resolve());
	});
}
