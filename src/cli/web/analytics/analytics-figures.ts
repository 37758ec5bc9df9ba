/** The headline numbers of a table, beside those of the range before. Pure. */
import type { TimeAnatomy, Totals } from "../../../insights/statistics/statistics.ts";
import type { Figure } from "../../../web/api/analytics.ts";

type Numbers = Totals & TimeAnatomy;
export type FigureName = keyof Numbers;

const OF_TIME: readonly FigureName[] = [
	"timedTurns",
	"thinkingMs",
	"streamingMs",
	"toolMs",
	"permissionMs",
	"userMs",
	"awayMs",
];

export function isOfTime(name: FigureName): boolean {
	return OF_TIME.includes(name);
}

const UNITS: Partial<Readonly<Record<FigureName, Figure["unit"]>>> = {
	totalTokens: "tokens",
	inputTokens: "tokens",
	outputTokens: "tokens",
	cacheReadTokens: "tokens",
	cacheWriteTokens: "tokens",
	cacheEfficiency: "share",
	costUsd: "usd",
	thinkingMs: "ms",
	streamingMs: "ms",
	toolMs: "ms",
	permissionMs: "ms",
	userMs: "ms",
	awayMs: "ms",
};

/** A number that is not known in the range is left out. */
export function figuresOf(
	names: readonly FigureName[],
	now: Partial<Numbers>,
	before: Partial<Numbers>,
): Figure[] {
	return names.flatMap((name) => {
		const [value, previous] = [now[name], before[name]];
		if (value === undefined) return [];
		return [{ name, unit: UNITS[name] ?? "count", value, ...(previous === undefined ? {} : { previous }) }];
	});
}
