/**
 * A component of the daemon: one kind of work with a schedule of its own. The daemon decides when it runs; the work
 * itself happens in a process of its own, so that what crashes, hangs or eats memory there touches nothing else.
 */
import type { Config } from "../config/config.ts";
import type { ErrorCode } from "../core/errors.ts";
import type { LogLevel } from "../core/log-level.ts";
import type { LogFields } from "./log-event.ts";

export interface Component {
	/** One lower-case word. */
	readonly name: string;
	/** What it does, for people, without a full stop. */
	readonly summary: string;
	/** From the end of a run to the next one; a setting may decide. */
	readonly intervalMs: number | ((config: Config) => number);
	/** A run that takes longer is taken for hung, and ended. */
	readonly limitMs: number;
	/** How long its process waits for the next run, so that runs close together start it once. */
	readonly lingerMs: number;
	/** Runs in the daemon itself: watches for what makes a run worth while before its time. Must not block. */
	readonly watch?: (wake: () => void, config: Config) => Watch;
	/** Called in the component's own process only, once for all its runs; again after a run that failed. */
	readonly loadWork: () => Promise<Work>;
}

export interface Watch extends Disposable {
	/** False when it sees nothing any more: it is then opened anew. */
	readonly isOpen: boolean;
}

export interface WorkContext {
	readonly config: Config;
	/** The daemon stops, or the time is over: come to a safe place and return. */
	readonly signal: AbortSignal;
	readonly log: (level: LogLevel, event: string, fields?: LogFields) => void;
}

export interface WorkResult {
	/** What was done, by lower-case words: `{ closed: 2 }`. */
	readonly counts: Readonly<Record<string, number>>;
	/** What is still to be done, when that can be said. */
	readonly queue?: number;
	/** What kept it from doing all of it, as the code of an error. It counts as a failure, and is tried again. */
	readonly failure?: ErrorCode;
}

export function intervalOf({ intervalMs }: Pick<Component, "intervalMs">, config: Config): number {
	return typeof intervalMs === "number" ? intervalMs : intervalMs(config);
}

/** Throws what it cannot mend; the daemon tries again later. */
export type Work = (context: WorkContext) => Promise<WorkResult> | WorkResult;
