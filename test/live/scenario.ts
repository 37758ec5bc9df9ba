/**
 * A live scenario: what the scripted model says, and what the person at the keyboard does.
 * Pure data, so that one scenario plays on every version and every look of Claude Code.
 */
import type { Look } from "./look.ts";

export { needs } from "./look.ts";

export type Block =
	| { readonly type: "text"; readonly text: string }
	| { readonly type: "thinking"; readonly thinking: string }
	| { readonly type: "tool_use"; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** How fast a reply arrives. */
export interface Pace {
	/** Silence before the first byte, in milliseconds. */
	readonly beforeMs?: number;
	/** Characters in one delta. */
	readonly chunk?: number;
	/** Pause after each delta, in milliseconds. */
	readonly delayMs?: number;
}

export interface ApiFailure {
	readonly status: number;
	readonly type: string;
	readonly message: string;
}

/** One answer of the scripted model. Without `when` it is played in order; with it, where the newest message contains the words. */
export interface Reply extends Pace {
	readonly when?: string;
	/** Not for a message with these words: some versions send an unanswered prompt again together with the next one. */
	readonly unless?: string;
	readonly blocks?: readonly Block[];
	readonly failure?: ApiFailure;
	/** Meant also for requests that the program makes for itself, e.g. for a summary. */
	readonly isAside?: boolean;
	/** Replies that may be played more than once (a summary that several requests ask for). */
	readonly repeat?: boolean;
}

export type Step =
	| { readonly do: "type"; readonly text: string; readonly msPerKey?: number }
	| { readonly do: "paste"; readonly text: string }
	| { readonly do: "press"; readonly key: string; readonly times?: number }
	| { readonly do: "submit"; readonly text: string; readonly kind: SubmittedKind }
	| { readonly do: "wait"; readonly pattern: RegExp; readonly timeoutMs?: number }
	/** The model has sent that many characters of the newest reply, whether or not this version shows them already. */
	| { readonly do: "streamed"; readonly characters: number }
	| { readonly do: "settle"; readonly quietMs?: number }
	| { readonly do: "answered"; readonly timeoutMs?: number }
	/** The model has been asked and the program works on it. */
	| { readonly do: "busy" }
	/** Whatever was begun is over; unlike `answered`, also where the model may not have been asked. */
	| { readonly do: "idle" }
	| { readonly do: "decide"; readonly tool: string; readonly choose: Choice; readonly words?: string }
	| { readonly do: "interrupt" }
	| { readonly do: "resize"; readonly cols: number; readonly rows: number }
	| { readonly do: "ended" }
	| { readonly do: "pause"; readonly ms: number };

export type SubmittedKind = "prompt" | "slash" | "bash" | "memory" | "withdrawn";

/** Which option of a permission dialog is taken. `esc` dismisses the dialog; `amend` refuses and says what to do instead. */
export type Choice = "yes" | "always" | "no" | "amend" | "esc";

export interface Scenario {
	readonly name: string;
	readonly cols?: number;
	readonly rows?: number;
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** Files in the working directory before the start. `{{cwd}}` stands for that directory in every text. */
	readonly files?: Readonly<Record<string, string>>;
	readonly replies: readonly Reply[];
	readonly steps: readonly Step[];
	/** A session that ran before in the same place and is not the one recorded, for `--continue` and `--resume`. */
	readonly before?: { readonly args?: readonly string[]; readonly steps: readonly Step[] };
	/** Absent: every look. Otherwise why a look cannot play it. */
	readonly unsupported?: (look: Look) => string | undefined;
}

export function text(value: string): Block {
	return { type: "text", text: value };
}

export function thinking(value: string): Block {
	return { type: "thinking", thinking: value };
}

export function tool(name: string, input: Readonly<Record<string, unknown>>): Block {
	return { type: "tool_use", name, input };
}

export function bash(command: string, description: string): Block {
	return tool("Bash", { command, description });
}

export function say(...blocks: readonly (Block | string)[]): Reply {
	return { blocks: blocks.map((block) => (typeof block === "string" ? text(block) : block)) };
}

export function fail(status: number, type: string, message: string): Reply {
	return { failure: { status, type, message } };
}

/** The box is drawn before the program reads its keyboard and the terminal's answers. */
const STARTED_QUIET_MS = 1200;

/** The input box is there and nothing moves any more. */
export function ready(): readonly Step[] {
	return [
		{ do: "wait", pattern: /^[│ \u00a0]*[❯>]/m, timeoutMs: 60_000 },
		{ do: "settle", quietMs: STARTED_QUIET_MS },
	];
}

/** Types a prompt as a person does, and sends it. */
export function ask(prompt: string, kind: SubmittedKind = "prompt"): readonly Step[] {
	return [
		{ do: "type", text: prompt },
		// The menu of commands follows the typing: Enter would take what it still shows.
		{ do: "settle", quietMs: kind === "slash" ? 700 : 150 },
		{ do: "submit", text: prompt, kind },
	];
}

/** Types several lines, with the backslash that makes Enter a new line, and sends them. */
export function askLines(lines: readonly string[]): readonly Step[] {
	const steps: Step[] = [];
	lines.forEach((line, index) => {
		const last = index === lines.length - 1;
		steps.push({ do: "type", text: last ? line : `${line}\\` }, { do: "settle", quietMs: 150 });
		if (!last) steps.push({ do: "press", key: "enter" });
	});
	return [...steps, { do: "submit", text: lines.join("\n"), kind: "prompt" }];
}

export function answered(timeoutMs?: number): Step {
	return timeoutMs === undefined ? { do: "answered" } : { do: "answered", timeoutMs };
}

export function decide(toolName: string, choose: Choice): Step {
	return { do: "decide", tool: toolName, choose };
}

/** Keys one by one, each when the screen has come to rest. */
export function press(...keys: readonly string[]): Step[] {
	return keys.flatMap((key): Step[] => [
		{ do: "press", key },
		{ do: "settle", quietMs: 600 },
	]);
}
