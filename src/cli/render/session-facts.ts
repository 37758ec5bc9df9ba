/** What stands at the head of a session, in every form it is shown in. Pure. */

import { shortenHome } from "../../core/home.ts";
import type { Session } from "../../core/session.ts";
import type { Turn } from "../../core/turn.ts";
import { counted } from "../text/counted.ts";
import { oneLine } from "../text/fit.ts";
import { formatDuration, localTime } from "../text/times.ts";

export interface FactOptions {
	readonly home: string;
	readonly timeZone?: string;
}

/** What the session is called: its title, else the first thing asked, else its command. */
export function sessionTitle(session: Session, turns: readonly Turn[]): string {
	const asked = turns.find((turn) => turn.prompt.kind !== "none")?.prompt.text;
	return oneLine(session.title ?? asked ?? session.command.join(" "));
}

/** Name and value of what is known, in reading order. */
export function sessionFacts(
	session: Session,
	turns: readonly Turn[],
	options: FactOptions,
): readonly (readonly [name: string, value: string])[] {
	const { date, time } = localTime(session.startedAt, options.timeZone);
	const facts: (readonly [string, string | undefined])[] = [
		["Session", session.id],
		["Agent", [session.agent, session.agentVersion].filter((part) => part !== undefined).join(" ")],
		["Command", session.command.join(" ")],
		["Directory", shortenHome(session.cwd, options.home)],
		["Branch", session.git?.branch],
		["Commits", commitsText(session)],
		["Started", `${date} ${time}`],
		[
			"Length",
			session.endedAt === undefined ? undefined : formatDuration(session.endedAt - session.startedAt),
		],
		["Status", statusText(session)],
		["Turns", String(turns.filter((turn) => turn.prompt.kind !== "none").length)],
		["Usage", usageText(session)],
		["Masked", maskedText(session)],
		["Pinned", session.pinned === true ? "yes" : undefined],
		["Tags", session.tags?.length ? session.tags.map((tag) => `#${tag}`).join(" ") : undefined],
		["Note", session.note || undefined],
		["Missing", gapText(session)],
		["Warning", warningText(session, options.timeZone)],
	];
	return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, oneLine(value)] as const]));
}

function statusText({ status, exit }: Session): string {
	if (status === "lost") return "lost (its end was not seen)";
	if (exit?.signal !== undefined) return `${status}, ended by ${exit.signal}`;
	return exit?.code === undefined || exit.code === 0 ? status : `${status}, exit code ${exit.code}`;
}

/** Tokens in and out, and what they cost as far as that is known. */
function usageText({ usage }: Session): string | undefined {
	if (usage === undefined) return undefined;
	const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, costUsd } = usage;
	const { models = [], unpricedModels = [] } = usage;
	const isMore = unpricedModels.length > 0 ? "at least " : "";
	const parts = [
		`${(inputTokens + cacheReadTokens + cacheWriteTokens).toLocaleString("en-US")} tokens in`,
		`${outputTokens.toLocaleString("en-US")} out`,
		...(costUsd === undefined ? [] : [`${isMore}$${costUsd.toFixed(2)}`]),
		...(models.length === 0 ? [] : [models.join(", ")]),
	];
	return parts.join(" · ");
}

const COMMIT_DIGITS = 10;
const NAMED_COMMITS = 10;

function commitsText({ commits = [] }: Session): string | undefined {
	if (commits.length === 0) return undefined;
	const named = commits
		.slice(0, NAMED_COMMITS)
		.map(({ commit, subject }) => `${commit.slice(0, COMMIT_DIGITS)} ${subject}`);
	const more = commits.length - named.length;
	return [...named, ...(more > 0 ? [`${more} more`] : [])].join(" · ");
}

function maskedText({ maskedCount }: Session): string | undefined {
	const rules = Object.entries(maskedCount).filter(([, count]) => count > 0);
	return rules.length === 0 ? undefined : rules.map(([rule, count]) => `${count} × ${rule}`).join(", ");
}

/** Where nothing is missing, something else is to be known. */
function warningText({ gaps }: Session, timeZone?: string): string | undefined {
	const times = new Map<string, string[]>();
	for (const { reason, at, lostBytes } of gaps)
		if (lostBytes === 0) times.set(reason, [...(times.get(reason) ?? []), localTime(at, timeZone).time]);
	const said = [...times].map(([reason, at]) => `${reason} (${at.join(", ")})`);
	return said.length === 0 ? undefined : said.join("; ");
}

function gapText(session: Session): string | undefined {
	const gaps = session.gaps.filter((gap) => gap.lostBytes > 0);
	if (gaps.length === 0) return undefined;
	const bytes = gaps.reduce((sum, gap) => sum + gap.lostBytes, 0);
	return `${counted(bytes, "byte")} in ${counted(gaps.length, "gap")}: ${[...new Set(gaps.map((gap) => gap.reason))].join(", ")}`;
}

/** Seconds a turn took, and how it ended when not as usual. */
export function turnNote(turn: Turn, timeZone?: string): string {
	const parts = [localTime(turn.startedAt, timeZone).time];
	if (turn.endedAt !== undefined) parts.push(formatDuration(turn.endedAt - turn.startedAt));
	if (turn.status !== "complete") parts.push(turn.status);
	return parts.join(" · ");
}
