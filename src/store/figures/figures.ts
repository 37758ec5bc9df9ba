/** What may be done with figures: bring them up to date, session by session, and add them up. */
import type { Session } from "../../core/session.ts";
import type { Item, Prompt, Turn } from "../../core/turn.ts";
import type { FigureName, KeyOf, SumOf } from "./tables.ts";

/** Days since 1970-01-01 on the calendar of the machine where the figures were made. */
export type DayNumber = number;

/** Where a text that a row counts stands: the turn's `seq`, and the item's place in it, 0 for the prompt. */
export interface SamplePlace {
	readonly seq: number;
	readonly position: number;
}

export interface FigureRow<Name extends FigureName> {
	readonly day: DayNumber;
	readonly keys: Readonly<Record<KeyOf<Name>, number | string>>;
	readonly sums: Readonly<Partial<Record<SumOf<Name>, number>>>;
	/** Of tables whose sample is an item. */
	readonly sample?: SamplePlace;
}

/** All figures of one session. */
export interface SessionFigures {
	/** Digest of its directory. */
	readonly project: number;
	readonly rows: { readonly [Name in FigureName]: readonly FigureRow<Name>[] };
}

export interface FigureRange {
	/** First and last day, both counted in. */
	readonly from: DayNumber;
	readonly to: DayNumber;
	/** Digests of directories; absent: all. */
	readonly projects?: readonly number[];
}

export interface FigureQuery<Name extends FigureName, Picked extends SumOf<Name> = SumOf<Name>>
	extends FigureRange {
	readonly table: Name;
	/** Rows are added up but for these; `weekday` counts from 0, a Monday. */
	readonly by: readonly ("day" | "weekday" | "project" | KeyOf<Name>)[];
	/** The sums that are wanted, and no sample with them. Absent: all, and a sample. */
	readonly pick?: readonly Picked[];
	/** The largest sums of this column first, and only as many; absent: all, in the order of `by`. */
	readonly most?: { readonly of: SumOf<Name>; readonly limit: number };
}

export type SummedRow<Name extends FigureName, Picked extends SumOf<Name> = SumOf<Name>> = Readonly<
	Record<Picked, number>
> & {
	readonly day?: DayNumber;
	readonly weekday?: number;
	readonly project?: number;
	readonly thing?: number;
	readonly hour?: number;
	readonly model?: string;
	readonly rule?: string;
	/** Key of one item, or of one session, that is counted in the row. */
	readonly sample?: number;
};

export interface RepeatedPrompt {
	readonly sample: number;
	readonly prompts: number;
	readonly sessions: number;
}

/** An item, or a prompt, that stands for what a row counts. */
export interface Sample {
	readonly sessionId: string;
	readonly turnSeq: number;
	readonly content: Item | (Prompt & { readonly kind: Prompt["kind"]; readonly isPrompt: true });
}

export interface StoredResponseFacts {
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWrite5mTokens: number;
	readonly cacheWrite1hTokens: number;
	/** Null: the model's price is not known. */
	readonly costUsd: number | null;
}

/** A session as it is stored, all turns with it. */
export interface MeasuredSession {
	readonly session: Session;
	readonly turns: readonly Turn[];
}

export interface FigureStore {
	/** How many sessions changed since they were last measured. */
	countStale(): number;
	/**
	 * Measures up to `limit` of them, each in the state it has now, in one transaction; gives how many. Sessions are measured
	 * in the order they began.
	 */
	refresh(
		limit: number,
		measure: (measured: MeasuredSession, responses: readonly StoredResponseFacts[]) => SessionFigures,
	): number;
	sum<Name extends FigureName, Picked extends SumOf<Name> = SumOf<Name>>(
		query: FigureQuery<Name, Picked>,
	): SummedRow<Name, Picked>[];
	/** In how many sessions something was masked, by rule. */
	maskedSessions(range: FigureRange): ReadonlyMap<string, number>;
	/** Prompts given in at least `sessions` sessions of the range, the most often given first. */
	repeatedPrompts(
		range: FigureRange,
		limits: { readonly sessions: number; readonly limit: number },
	): RepeatedPrompt[];
	/** The directory of each project there is a figure of. */
	projects(): { readonly project: number; readonly cwd: string }[];
	/** What the samples say; those that are gone are left out. */
	readSamples(keys: readonly number[]): Map<number, Sample>;
}
