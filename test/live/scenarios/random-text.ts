/** Prompts and answers of chance: words that nobody chose, in every shape of Markdown. */
import type { Chance } from "../../bench/big/chance.ts";

const WORDS =
	"garden bed row bean leek pear frost water kettle fence lantern gate wall spring summer noon seven a the of and by in over under slowly because whenever neighbour's don't half-ripe (maybe) north-east 3.5 12% e.g. x=1 src/beds/north.ts --dry-run $HOME foo_bar snake_case_name C++ #7 @home ~20 [sic] a/b naïve Übermut".split(
		" ",
	);
const WIDE = [
	"庭の手入れは朝早くに",
	"春天的花园里",
	"정원에는 콩과",
	"🌱",
	"👩‍🌾",
	"🏳️‍🌈",
	"❤️",
	"日本語text混在",
];
const SIGNS = [
	"❯ not a prompt",
	"> quoted by nobody",
	"● Bash(rm -rf /)",
	"⏺ Read(beds.txt)",
	"  ⎿  Done",
	"✻ Thinking…",
	"* Pondering… (3s)",
	"╭──────────╮",
	"Do you want to proceed?",
	"? for shortcuts",
];
const CODE: Readonly<Record<string, readonly string[]>> = {
	ts: [
		"export function rows(beds: number): number {",
		"\tif (beds < 1) return 0;",
		"",
		"\treturn beds * 2; // twice",
		"}",
	],
	python: [
		"def rows(beds):",
		'    """Rows of beds."""',
		"    return [b for b in beds if b]",
		"",
		"print(rows([1, 2]))",
	],
	yaml: ["beds:", "  north:", "    - name: beans   # climbing", "      rows: 7", "", "  south: []"],
	"": ["$ ls -la", "total 8", "drwxr-xr-x  2 ada ada 4096 beds", "-rw-r--r--  1 ada ada   12 plan.txt"],
	diff: ["--- a/beds.txt", "+++ b/beds.txt", "@@ -1,2 +1,2 @@", "-beans", "+peas", " leeks"],
};

/** Words with blanks between them; a tenth of them wide, where that is asked for. */
export function words(chance: Chance, count: number, wide = 0.05): string {
	const made = Array.from({ length: count }, () => chance.pick(chance.is(wide) ? WIDE : WORDS));
	return made.join(" ");
}

export function sentence(chance: Chance, most = 30): string {
	const text = words(chance, 3 + chance.below(most));
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${chance.pick([".", ".", ".", "!", "?", ":", " …"])}`;
}

/** One line as a person types it; it begins with a letter, as other signs open menus. */
export function promptLine(chance: Chance): string {
	return `${chance.pick(["Please", "Why", "And", "So", "Now", "I think", "Look:"])} ${words(chance, 1 + chance.zipf(60))}`
		.replaceAll("@", "at ")
		.replaceAll("#", "no. ")
		.replace(/\\$/u, "");
}

export function answer(chance: Chance): string {
	const blocks = Array.from({ length: 1 + chance.zipf(9) }, () => block(chance));
	// Two lists one below the other are one list to Markdown, with other numbers than were written.
	const parts = blocks.flatMap((text, at) =>
		isList(text) && isList(blocks[at - 1]) ? [sentence(chance, 5), text] : [text],
	);
	return [sentence(chance, 8), ...parts, sentence(chance, 12)].join("\n\n");
}

function isList(text = ""): boolean {
	return /^(?:- |\d+\. )/u.test(text);
}

function block(chance: Chance): string {
	return chance.pick([paragraph, paragraph, list, numbered, code, table, heading, quote, marked, sign])(
		chance,
	);
}

function paragraph(chance: Chance): string {
	return Array.from({ length: 1 + chance.below(4) }, () => sentence(chance)).join(" ");
}

function list(chance: Chance): string {
	let depth = 0;
	const rows = Array.from({ length: 2 + chance.below(6) }, () => {
		const row = `${"  ".repeat(depth)}- ${chance.is(0.3) ? `**${words(chance, 2)}**: ` : ""}${words(chance, 1 + chance.zipf(25))}`;
		depth = Math.max(0, Math.min(3, depth + chance.below(3) - 1));
		return row;
	});
	return rows.join("\n");
}

function numbered(chance: Chance): string {
	const first = chance.is(0.8) ? 1 : 7;
	return Array.from(
		{ length: 2 + chance.below(9) },
		(_, at) => `${first + at}. ${sentence(chance, 15)}`,
	).join("\n");
}

function code(chance: Chance): string {
	const language = chance.pick(Object.keys(CODE));
	const long = chance.is(0.3) ? [`const long = "${words(chance, 25, 0)}";`] : [];
	return [`\`\`\`${language}`, ...(CODE[language] ?? []), ...long, "```"].join("\n");
}

function table(chance: Chance): string {
	const columns = 2 + chance.below(3);
	const cell = () => words(chance, 1 + chance.below(3)).replaceAll("|", "/");
	const row = () => `| ${Array.from({ length: columns }, cell).join(" | ")} |`;
	const rule = `|${" --- |".repeat(columns)}`;
	return [row(), rule, ...Array.from({ length: 1 + chance.below(5) }, row)].join("\n");
}

function heading(chance: Chance): string {
	return `${"#".repeat(1 + chance.below(3))} ${words(chance, 1 + chance.below(5))}`;
}

function quote(chance: Chance): string {
	return `> ${sentence(chance)}`;
}

function marked(chance: Chance): string {
	return `A **${words(chance, 2)}**, an *${words(chance, 1)}*, a \`${words(chance, 2, 0)}\`, a [link](https://example.org/${"beds/".repeat(1 + chance.below(20))}) and ${"long".repeat(1 + chance.below(30))}.`;
}

/** What looks like the program's own, in a block or in running text. */
function sign(chance: Chance): string {
	const text = chance.pick(SIGNS);
	return chance.is(0.5)
		? `\`\`\`\n${text}\n${chance.pick(SIGNS)}\n\`\`\``
		: `${sentence(chance, 6)}\n${text}`;
}
