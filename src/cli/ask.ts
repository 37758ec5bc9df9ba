/** What the person types for a command, and their wish to stop. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Several questions in a row. */
export interface Dialog {
	/** One line; what is secret is not shown while it is typed. Undefined: there is nobody, or they want out. */
	ask(question: string, options?: { readonly isSecret?: boolean }): Promise<string | undefined>;
	close(): void;
}

/** Without a terminal the lines of the standard input are the answers. */
export function openDialog(): Dialog {
	const { stdin, stderr } = process;
	const isTerminal = stdin.isTTY === true;
	let isMuted = false;
	const output = new Writable({
		write: (text, _encoding, done) => {
			if (!isMuted) stderr.write(text);
			done();
		},
	});
	const dialog = createInterface({ input: stdin, output, terminal: isTerminal, historySize: 0 });
	const lines: string[] = [];
	const waiting: ((line: string | undefined) => void)[] = [];
	let isOver = false;
	dialog.on("line", (line) => {
		const next = waiting.shift();
		if (next === undefined) lines.push(line);
		else next(line);
	});
	dialog.on("SIGINT", () => dialog.close());
	dialog.on("close", () => {
		isOver = true;
		for (const next of waiting.splice(0)) next(undefined);
	});
	const nextLine = () =>
		new Promise<string | undefined>((resolve) => {
			const early = lines.shift();
			if (early !== undefined || isOver) resolve(early);
			else waiting.push(resolve);
		});
	return {
		ask: async (question, { isSecret = false } = {}) => {
			if (isTerminal) stderr.write(question);
			isMuted = isSecret;
			dialog.setPrompt(isTerminal && !isSecret ? question : "");
			const line = await nextLine();
			if (isTerminal && (isSecret || line === undefined)) stderr.write("\n");
			isMuted = false;
			return line;
		},
		close: () => dialog.close(),
	};
}

/** One line; what is secret is not shown while it is typed. Nothing, where nobody answers. */
export async function ask(question: string, options: { readonly isSecret: boolean }): Promise<string> {
	const dialog = openDialog();
	const line = await dialog.ask(question, options);
	dialog.close();
	return line ?? "";
}

/** On a terminal only; no answer is a no. */
export async function confirm(question: string): Promise<boolean> {
	const promises = await import("node:readline/promises");
	const dialog = promises.createInterface({ input: process.stdin, output: process.stderr });
	const answer = await dialog.question(`${question} [y/N] `).catch(() => "");
	dialog.close();
	return /^y(es)?$/i.test(answer.trim());
}

/** Once: the second Ctrl-C does not wait for anything. */
export function interruptSignal(): AbortSignal {
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
	return ending.signal;
}
