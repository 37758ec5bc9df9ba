/** What the measurements share: their place, what they are told, and the shape of what they tell. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../../support/remove-folder.ts";

export interface Bench {
	/** A folder of this run alone, and the home of the ctrace that is measured. */
	readonly place: string;
	/** The repository. */
	readonly root: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** 1 is the usual length; less for a quick look. */
	readonly effort: number;
	/** A database of `npm run seed:big`, as CTRACE_HOME. */
	readonly seed: string | undefined;
	readonly say: (text: string) => void;
}

/** What is asked of a figure, and whether it was met. */
export interface Bar {
	readonly what: string;
	readonly measured: string;
	readonly bar: string;
	readonly isMet: boolean;
}

export interface Report {
	readonly bars: readonly Bar[];
	/** Markdown. */
	readonly lines: readonly string[];
}

export interface Part {
	readonly name: string;
	readonly title: string;
	readonly run: (bench: Bench) => Promise<Report>;
}

/** `use` gets a bench of its own; what it left behind goes, also where a recorder still writes for a moment. */
export async function withBench<T>(
	options: Pick<Bench, "effort" | "seed" | "say">,
	use: (bench: Bench) => Promise<T>,
): Promise<T> {
	const place = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
	mkdirSync(join(place, "ctrace"));
	const env = {
		...process.env,
		HOME: place,
		CTRACE_HOME: join(place, "ctrace"),
		TERM: "xterm-256color",
		SHELL: "/bin/sh",
	};
	try {
		return await use({ ...options, place, root: process.cwd(), env });
	} finally {
		removeFolder(place);
	}
}

export function atMost(what: string, measured: number, bar: number, unit: string): Bar {
	return {
		what,
		measured: `${text(measured)}${unit}`,
		bar: `at most ${bar}${unit}`,
		isMet: measured <= bar,
	};
}

export function atLeast(what: string, measured: number, bar: number, unit: string): Bar {
	return {
		what,
		measured: `${text(measured)}${unit}`,
		bar: `at least ${bar}${unit}`,
		isMet: measured >= bar,
	};
}

function text(value: number): string {
	return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
	return [line(head), line(rule), ...rows.map(line)];
}

/** Rounds of a comparison: so many, or fewer where the machine is so busy that they would take longer than that. */
export function* rounds(most: number, limitMs: number): Generator<number> {
	const began = performance.now();
	for (let round = 0; round < most; round += 1) {
		if (round > 1 && performance.now() - began > limitMs) return;
		yield round;
	}
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}
