/** How much was masked: rules and numbers, never a value. Pure. */
import type { MaskCounts } from "../../masking/mask-text.ts";
import { renderCounts } from "./mask-report.ts";
import { shortId } from "./view.ts";

export interface SessionCounts {
	readonly id: string;
	/** ISO 8601. */
	readonly startedAt: string;
	readonly rules: MaskCounts;
	/** Absent when only the whole session was asked for. */
	readonly turns?: readonly { readonly turn: number; readonly rules: MaskCounts }[];
}

export interface PrivacyReport {
	readonly rules: MaskCounts;
	/** How certain and harmful each of these rules is, as of today. */
	readonly levels: Readonly<Record<string, string>>;
	readonly sessions: readonly SessionCounts[];
}

/** Day and minute. */
const TIME_CHARS = 16;

export function renderPrivacyReport({ rules, levels, sessions }: PrivacyReport): string {
	const total = renderCounts(rules, levels);
	const rows = sessions
		.filter((session) => sumOf(session.rules) > 0)
		.flatMap((session) => [renderSession(session), ...(session.turns ?? []).map(renderTurn)]);
	return rows.length === 0 ? total : `${total}\n${rows.join("\n")}\n`;
}

function renderSession({ id, startedAt, rules }: SessionCounts): string {
	const when = startedAt.slice(0, TIME_CHARS).replace("T", " ");
	return `${shortId(id)}  ${when}  ${sumOf(rules)} masked`;
}

function renderTurn({ turn, rules }: { readonly turn: number; readonly rules: MaskCounts }): string {
	const named = Object.entries(rules).map(([rule, count]) => `${count} ${rule}`);
	return `  turn ${turn}  ${named.join(", ")}`;
}

function sumOf(rules: MaskCounts): number {
	return Object.values(rules).reduce((sum, count) => sum + count, 0);
}
