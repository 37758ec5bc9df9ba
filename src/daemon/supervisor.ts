/**
 * Runs the components by their plan. It looks when it is told to (`tick`) and answers when to be told again; clocks and
 * processes are handed in.
 */
import type { ComponentProcess, Outcome } from "./component-process.ts";
import {
	askToStop,
	begin,
	type ComponentState,
	fail,
	hasten,
	type Moment,
	makeDue,
	resumeState,
	type SavedState,
	skipTime,
	succeed,
	wake,
} from "./component-state.ts";
import type { LogEvent, LogFields } from "./log-event.ts";
import { detectJump, planSteps, STOP_GRACE_MS, type Step } from "./schedule.ts";

export type Runner = Pick<ComponentProcess, "run" | "finish" | "kill" | "pid">;

export interface Supervised {
	readonly name: string;
	readonly summary: string;
	/** As the settings are at the moment. */
	readonly intervalMs: () => number;
	readonly limitMs: number;
	readonly runner: Runner;
}

export interface SupervisorOptions {
	readonly components: readonly Supervised[];
	readonly saved: Readonly<Record<string, SavedState>>;
	readonly now: () => Moment;
	readonly random: () => number;
	readonly log: (event: Omit<LogEvent, "time">) => void;
	/** Something ended or was woken: `tick` has something to do before its time. */
	readonly onChange: () => void;
}

interface Entry extends Supervised {
	state: ComponentState;
	/** Who wants to know how the next run that begins ends. */
	readonly waiting: ((outcome: Outcome) => void)[];
	current: Promise<Outcome> | undefined;
}

export class Supervisor {
	readonly #options: SupervisorOptions;
	readonly #entries: ReadonlyMap<string, Entry>;
	#last: Moment;
	#isStopping = false;

	constructor(options: SupervisorOptions) {
		this.#options = options;
		this.#last = options.now();
		const entries = options.components.map((component): readonly [string, Entry] => [
			component.name,
			{
				...component,
				state: resumeState(options.saved[component.name], this.#last, component.intervalMs()),
				waiting: [],
				current: undefined,
			},
		]);
		this.#entries = new Map(entries);
	}

	/** Begins what is due; gives the milliseconds until there is something to do again. */
	tick(): number {
		const now = this.#options.now();
		this.#noticeJump(now);
		const planned = [...this.#entries.values()].map(({ name, state, limitMs }) => ({ name, state, limitMs }));
		const { steps, waitMs } = planSteps(planned, now);
		if (this.#isStopping) return waitMs;
		for (const step of steps) this.#carryOut(step, now);
		return waitMs;
	}

	/** A component's watcher saw something. */
	wake(name: string): void {
		this.#change(name, (state, now) => wake(state, now));
		this.#options.onChange();
	}

	/** The settings changed: nothing waits longer than its interval is now. */
	reschedule(): void {
		for (const entry of this.#entries.values())
			entry.state = hasten(entry.state, this.#options.now(), entry.intervalMs());
		this.#options.onChange();
	}

	/** Runs it now; resolves with how that run ended. Undefined: there is no such component. */
	runNow(name: string): Promise<Outcome> | undefined {
		const entry = this.#entries.get(name);
		if (entry === undefined || this.#isStopping) return undefined;
		const outcome = new Promise<Outcome>((resolve) => entry.waiting.push(resolve));
		this.#change(name, (state, now) => makeDue(state, now));
		this.#options.onChange();
		return outcome;
	}

	states(): readonly { readonly component: Supervised; readonly state: ComponentState }[] {
		return [...this.#entries.values()].map((entry) => ({ component: entry, state: entry.state }));
	}

	/** Nothing new begins; what is in hand is told to come to an end, and ended when it does not. */
	async stop(wait: (ms: number) => Promise<void>): Promise<void> {
		this.#isStopping = true;
		const entries = [...this.#entries.values()];
		const finished = Promise.all(entries.map(({ runner }) => runner.finish()));
		await Promise.race([finished, wait(STOP_GRACE_MS)]);
		await Promise.all(entries.map(({ runner }) => runner.kill()));
		await Promise.all(entries.map(({ current }) => current));
		for (const { waiting } of entries)
			for (const resolve of waiting.splice(0)) resolve({ kind: "failed", code: "crashed", facts: {} });
	}

	#noticeJump(now: Moment): void {
		const jump = detectJump(this.#last, now);
		this.#last = now;
		if (jump.kind === "none") return;
		this.#options.log({
			level: "warn",
			component: "daemon",
			event: jump.kind === "forward" ? "time-skipped" : "clock-set-back",
			fields: { ms: jump.ms },
		});
		if (jump.kind !== "forward") return;
		for (const entry of this.#entries.values()) entry.state = skipTime(entry.state, jump.ms);
	}

	#carryOut(step: Step, now: Moment): void {
		const entry = this.#entries.get(step.name);
		if (entry === undefined) return;
		if (step.kind === "begin") this.#begin(entry, now);
		else if (step.kind === "ask") {
			this.#log(entry, "warn", "took-too-long", { ms: entry.limitMs });
			entry.state = askToStop(entry.state, now);
			void entry.runner.finish();
		} else void entry.runner.kill();
	}

	#begin(entry: Entry, now: Moment): void {
		const waiting = entry.waiting.splice(0);
		entry.state = begin(entry.state, now);
		this.#log(entry, "debug", "run-began");
		entry.current = entry.runner.run().then((outcome) => {
			const final = this.#end(entry, outcome);
			for (const resolve of waiting) resolve(final);
			this.#options.onChange();
			return final;
		});
	}

	#end(entry: Entry, outcome: Outcome): Outcome {
		const now = this.#options.now();
		const { phase } = entry.state;
		const rhythm = { intervalMs: entry.intervalMs(), chance: this.#options.random() };
		const ms = phase.kind === "running" ? Math.round(now.mono - phase.since) : 0;
		const isLate = phase.kind === "running" && phase.stopAskedAt !== undefined;
		if (outcome.kind === "done" && !isLate) {
			entry.state = succeed(entry.state, outcome, now, rhythm);
			this.#log(entry, worthTelling(outcome.counts) ? "info" : "debug", "run-ended", {
				...outcome.counts,
				queue: outcome.queue,
				ms,
			});
			return outcome;
		}
		if (outcome.kind === "failed" && this.#isStopping && outcome.code === "crashed") {
			entry.state = { ...entry.state, phase: { kind: "waiting", due: now.mono } };
			return outcome; // we ended it ourselves
		}
		const code = isLate ? "timeout" : outcome.kind === "failed" ? outcome.code : "internal";
		const facts = outcome.kind === "failed" ? outcome.facts : {};
		const queue = outcome.kind === "failed" ? outcome.queue : undefined;
		entry.state = fail(entry.state, { code, queue }, now, rhythm);
		this.#log(entry, "error", "run-failed", { ...facts, code, failures: entry.state.failures, ms });
		// Somebody asked for another run while this one failed: that one does not wait.
		if (entry.waiting.length > 0) entry.state = makeDue(entry.state, now);
		return { kind: "failed", code, facts };
	}

	#change(name: string, change: (state: ComponentState, now: Moment) => ComponentState): void {
		const entry = this.#entries.get(name);
		if (entry !== undefined) entry.state = change(entry.state, this.#options.now());
	}

	#log(entry: Entry, level: LogEvent["level"], event: string, fields: LogFields = {}): void {
		this.#options.log({ level, component: entry.name, event, fields });
	}
}

/** A run that found nothing to do is no news. */
function worthTelling(counts: Readonly<Record<string, number>>): boolean {
	return Object.values(counts).some((count) => count > 0);
}
