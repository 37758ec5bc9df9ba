/** Findings for the page: by the rules of `ctrace insights`, and what its last run with a model found. Asks no model. */

import { CtraceError } from "../../../core/errors.ts";
import { computeFindings } from "../../../insights/findings/computed-findings.ts";
import type { Evidence, Finding } from "../../../insights/findings/finding.ts";
import { parseKeptFindings } from "../../../insights/findings/kept-findings.ts";
import { datesOf, readStatistics } from "../../../insights/statistics/read-statistics.ts";
import type { Store } from "../../../store/store.ts";
import type { ApiFinding, InsightsAnswer, InsightsQuery } from "../../../web/api/insights.ts";
import type { CliContext } from "../../context.ts";
import { askedDays, momentsOf } from "./analytics-range.ts";
import type { FigureKeeper } from "./keep-figures.ts";

/** As many of each kind as `ctrace insights` looks at. */
const LIST_ROWS = 10;
const TITLE_CHARS = 160;

export function createInsights(context: CliContext, store: Store, keeper: FigureKeeper) {
	const source = {
		figures: store.figures,
		marks: context.measureMarks(),
		noModels: context.noModels(),
		limit: LIST_ROWS,
	};
	return (query: InsightsQuery): InsightsAnswer => {
		const pending = keeper.refresh();
		const { range } = askedDays(query, store.figures);
		const toApi = (finding: Finding) => linked(finding, store);
		const { anthropic, insightsModel } = context.config;
		return {
			range: momentsOf(range),
			pending,
			computed: computeFindings(readStatistics(source, range)).map(toApi),
			...lastRun(store, toApi),
			run: {
				hasKey: anthropic !== undefined,
				model: insightsModel,
				words: commandFor(datesOf(range), query.project?.[0]),
			},
		};
	};
}

/** What a model found: what was computed beside it is computed anew, of the range that is looked at. */
function lastRun(store: Store, toApi: (finding: Finding) => ApiFinding): Pick<InsightsAnswer, "lastRun"> {
	const stored = store.insights.lastFindings();
	const kept = parseKeptFindings(stored);
	if (stored === undefined || kept === undefined) return {};
	const { range, model, project, findings } = kept;
	return {
		lastRun: {
			at: new Date(stored.createdAt).toISOString(),
			firstDay: range.from,
			lastDay: range.to,
			model,
			...(project === undefined ? {} : { project }),
			findings: findings.filter(({ by }) => by === "model").map(toApi),
		},
	};
}

function linked({ evidence, ...finding }: Finding, store: Store): ApiFinding {
	return { ...finding, evidence: evidence.map((one) => linkOf(one, store)) };
}

function linkOf({ sessionId, turnSeq }: Evidence, { browse }: Store): ApiFinding["evidence"][number] {
	const place = { sessionId, ...(turnSeq === undefined ? {} : { turn: turnSeq }) };
	const line = findLine(sessionId, browse);
	if (line === undefined) return place;
	const title = (line.session.title ?? line.firstPrompt)?.slice(0, TITLE_CHARS);
	const startedAt = new Date(line.session.startedAt).toISOString();
	return { ...place, ...(title === undefined ? {} : { title }), startedAt };
}

/** Undefined: the session was deleted since. */
function findLine(sessionId: string, browse: Store["browse"]) {
	try {
		return browse.readLines([browse.keyOf(sessionId)])[0];
	} catch (error) {
		if (error instanceof CtraceError && error.code === "not-found") return undefined;
		throw error;
	}
}

function commandFor(
	{ from, to }: { readonly from: string; readonly to: string },
	project: string | undefined,
): string[] {
	const days = ["ctrace", "insights", "--since", from, "--until", to];
	return project === undefined ? days : [...days, "--project", project];
}
