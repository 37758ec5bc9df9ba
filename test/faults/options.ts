/** `npm run test:faults -- [--full] [--only FAULT,…] [--runs N] [--seed N] [--lanes N] [--minutes N] [--write]` */
import { parseArgs } from "node:util";
import type { Size } from "./play.ts";

export interface Options {
	readonly size: Size;
	/** Empty: all. */
	readonly only: readonly string[];
	/** Instead of each fault's own number. */
	readonly runs: number | undefined;
	readonly seed: number;
	readonly lanes: number;
	/** No run is begun after so many. */
	readonly minutes: number;
	/** Make docs/reliability.md of it. */
	readonly isWritten: boolean;
}

const LANES = 4;
/** A day. */
const NO_LIMIT_MINUTES = 1440;

/** Throws a `TypeError` for words it does not know. */
export function readOptions(
	words: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	now: number,
): Options {
	const { values } = parseArgs({
		args: [...words],
		options: {
			full: { type: "boolean", default: false },
			only: { type: "string", default: "" },
			runs: { type: "string" },
			seed: { type: "string", default: env.CTRACE_SEED ?? String(now % 2 ** 31) },
			lanes: { type: "string", default: String(LANES) },
			minutes: { type: "string", default: String(NO_LIMIT_MINUTES) },
			write: { type: "boolean", default: false },
		},
	});
	return {
		size: values.full ? "full" : "brief",
		only: values.only.split(",").filter((name) => name !== ""),
		runs: values.runs === undefined ? undefined : count(values.runs),
		seed: count(values.seed),
		lanes: Math.max(1, count(values.lanes)),
		minutes: count(values.minutes),
		isWritten: values.write,
	};
}

function count(text: string): number {
	if (!/^\d+$/u.test(text)) throw new TypeError(`${text} is no number`);
	return Number(text);
}
