/**
 * The line settings of a terminal (echo, newline translation, control characters), read and set with `stty`:
 * Node can switch a terminal to a raw mode only, and to one that still turns every `\n` of the output into `\r\n`.
 */
import { spawn } from "node:child_process";

/** What `stty -g` prints for a new pseudo-terminal of node-pty on Linux: nothing to carry over then. */
const NEW_PTY_SETTINGS = /^6d02:5:4bf:8a3b:3:1c:7f:15:4:0:1:0:11:13:1a:ff:12:f:17:16:ff(:0)*$/;

/** Everything off that changes a byte on its way, in or out. */
const TRANSPARENT = ["raw", "-echo", "-iexten"] as const;

export interface LineDiscipline {
	readonly canonical: boolean;
	readonly signals: boolean;
	readonly suspend: string;
}

/** The settings as `stty` itself can restore them; undefined when it is not there or `fd` is no terminal. */
export async function readSettings(fd: number): Promise<string | undefined> {
	const text = (await stty(fd, ["-g"]))?.trim();
	return text === "" ? undefined : text;
}

/** Whether a child on a new pseudo-terminal would see other settings than it does at this one. */
export function differsFromNewPty(settings: string): boolean {
	return !NEW_PTY_SETTINGS.test(settings);
}

export async function applySettings(fd: number, settings: string): Promise<void> {
	await stty(fd, [settings]);
}

export async function makeTransparent(fd: number): Promise<void> {
	await stty(fd, TRANSPARENT);
}

/** How the terminal treats control characters right now. */
export async function readDiscipline(fd: number): Promise<LineDiscipline | undefined> {
	const text = await stty(fd, ["-a"]);
	return text === undefined ? undefined : parseDiscipline(text);
}

/** Reads the output of `stty -a`, GNU (`susp = ^Z;`), BusyBox and BSD alike. */
export function parseDiscipline(text: string): LineDiscipline {
	const words = text.split(/[\s;]+/);
	return {
		canonical: words.includes("icanon"),
		signals: words.includes("isig"),
		suspend: /\bsusp = ([^;\s]+)/.exec(text)?.[1] ?? "",
	};
}

function stty(fd: number, args: readonly string[]): Promise<string | undefined> {
	return new Promise((resolve) => {
		const child = spawn("stty", args, { stdio: [fd, "pipe", "ignore"] });
		let text = "";
		child.stdout?.setEncoding("latin1");
		child.stdout?.on("data", (chunk: string) => {
			text += chunk;
		});
		child.on("error", () => resolve(undefined));
		child.on("close", (code) => resolve(code === 0 ? text : undefined));
	});
}
