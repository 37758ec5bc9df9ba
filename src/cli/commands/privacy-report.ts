import type { MaskCounts } from "../../masking/mask-text.ts";
import type { Store } from "../../store/store.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson, show } from "../context.ts";
import { type PrivacyReport, renderPrivacyReport, type SessionCounts } from "../render/privacy-report.ts";
import { levelsById, patternRows } from "../text/pattern-rows.ts";
import { parseSince } from "../text/times.ts";

export const privacyReportCommand: Command = {
	path: ["privacy", "report"],
	section: "Privacy",
	operands: "",
	summary: "Count what was masked, by rule, level and session",
	examples: [
		["ctrace privacy report --since 7d", "of a week"],
		["ctrace privacy report --session last", "of one session, turn by turn"],
	],
	options: [
		{ name: "session", value: "ID", summary: "Only this session (last: the newest), turn by turn" },
		{ name: "since", value: "WHEN", summary: "Started since 2h, 3d, 1w ago, or a date" },
		{ name: "json", summary: "Print it as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		const report = countMasked(args.text("session"), { context, args, store });
		if (args.has("json")) printJson(context, report);
		else await show(context, renderPrivacyReport(report));
		return 0;
	},
};

/** Of a pattern that is no longer there. */
const NO_LEVEL = "-";

interface Asked {
	readonly context: CliContext;
	readonly args: CommandArguments;
	readonly store: Store;
}

function countMasked(reference: string | undefined, { context, args, store }: Asked): PrivacyReport {
	const since = args.text("since");
	const sessions =
		reference === undefined
			? store
					.listSessions(since === undefined ? {} : { since: parseSince(since, context.now()) })
					.map(({ session }) => toCounts(session))
			: [turnByTurn(store, store.findSession(reference))];
	const rules = sum(sessions.map((session) => session.rules));
	const known = levelsById(patternRows(context.openMasker("strict").rules));
	const levels = Object.fromEntries(Object.keys(rules).map((rule) => [rule, known.get(rule) ?? NO_LEVEL]));
	return { rules, levels, sessions };
}

function turnByTurn(store: Store, id: string): SessionCounts {
	const { session, turns } = store.readSession(id);
	const counted = turns.flatMap(({ seq, maskedCount }) =>
		maskedCount === undefined ? [] : [{ turn: seq, rules: maskedCount }],
	);
	return { ...toCounts(session), turns: counted };
}

function toCounts(session: {
	readonly id: string;
	readonly startedAt: number;
	readonly maskedCount: MaskCounts;
}): SessionCounts {
	return {
		id: session.id,
		startedAt: new Date(session.startedAt).toISOString(),
		rules: session.maskedCount,
	};
}

function sum(all: readonly MaskCounts[]): MaskCounts {
	const total: Record<string, number> = {};
	for (const counts of all)
		for (const [rule, count] of Object.entries(counts)) total[rule] = (total[rule] ?? 0) + count;
	return total;
}
