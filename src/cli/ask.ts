/** What the person types for a command, and their wish to stop. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

const { stdin, stderr } = process;

/** One line; what is secret is not shown while it is typed. */
export function ask(question: string, { isSecret }: { readonly isSecret: boolean }): Promise<string> {
	const isTerminal = stdin.isTTY === true;
	const silent = new Writable({ write: (_text, _encoding, done) => done() });
	if (isTerminal) stderr.write(question);
	const dialog = createInterface({ input: stdin, output: isSecret ? silent : stderr, terminal: isTerminal });
	return new Promise((resolve) => {
		let answer = "";
		dialog.once("line", (line) => {
			answer = line;
			dialog.close();
		});
		dialog.once("SIGINT", () => dialog.close());
		dialog.once("close", () => {
			if (isTerminal && isSecret) stderr.write("\n");
			resolve(answer);
		});
	});
}

/** On a terminal only; no answer is a no. */
export async function confirm(question: string): Promise<boolean> {
	const promises = await import("node:readline/promises");
	const dialog = promises.createInterface({ input: stdin, output: stderr });
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
