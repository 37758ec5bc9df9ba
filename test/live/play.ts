/** Performs a scenario's steps at the keyboard of a live terminal, waiting for what a person would wait for. */
import { setTimeout as sleep } from "node:timers/promises";
import { optionFor, readDialog } from "./dialog.ts";
import { keyBytes, pasted } from "./keys.ts";
import type { MessagesApi } from "./messages-api/server.ts";
import type { Step, SubmittedKind } from "./scenario.ts";
import type { LiveTerminal } from "./terminal.ts";

export interface Submitted {
	readonly text: string;
	readonly kind: SubmittedKind;
}

/** A decision that the person took in a permission dialog, as it was written on the screen. */
export interface Decision {
	readonly tool: string;
	readonly question: string;
	readonly options: readonly string[];
	/** Label of the option taken; absent when Esc dismissed the dialog. */
	readonly choice?: string;
}

export interface Played {
	readonly submitted: Submitted[];
	readonly decisions: Decision[];
	/** Prompts whose answer or tool was stopped with Esc. */
	readonly interrupted: string[];
	/** What did not happen as the scenario says: the run proves nothing then. */
	readonly problems: string[];
}

const WAIT_MS = 30_000;
/** A brisk typist is slower, but the program already sees one key a read at this pace. */
const KEY_MS = 12;
/** Between keys that are no text, e.g. the arrows in a menu. */
const PRESS_MS = 80;
/** Some keys change nothing; the others show within this time also on a busy machine. */
const ANSWER_TO_KEY_MS = 1000;
const SHOWN_MS = 30_000;
const NOTICED_MS = 4000;
/** A dialog that asks the same as the one before cannot be told from it: its own step will tell. */
const DIALOG_GONE_MS = 10_000;
const SETTLE_MS = 500;
/** A box that is too small for a text shows its end. */
const LONGEST_CHECKED = 40;
/** The model is done when neither it nor the screen does anything for so long; spinners count as doing something. */
const ANSWERED_QUIET_MS = 900;
/** An Esc that comes quickly after another key is read as part of an escape sequence. */
const LONE_ESC_MS = 150;

export class Player {
	readonly played: Played = { submitted: [], decisions: [], interrupted: [], problems: [] };
	readonly #terminal: LiveTerminal;
	readonly #api: MessagesApi;
	#servedAtSubmit = 0;
	#isHeard = false;

	constructor(terminal: LiveTerminal, api: MessagesApi) {
		this.#terminal = terminal;
		this.#api = api;
	}

	/** Stops at the first step that fails: what follows would only confuse. */
	async play(steps: readonly Step[]): Promise<void> {
		for (const step of steps) {
			if (this.#terminal.exit !== undefined && step.do !== "ended") {
				this.#problem(
					`the program ended before: ${label(step)}; its last words: ${lastWords(this.#terminal.text())}`,
				);
			}
			if (this.played.problems.length > 0) return;
			this.#terminal.mark(label(step));
			await this.#perform(step);
		}
	}

	async #perform(step: Step): Promise<void> {
		switch (step.do) {
			case "type":
				return this.#type(step.text, step.msPerKey ?? KEY_MS);
			case "paste":
				this.#terminal.send(pasted(step.text));
				return this.#quiet(SETTLE_MS);
			case "press":
				return this.#press(step.key, step.times ?? 1);
			case "submit":
				return this.#submit(step);
			case "wait":
				return this.#wait(step.pattern, step.timeoutMs ?? WAIT_MS);
			case "streamed":
				return this.#streamed(step.characters);
			case "settle":
				return this.#quiet(step.quietMs ?? SETTLE_MS);
			case "answered":
				return this.#answered(step.timeoutMs ?? WAIT_MS);
			case "busy":
				return this.#busy();
			case "idle":
				return this.#idle();
			case "decide":
				return this.#decide(step);
			case "interrupt":
				return this.#interrupt();
			case "resize":
				this.#terminal.resize(step.cols, step.rows);
				return;
			case "ended":
				if (!(await this.#terminal.ended(WAIT_MS))) this.#problem("the program did not end");
				return;
			case "pause":
				await sleep(step.ms);
		}
	}

	async #type(text: string, msPerKey: number): Promise<void> {
		const [first = "", ...others] = text;
		await this.#typeFirst(first);
		for (const key of others) {
			this.#terminal.send(key);
			await sleep(msPerKey);
		}
		// A key that comes before the text was read would be read together with it, and be taken for a part of a paste.
		const end = dense(text).slice(-LONGEST_CHECKED);
		const shown = () => dense(this.#terminal.text()).includes(end);
		if (!(await this.#terminal.until(shown, SHOWN_MS))) this.#problem(`typed, but not shown whole: ${text}`);
	}

	/** A program that draws its box before it reads its keyboard loses the very first key: people see that and begin again. */
	async #typeFirst(key: string): Promise<void> {
		for (let tries = this.#isHeard ? 1 : 0; tries < 2; tries += 1) {
			const typedAt = Date.now();
			this.#terminal.send(key);
			if (!(await this.#terminal.until(() => this.#terminal.changedAt >= typedAt, NOTICED_MS))) continue;
			this.#isHeard = true;
			return;
		}
	}

	async #press(key: string, times: number): Promise<void> {
		if (key === "esc") await sleep(LONE_ESC_MS);
		for (let press = 0; press < times; press += 1) {
			const pressedAt = Date.now();
			this.#terminal.send(keyBytes(key));
			await sleep(PRESS_MS);
			await this.#terminal.until(() => this.#terminal.changedAt >= pressedAt, ANSWER_TO_KEY_MS);
		}
	}

	async #submit(step: Submitted): Promise<void> {
		this.#servedAtSubmit = this.#conversationRequests();
		if (step.kind !== "withdrawn") this.played.submitted.push({ text: step.text, kind: step.kind });
		await this.#press("enter", 1);
	}

	async #wait(pattern: RegExp, timeoutMs: number): Promise<void> {
		const seen = await this.#terminal.until(() => pattern.test(this.#terminal.text()), timeoutMs);
		if (!seen) this.#problem(`never on the screen: ${pattern}`);
	}

	async #streamed(characters: number): Promise<void> {
		const enough = () => this.#api.sentCharacters >= characters;
		if (!(await this.#terminal.until(enough, WAIT_MS)))
			this.#problem(`the model never sent ${characters} characters`);
	}

	async #quiet(ms: number): Promise<void> {
		if (!(await this.#terminal.until(() => this.#terminal.quietMs >= ms, WAIT_MS))) {
			this.#problem(`the screen was never still for ${ms} ms`);
		}
	}

	async #answered(timeoutMs: number): Promise<void> {
		const done = () =>
			this.#conversationRequests() > this.#servedAtSubmit &&
			this.#isStill(ANSWERED_QUIET_MS) &&
			!saysBusy(this.#terminal.text());
		if (!(await this.#terminal.until(done, timeoutMs))) this.#problem("the answer never ended");
	}

	/** The model has been asked, and the program says that it works. */
	async #busy(): Promise<void> {
		const works = () =>
			this.#conversationRequests() > this.#servedAtSubmit &&
			saysBusy(this.#terminal.text()) &&
			readDialog(this.#terminal.text()) === undefined;
		if (!(await this.#terminal.until(works, WAIT_MS))) this.#problem("the program never said that it works");
	}

	/** Neither the model nor the program does anything, whether or not the model was asked. */
	async #idle(): Promise<void> {
		const done = () => this.#isStill(ANSWERED_QUIET_MS) && !saysBusy(this.#terminal.text());
		if (!(await this.#terminal.until(done, WAIT_MS))) this.#problem("the program never came to rest");
	}

	#isStill(ms: number): boolean {
		return this.#api.quietFor(Date.now()) >= ms && this.#terminal.quietMs >= ms;
	}

	async #decide(step: Extract<Step, { do: "decide" }>): Promise<void> {
		const open = await this.#terminal.until(
			() => readDialog(this.#terminal.text()) !== undefined && this.#terminal.quietMs >= SETTLE_MS,
			WAIT_MS,
		);
		const dialog = readDialog(this.#terminal.text());
		if (!open || dialog === undefined) return this.#problem(`no permission dialog for ${step.tool}`);
		const { question } = dialog;
		const options = dialog.options.map((option) => option.label);
		if (step.choose === "esc") {
			this.played.decisions.push({ tool: step.tool, question, options });
			await this.#press("esc", 1);
			return this.#dialogGone(question);
		}
		const wanted = optionFor(dialog, step.choose);
		if (wanted === undefined) return this.#problem(`the dialog for ${step.tool} offers no "${step.choose}"`);
		await this.#moveTo(wanted.digit);
		this.played.decisions.push({ tool: step.tool, question, options, choice: wanted.label });
		if (step.words !== undefined) {
			await this.#press("tab", 1);
			await this.#type(step.words, KEY_MS);
		}
		await this.#press("enter", 1);
		await this.#dialogGone(question);
	}

	async #moveTo(digit: string): Promise<void> {
		const selected = () =>
			readDialog(this.#terminal.text())?.options.find((option) => option.isSelected)?.digit;
		for (let tries = 0; tries < 6 && selected() !== digit; tries += 1) {
			const before = selected();
			await this.#press("down", 1);
			await this.#terminal.until(() => selected() !== before, 1000);
		}
		if (selected() !== digit) this.#problem(`option ${digit} of the dialog could not be reached`);
	}

	async #dialogGone(question: string): Promise<void> {
		const gone = () => readDialog(this.#terminal.text())?.question !== question;
		await this.#terminal.until(gone, DIALOG_GONE_MS);
	}

	async #interrupt(): Promise<void> {
		this.played.interrupted.push(this.played.submitted.at(-1)?.text ?? "");
		await this.#press("esc", 1);
		const stopped = () => this.#isStill(SETTLE_MS) && !saysBusy(this.#terminal.text());
		if (!(await this.#terminal.until(stopped, WAIT_MS))) this.#problem("Esc did not stop the answer");
	}

	#conversationRequests(): number {
		return this.#api.served.filter((request) => !request.side).length;
	}

	#problem(what: string): void {
		this.played.problems.push(what);
	}
}

/** Every version says so near its box while it works; a program that is busy drawing may stand still for a second. */
const BUSY = /(?:esc|ctrl\+c) to interrupt/i;
const BUSY_ROWS = 8;

function saysBusy(screen: string): boolean {
	return screen
		.trimEnd()
		.split("\n")
		.slice(-BUSY_ROWS)
		.some((row) => BUSY.test(row));
}

const LAST_ROWS = 5;

function lastWords(screen: string): string {
	const rows = screen.split("\n").map((row) => row.trim());
	return rows
		.filter((row) => row !== "")
		.slice(-LAST_ROWS)
		.join(" / ");
}

/** Rows joined, with the box of older versions removed: a typed text may wrap anywhere. */
function dense(text: string): string {
	return text.replace(/[\s│]+/g, "");
}

function label(step: Step): string {
	switch (step.do) {
		case "type":
		case "paste":
		case "submit":
			return `${step.do} ${JSON.stringify(step.text.slice(0, 40))}`;
		case "press":
			return `press ${step.key}`;
		case "wait":
			return `${step.do} ${step.pattern}`;
		case "decide":
			return `decide ${step.tool} ${step.choose}`;
		case "resize":
			return `resize ${step.cols}x${step.rows}`;
		default:
			return step.do;
	}
}
