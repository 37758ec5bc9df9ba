/** Findings that follow from figures alone, by rules that stand here: no model was asked, and each says so. */
import type { Statistics } from "../statistics/statistics.ts";
import type { Finding } from "./finding.ts";

/** Fewer calls say nothing of a tool's failure rate. */
const CALLS_FROM = 20;
const FAILURE_RATE_FROM = 0.2;
/** A prompt given in as many sessions is worth keeping. */
const REPEATED_FROM = 4;
/** Tokens of input below which the cache is no subject. */
const INPUT_FROM = 1_000_000;
const CACHE_BELOW = 0.5;
const PERMISSION_SHARE_FROM = 0.1;
const TITLE_CHARS = 60;

export function computeFindings(statistics: Statistics): Finding[] {
	const rules = [allowRules, repeatedPrompts, correctedPrompts, failingTools, permissionTime, cacheUse];
	return rules.flatMap((rule) => rule(statistics));
}

type Rule = (statistics: Statistics) => Finding[];

function finding(facts: Omit<Finding, "by" | "confidence"> & Partial<Pick<Finding, "confidence">>): Finding {
	return { confidence: "high", ...facts, by: "computed" };
}

const allowRules: Rule = ({ permissions }) =>
	permissions.flatMap(({ isCandidate, rule, asked, meanDecisionMs, example }) =>
		isCandidate && rule !== undefined
			? finding({
					title: `You always allow ${rule}`,
					detail: `Claude Code asked ${asked} times, and was never refused${meanDecisionMs === undefined ? "" : `; an answer took ${seconds(meanDecisionMs)} on average`}.`,
					evidence: [example],
					suggestion: { kind: "allow-rule", text: rule },
					effect: `${asked} dialogs fewer in as many days`,
				})
			: [],
	);

const repeatedPrompts: Rule = ({ repeatedPrompts: repeated }) =>
	repeated
		.filter(({ sessions }) => sessions >= REPEATED_FROM)
		.map(({ text, prompts, sessions, sessionId, turnSeq }) =>
			finding({
				title: `You keep asking: ${beginning(text)}`,
				detail: `The same request, in much the same words, ${prompts} times in ${sessions} sessions.`,
				evidence: [{ sessionId, turnSeq }],
				suggestion: {
					kind: "prompt",
					text: `Keep it as a slash command, in .claude/commands/: ${text}`,
				},
				effect: "one word instead of a sentence, and the same request each time",
				confidence: "medium",
			}),
		);

const correctedPrompts: Rule = ({ correctedPrompts: corrected }) =>
	corrected.map(({ text, corrections, sessionId, turnSeq }) =>
		finding({
			title: `It took ${corrections} corrections: ${beginning(text)}`,
			detail: "The prompt was followed by corrections, stops or refusals, one after the other.",
			evidence: [{ sessionId, turnSeq }],
			suggestion: {
				kind: "habit",
				text: "Say in the first prompt what the corrections had to add, or put it into CLAUDE.md where it always holds.",
			},
			effect: "fewer turns for the same result",
			confidence: "medium",
		}),
	);

const failingTools: Rule = ({ tools }) =>
	tools
		.filter(({ calls, failureRate }) => calls >= CALLS_FROM && failureRate >= FAILURE_RATE_FROM)
		.map(({ name, calls, failures, failureRate, example }) =>
			finding({
				title: `${name} fails often`,
				detail: `${failures} of ${calls} calls (${percent(failureRate)}) ended with an error.`,
				evidence: [example],
				suggestion: {
					kind: "claude-md",
					text: `Write down how ${name} is to be used here: the commands that work, from which directory, with which setup.`,
				},
				effect: "fewer calls that have to be made twice",
				confidence: "medium",
			}),
		);

const permissionTime: Rule = ({ time, permissions }) => {
	const busy = time.thinkingMs + time.streamingMs + time.toolMs + time.permissionMs;
	const share = busy === 0 ? 0 : time.permissionMs / busy;
	const [most] = permissions;
	if (share < PERMISSION_SHARE_FROM || most === undefined) return [];
	return [
		finding({
			title: `${percent(share)} of the working time goes into permission dialogs`,
			detail: `Claude Code waited ${seconds(time.permissionMs)} for answers; most often about ${most.rule ?? most.about}.`,
			evidence: [most.example],
			suggestion: {
				kind: "habit",
				text: "Allow what you never refuse by rules, and keep the terminal in sight while Claude works.",
			},
			effect: "turns that run through",
		}),
	];
};

const cacheUse: Rule = ({ totals, projects }) => {
	const { cacheEfficiency, inputTokens, cacheWriteTokens, cacheReadTokens } = totals;
	const read = inputTokens + cacheWriteTokens + cacheReadTokens;
	if (cacheEfficiency === undefined || read < INPUT_FROM || cacheEfficiency >= CACHE_BELOW) return [];
	return [
		finding({
			title: `Only ${percent(cacheEfficiency)} of what the model reads comes from the cache`,
			detail: `What is not in the cache costs ten times as much; ${projects.length} projects in the range.`,
			evidence: [],
			suggestion: {
				kind: "habit",
				text: "Go on in a session rather than beginning anew, answer within the cache's five minutes, and change CLAUDE.md and MCP servers between sessions.",
			},
			effect: "cheaper and faster turns",
			confidence: "low",
		}),
	];
};

function beginning(text: string): string {
	const line = text.replace(/\s+/gu, " ").trim();
	return line.length <= TITLE_CHARS ? line : `${line.slice(0, TITLE_CHARS - 1).toWellFormed()}…`;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

function seconds(ms: number): string {
	return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
