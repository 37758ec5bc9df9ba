/**
 * A component's process, seen from the daemon: started when there is work, kept for a while, gone when it is idle.
 * Whatever happens in it, a run has exactly one outcome.
 */
import { type ChildProcess, fork } from "node:child_process";
import type { LogLevel } from "../core/log-level.ts";
import type { LogFields } from "./log-event.ts";
import { type Order, type Report, reportSchema } from "./worker-messages.ts";

export type Outcome =
	| { readonly kind: "done"; readonly counts: Readonly<Record<string, number>>; readonly queue?: number }
	| {
			readonly kind: "failed";
			readonly code: string;
			readonly facts: LogFields;
			/** What is still to be done, when that could be said. */
			readonly queue?: number;
	  };

export interface ComponentProcessOptions {
	readonly name: string;
	/** The file and first arguments of a component's process. */
	readonly script: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly lingerMs: number;
	readonly onEvent: (event: { level: LogLevel; event: string; fields: LogFields }) => void;
}

interface Run {
	readonly id: number;
	readonly settle: (outcome: Outcome) => void;
}

export class ComponentProcess {
	readonly #options: ComponentProcessOptions;
	#child: ChildProcess | undefined;
	#run: Run | undefined;
	#runs = 0;
	#linger: NodeJS.Timeout | undefined;
	#isLeaving = false;
	#gone: Promise<void> = Promise.resolve();

	constructor(options: ComponentProcessOptions) {
		this.#options = options;
	}

	get pid(): number | undefined {
		return this.#child?.pid;
	}

	/** One run at a time. A process that was told to leave is not given another one. */
	run(): Promise<Outcome> {
		clearTimeout(this.#linger);
		if (this.#isLeaving) return this.#gone.then(() => this.run());
		this.#runs += 1;
		const id = this.#runs;
		return new Promise((resolve) => {
			this.#run = { id, settle: resolve };
			const child = this.#child ?? this.#start();
			this.#tell(child, { kind: "run", run: id });
		});
	}

	/** Tells it to come to an end for good; resolves when it is gone. */
	finish(): Promise<void> {
		clearTimeout(this.#linger);
		if (this.#child !== undefined) {
			this.#isLeaving = true;
			this.#tell(this.#child, { kind: "finish" });
		}
		return this.#gone;
	}

	/** Ends it without asking; resolves when it is gone. */
	kill(): Promise<void> {
		this.#isLeaving = this.#child !== undefined;
		this.#child?.kill("SIGKILL");
		return this.#gone;
	}

	#start(): ChildProcess {
		const { script, args, env } = this.#options;
		const child = fork(script, args, {
			env,
			execArgv: process.execArgv,
			stdio: ["ignore", "ignore", "ignore", "ipc"],
			serialization: "json",
		});
		this.#child = child;
		this.#gone = new Promise((resolve) => {
			const end = (outcome: Outcome) => {
				this.#child = undefined;
				this.#isLeaving = false;
				this.#settle(outcome);
				resolve();
			};
			child.on("error", (error) => {
				if (child.pid === undefined) end({ kind: "failed", code: "not-started", facts: errorFacts(error) });
			});
			child.on("exit", (code, signal) =>
				end({
					kind: "failed",
					code: "crashed",
					facts: { ...(signal === null ? {} : { signal }), ...(code === null ? {} : { exit: code }) },
				}),
			);
		});
		child.on("message", (message) => this.#hear(message));
		return child;
	}

	#tell(child: ChildProcess, order: Order): void {
		// A process that is just ending cannot be told: its exit settles the run.
		if (child.connected) child.send(order, () => {});
	}

	#hear(message: unknown): void {
		const report = reportSchema.safeParse(message).data;
		if (report === undefined) return;
		if (report.kind === "event")
			this.#options.onEvent({ level: report.level, event: report.event, fields: report.fields ?? {} });
		else if (report.run === this.#run?.id) this.#settle(toOutcome(report));
	}

	#settle(outcome: Outcome): void {
		const run = this.#run;
		this.#run = undefined;
		run?.settle(outcome);
		clearTimeout(this.#linger);
		if (this.#child !== undefined)
			this.#linger = setTimeout(() => void this.finish(), this.#options.lingerMs).unref();
	}
}

function toOutcome(report: Exclude<Report, { kind: "event" }>): Outcome {
	if (report.kind === "failed") {
		const { code, where, queue } = report;
		const facts = where === undefined ? {} : { where };
		return { kind: "failed", code, facts, ...(queue === undefined ? {} : { queue }) };
	}
	const { counts, queue } = report;
	return { kind: "done", counts, ...(queue === undefined ? {} : { queue }) };
}

function errorFacts(error: Error): LogFields {
	return { kind: error.name };
}
