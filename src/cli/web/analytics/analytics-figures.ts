/** The headline numbers of a table, beside those of the range before. Pure. */
import type { TimeAnatomy, Totals } from "../../../insights/statistics/statistics.ts";
import type { Figure } from "../../../web/api/analytics.ts";

type Numbers = Totals & TimeAnatomy;
type Name = keyof Numbers;

const UNITS: Partial<Readonly<Record<Name, Figure["unit"]>>> = {
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
export function figuresOf(names: readonly Name[], now: Numbers, before: Numbers): Figure[] {
	return names.flatMap((name) => {
		const [value, previous] = [now[name], before[name]];
		if (value === undefined) return [];
		return [{ name, unit: UNITS[name] ?? "count", value, ...(previous === undefined ? {} : { previous }) }];
	});
}
