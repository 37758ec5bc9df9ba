import { CtraceError } from "../../core/errors.ts";
import { computeFindings } from "../../insights/findings/computed-findings.ts";
import type { Finding } from "../../insights/findings/finding.ts";
import type { KeptFindings } from "../../insights/findings/kept-findings.ts";
import { mostCostOf, type Pricing } from "../../insights/reading/budget.ts";
import { planReading, type ReadingPlan } from "../../insights/reading/plan-reading.ts";
import type { ReadingProgress, ReadingResult } from "../../insights/reading/read-sessions.ts";
import type { Statistics } from "../../insights/statistics/statistics.ts";
import type { Store } from "../../store/store.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson, show, viewOf } from "../context.ts";
import { type AskedRange, rangeOptions, readRange, refresh, statisticsOf } from "../insights/days.ts";
import { type SessionsToRead, sessionsToRead } from "../insights/sessions-to-read.ts";
import { renderFindings } from "../render/findings-report.ts";
import { counted } from "../text/counted.ts";

const USUAL_SINCE = "7d";
const USUAL_LIMIT = 40;
const USUAL_USD = 0.5;
const LIST_ROWS = 10;

export const insightsCommand: Command = {
	path: ["insights"],
	section: "Figures",
	operands: "",
	summary: "Find what to do better next week",
	examples: [
		["ctrace insights", "of the last seven days, by Claude where ANTHROPIC_API_KEY is set"],
		["ctrace insights --dry-run", "exactly what would be sent, and what it would cost at most"],
		["ctrace insights --since 30d --max-usd 2", "more days, more money"],
	],
	options: [
		...rangeOptions(USUAL_SINCE),
		{ name: "model", value: "NAME", summary: "The model that reads (setting INSIGHTS_MODEL)" },
		{ name: "max-usd", value: "USD", summary: `Spend no more than this (${USUAL_USD})` },
		{ name: "limit", value: "N", summary: `Read no more than N sessions (${USUAL_LIMIT})` },
		{ name: "computed", summary: "Only what follows from figures; asks nobody" },
		{ name: "dry-run", summary: "Print what would be sent, and send nothing" },
		{ name: "json", summary: "Print it as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		refresh(context, store);
		const range = readRange(context, args, { store, usualSince: USUAL_SINCE });
		const statistics = statisticsOf(context, range, { store, limit: LIST_ROWS });
		const hasKey = context.config.anthropic !== undefined;
		if (args.has("dry-run"))
			return await showPlan(context, planFor(context, args, { store, range, statistics }));
		if (args.has("computed") || !hasKey)
			return await showFindings(context, args, {
				findings: computeFindings(statistics),
				notes: computedNotes(hasKey),
			});
		return await readWithModel(context, args, { store, range, statistics });
	},
};

interface Asked {
	readonly store: Store;
	readonly range: AskedRange;
	readonly statistics: Statistics;
}

interface Planned extends SessionsToRead {
	readonly plan: ReadingPlan;
	readonly pricing: Pricing;
	readonly mostUsd: number;
}

function planFor(context: CliContext, args: CommandArguments, { store, range, statistics }: Asked): Planned {
	const pricing: Pricing = {
		model: args.text("model") ?? context.config.insightsModel,
		at: context.now(),
		prices: context.prices(),
	};
	const chosen = sessionsToRead(store, range, args.count("limit") ?? USUAL_LIMIT);
	const mask = maskOf(context);
	const plan = planReading(chosen.sessions, statistics, { insights: store.insights, pricing, mask });
	if (mostCostOf(plan.findings, pricing) === undefined)
		throw new CtraceError(
			"config",
			`no price is known for ${JSON.stringify(pricing.model)}, so no budget could be kept`,
			{
				hint: "Name a model that stands in patterns/prices.yml: --model claude-haiku-4-5",
			},
		);
	return { ...chosen, plan, pricing, mostUsd: readUsd(args.text("max-usd")) };
}

function maskOf(context: CliContext) {
	const { masker } = context.openMasker(undefined);
	return <T>(value: T) => masker.mask(value).value;
}

function readUsd(text: string | undefined): number {
	if (text === undefined) return USUAL_USD;
	const usd = Number(text);
	if (/^\d+(?:\.\d+)?$/u.test(text)) return usd;
	throw new CtraceError("usage", `--max-usd must be an amount like 0.5, not ${JSON.stringify(text)}`);
}

async function showPlan(context: CliContext, planned: Planned): Promise<number> {
	const { plan, pricing, leftOut } = planned;
	const parts = plan.requests.map(
		({ sessionId, request }) => `── session ${sessionId}\n\n${request.system}\n\n${request.user}`,
	);
	parts.push(
		`── findings, over the answers of all sessions\n\n${plan.findings.system}\n\n${plan.findings.user}`,
	);
	parts.push(
		[
			`${counted(plan.requests.length, "session")} would be sent to ${pricing.model}, ${plan.kept} were read before${leftOut === 0 ? "" : `, ${leftOut} more are beyond --limit`}.`,
			`At most about ${plan.inputTokens.toLocaleString("en-US")} tokens in and ${plan.outputTokens.toLocaleString("en-US")} out, $${plan.mostUsd.toFixed(4)}; the budget is $${planned.mostUsd.toFixed(2)}. Nothing was sent.`,
		].join("\n"),
	);
	await show(context, `${parts.join("\n\n")}\n`);
	return 0;
}

async function readWithModel(context: CliContext, args: CommandArguments, asked: Asked): Promise<number> {
	const { sessions, leftOut, pricing, mostUsd } = planFor(context, args, asked);
	const { send, readSessions } = await context.loadModel(pricing.model);
	const { store, statistics, range } = asked;
	const mask = maskOf(context);
	const result: ReadingResult = await readSessions(sessions, statistics, {
		send,
		insights: store.insights,
		pricing,
		mostUsd,
		mask,
		signal: context.interruptSignal(),
		onProgress: (progress) => showProgress(context, progress),
	});
	if (context.stderr.isTerminal) context.stderr.write("\r\x1b[K");
	const findings = [...result.findings, ...computeFindings(statistics)];
	const project = range.cwd === undefined ? {} : { project: range.cwd };
	const kept: KeptFindings = { range: statistics.range, model: pricing.model, ...project, findings };
	store.insights.saveFindings(mask(JSON.stringify(kept)));
	return await showFindings(context, args, {
		findings,
		notes: modelNotes(result, leftOut, pricing.model),
		result,
	});
}

function showProgress(context: CliContext, { done, total, spentUsd }: ReadingProgress): void {
	if (!context.stderr.isTerminal) return;
	context.stderr.write(`\r\x1b[K${done} of ${total} sessions read, $${spentUsd.toFixed(4)} spent`);
}

interface Shown {
	readonly findings: readonly Finding[];
	readonly notes: readonly string[];
	readonly result?: ReadingResult;
}

async function showFindings(
	context: CliContext,
	args: CommandArguments,
	{ findings, notes, result }: Shown,
): Promise<number> {
	if (args.has("json")) {
		const { findings: _, ...reading } = result ?? { findings };
		printJson(context, { findings, ...(result === undefined ? {} : { reading }) });
		return 0;
	}
	const text =
		findings.length === 0 ? "Nothing stands out in these days." : renderFindings(findings, viewOf(context));
	await show(context, `${[text, notes.join("\n")].filter((part) => part !== "").join("\n\n")}\n`);
	return 0;
}

function computedNotes(hasKey: boolean): string[] {
	const note = "Computed from figures: no model has read your sessions.";
	return hasKey
		? [note]
		: [
				note,
				"For a reading by Claude, put ANTHROPIC_API_KEY into the .env of ctrace's configuration directory.",
			];
}

function modelNotes(
	{ read, leftOut, failed, dropped, spentUsd }: ReadingResult,
	beyond: number,
	model: string,
): string[] {
	const notes = [`${model} read ${counted(read, "session")} for $${spentUsd.toFixed(4)}.`];
	if (leftOut > 0) notes.push(`${leftOut} did not fit the budget: --max-usd.`);
	if (beyond > 0) notes.push(`${beyond} more beyond --limit.`);
	if (failed > 0) notes.push(`${failed} answers were of no use.`);
	if (dropped > 0) notes.push(`${dropped} findings were dropped: their evidence led nowhere.`);
	return notes;
}
