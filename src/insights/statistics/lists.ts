/** What was used, asked and touched most. */
import { optionalMean } from "./mean.ts";
import type {
	ModelFigures,
	ProjectFigures,
	StatisticsRange,
	StatisticsSource,
	ToolFigures,
} from "./statistics.ts";
import { tokensOf } from "./totals.ts";

export function readTools({ figures, limit }: StatisticsSource, range: StatisticsRange): ToolFigures[] {
	const rows = figures.sum({ ...range, table: "tools", by: ["thing"], most: { of: "calls", limit } });
	const samples = figures.readSamples(rows.map(({ sample }) => sample ?? 0));
	return rows.flatMap((row) => {
		const sample = samples.get(row.sample ?? 0);
		if (sample?.content.kind !== "tool") return [];
		return {
			name: sample.content.name,
			calls: row.calls,
			failures: row.failures,
			refusals: row.refusals,
			interruptions: row.interruptions,
			failureRate: row.failures / row.calls,
			...optionalMean("meanMs", row.ms, row.timed),
			totalMs: row.ms,
			example: { sessionId: sample.sessionId, turnSeq: sample.turnSeq },
		};
	});
}

export function readModels({ figures, noModels }: StatisticsSource, range: StatisticsRange): ModelFigures[] {
	return figures
		.sum({ ...range, table: "models", by: ["model"] })
		.filter(({ model }) => !noModels.has(model ?? ""))
		.map((row) => ({
			model: row.model ?? "",
			responses: row.responses,
			...tokensOf(row),
			costUsd: row.cost_usd,
			isPriced: row.unpriced === 0,
		}))
		.sort((a, b) => b.costUsd - a.costUsd || b.totalTokens - a.totalTokens);
}

export function readProjects({ figures, limit }: StatisticsSource, range: StatisticsRange): ProjectFigures[] {
	const cwds = new Map(figures.projects().map(({ project, cwd }) => [project, cwd]));
	const models = new Map(
		figures.sum({ ...range, table: "models", by: ["project"] }).map((row) => [row.project, row]),
	);
	return figures
		.sum({
			...range,
			table: "totals",
			by: ["project"],
			pick: ["sessions", "turns"],
			most: { of: "turns", limit },
		})
		.map((row) => ({
			cwd: cwds.get(row.project ?? 0) ?? "",
			sessions: row.sessions,
			turns: row.turns,
			totalTokens: tokensOf(models.get(row.project)).totalTokens,
			costUsd: models.get(row.project)?.cost_usd ?? 0,
		}));
}

export function readMasked(
	{ figures, limit }: StatisticsSource,
	range: StatisticsRange,
): { readonly rule: string; readonly count: number }[] {
	return figures
		.sum({ ...range, table: "rules", by: ["rule"], most: { of: "masked", limit } })
		.map((row) => ({ rule: row.rule ?? "", count: row.masked }));
}
