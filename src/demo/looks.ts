/** The pieces of the scripted agent's screen, as lines. Pure. */

const NBSP = "\u00a0";
/** A banner wider than this would look lost. */
const BANNER_COLUMNS = 60;

export const ink = (code: string, text: string) => `\x1b[${code}m${text}\x1b[0m`;
export const dim = (text: string) => ink("2", text);

export function banner(columns: number): string {
	const lines = ["Demo Code v1.0", "a scripted agent: nothing is asked, nothing is changed"];
	const width = Math.min(columns - 2, BANNER_COLUMNS);
	const row = (text: string) => `│ ${text.slice(0, width - 4).padEnd(width - 4)} │\r\n`;
	return `╭${"─".repeat(width - 2)}╮\r\n${lines.map(row).join("")}╰${"─".repeat(width - 2)}╯\r\n`;
}

export function inputBox(columns: number, typed: string): string[] {
	const rule = dim("─".repeat(columns));
	return ["", rule, `❯${NBSP}${typed}`, rule, dim("  ? for shortcuts")];
}

/** A submitted prompt stands on a background that fills its row. */
export function promptEcho(columns: number, text: string): string {
	return `\x1b[48;2;55;55;55m\x1b[38;5;244m❯ \x1b[38;5;15m${text.padEnd(columns - 2)}\x1b[0m`;
}

export function bullet(colour: string, text: string): string[] {
	return text
		.split("\n")
		.map((line, index) => (index === 0 ? `${ink(colour, "●")} ${line}` : `  ${line}`.trimEnd()));
}

export function result(output: readonly string[]): string[] {
	return output.map((line, index) => (index === 0 ? `  ⎿  ${line}` : `     ${line}`));
}

export function dialog(
	columns: number,
	asks: { readonly title: string; readonly body: string; readonly question: string },
) {
	return [
		"",
		ink("38;5;111", "─".repeat(columns)),
		ink("1;38;5;111", ` ${asks.title}`),
		dim("╌".repeat(columns)),
		` ${asks.body}`,
		dim("╌".repeat(columns)),
		` ${asks.question}`,
		` ${ink("38;5;111", "❯ 1. Yes")}`,
		"   2. No",
		"",
		dim(" Esc to cancel · Tab to amend"),
	];
}

export function prefixes(text: string): string[] {
	return Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1));
}

export function wordPrefixes(text: string): string[] {
	return Array.from(text.matchAll(/\S+/g), (word) => text.slice(0, word.index + word[0].length));
}
