/** docs/fidelity.md: the table of `npm run fidelity -- --write`, with what it means and what no reader can do better. Pure. */
import { type Cell, cellColumns, HEADER, summary, tally } from "./table.ts";

const INTRODUCTION = `# Fidelity

How well ctrace reads Claude Code's screen. Each row is a genuine session of a genuine version, played by a person's keys
against a scripted model. What ctrace makes of the bytes alone is compared with what Claude Code itself wrote down.

\`npm run fidelity -- --write\` makes this page from the recordings under \`test/fixtures/claude-code\`; \`npm run fidelity -- DIR\`
judges other recordings. To pass, a row needs all prompts, no spurious turn, recall and precision of at least 0.99, and
at least 0.98 of the tool calls that the screen showed and of the permission decisions.
`;

const COLUMNS = `| column | what is counted |
| --- | --- |
| prompts | prompts found, word for word and of the right kind |
| spurious | turns that nobody asked for |
| recall | words of the answers that are in the record, in order |
| precision | words of the record that are in the answers, in order |
| tools | tool calls found by name and main argument, of those that stood on the screen |
| all tools | the same of all calls, also those that the screen folded away |
| permissions | decisions in permission dialogs, with question and choice |
| interrupts | turns that were stopped |
`;

const LIMITS = `## What the screen does not tell

- Words that Claude Code never paints cannot be read: of a Markdown link, 2.1.100 and older show the address and not the text.
- On a terminal of ten rows the first words of an answer may never be drawn: spinner, tip and box take all rows.
- 1.0 and 2.0 do not stream: an answer that is interrupted there shows nothing of itself.
- Newer versions fold reads and searches into one line. A call that ended before a frame could name it is a \`Group\` in the
  record: that is the difference between *tools* and *all tools*.
- Of thinking, newer versions show only how long it took.
`;

export function fidelityPage(cells: readonly Cell[]): string {
	const rows = cells.map((cell) => `| ${cellColumns(cell).join(" | ")} |`);
	const table = [`| ${HEADER.join(" | ")} |`, `|${" --- |".repeat(HEADER.length)}`, ...rows].join("\n");
	return [INTRODUCTION, `${table}\n`, `${summary(tally(cells))}.\n`, COLUMNS, LIMITS].join("\n");
}
