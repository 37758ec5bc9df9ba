/** Permission dialogs, by the rule that would have spared them; and the files that were touched. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { Sample } from "../../store/figures/figures.ts";
import { offeredRuleOf, ruleOfCall } from "../measure/allow-rule.ts";
import { fileOf } from "../measure/items.ts";
import { optionalMean } from "./mean.ts";
import type { FileFigures, PermissionFigures, StatisticsRange, StatisticsSource } from "./statistics.ts";

/** Asked this often and never refused: the answer is known. */
const CANDIDATE_FROM = 3;

export function readPermissions(
	{ figures, marks, limit }: StatisticsSource,
	range: StatisticsRange,
): PermissionFigures[] {
	const rows = figures.sum({ ...range, table: "permissions", by: ["thing"], most: { of: "asked", limit } });
	const samples = figures.readSamples(rows.map(({ sample }) => sample ?? 0));
	return rows.flatMap((row) => {
		const sample = samples.get(row.sample ?? 0);
		const asked = sample === undefined ? undefined : whatWasAsked(sample, marks);
		if (sample === undefined || asked === undefined) return [];
		return {
			...asked,
			asked: row.asked,
			allowed: row.allowed,
			allowedForGood: row.allowed_for_good,
			refused: row.refused,
			...optionalMean("meanDecisionMs", row.ms, row.timed),
			isCandidate: asked.rule !== undefined && row.allowed >= CANDIDATE_FROM && row.refused === 0,
			example: { sessionId: sample.sessionId, turnSeq: sample.turnSeq },
		};
	});
}

function whatWasAsked(
	{ content }: Sample,
	marks: MeasureMarks,
): { readonly rule?: string; readonly about: string } | undefined {
	if (content.kind === "tool") {
		const rule = ruleOfCall(content, marks);
		return { about: content.name, ...(rule === undefined ? {} : { rule }) };
	}
	if (content.kind !== "permission") return undefined;
	const rule = offeredRuleOf(content, marks);
	return { about: content.tool ?? content.question, ...(rule === undefined ? {} : { rule }) };
}

export function readFiles(
	{ figures, marks, limit }: StatisticsSource,
	range: StatisticsRange,
): FileFigures[] {
	const cwds = new Map(figures.projects().map(({ project, cwd }) => [project, cwd]));
	const rows = figures.sum({
		...range,
		table: "files",
		by: ["project", "thing"],
		most: { of: "edits", limit },
	});
	const samples = figures.readSamples(rows.map(({ sample }) => sample ?? 0));
	return rows.flatMap((row) => {
		const content = samples.get(row.sample ?? 0)?.content;
		const cwd = cwds.get(row.project ?? 0) ?? "";
		const file = content?.kind === "tool" ? fileOf(content, cwd, marks) : undefined;
		return file === undefined ? [] : [{ path: file.path, cwd, reads: row.reads, edits: row.edits }];
	});
}
