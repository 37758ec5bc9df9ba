/** `docs/performance.md`: a head, the bars, and a section for each part, of which one alone may be measured anew. Pure. */
import type { Bar, Part, Report } from "./bench.ts";
import { table } from "./bench.ts";

export interface Measured {
	readonly part: Part;
	readonly report: Report;
	/** When, and on what machine. */
	readonly where: string;
}

const HEAD = `# Performance, measured

What ctrace costs the person at the terminal, beside a bare relay, and how fast it reads, finds and lists. Made by \`npm run bench\`
after \`npm run build\`; \`npm run bench -- --only start,echo\` measures some parts anew and leaves the others as they stand.

Everything that is compared is measured in turn, in one run: a ratio is the median over the rounds of what ctrace took, divided by
what the other took in the same round. Times are medians, with what eight of ten runs lie between in brackets. The relay is
twenty lines around node-pty that record nothing: the least that Node allows. ctrace records, masks and stores meanwhile.

Each part says how busy the machine was. Where the load average is far above the number of cores, the figures are those of a crowd:
ratios of it say little, times nothing.

What is measured elsewhere: the browser's page and its answers (\`npm run bench:page\`, \`npm run bench:web\`: [measured-web.md](measured-web.md)), the daemon at rest
(\`npm run bench:daemon\`), what masking costs (\`npm run bench:masking\`), sync (\`npm run bench:sync\`), and how much faster turns alone are read
([measured-turns.md](measured-turns.md)).
`;

/** `before` is the document as it stands; parts that were not measured keep their section. */
export function renderDocument(
	before: string,
	measured: readonly Measured[],
	order: readonly Part[],
): string {
	const sections = order.flatMap((part) => {
		const found = measured.find((one) => one.part.name === part.name);
		const section = found === undefined ? sectionIn(before, part) : renderSection(found);
		return section === undefined ? [] : [section];
	});
	return `${[HEAD, ...sections].join("\n")}`;
}

function renderSection({ part, report, where }: Measured): string {
	const bars = table(
		["asked for", "bar", "measured", ""],
		report.bars.map(({ what, bar, measured, isMet }) => [what, bar, measured, isMet ? "met" : "**missed**"]),
	);
	return [`## ${part.title}`, "", where, "", ...bars, "", ...report.lines, ""].join("\n");
}

function sectionIn(document: string, { title }: Part): string | undefined {
	const from = document.indexOf(`## ${title}\n`);
	if (from === -1) return undefined;
	const to = document.indexOf("\n## ", from + 1);
	return `${document.slice(from, to === -1 ? undefined : to).trimEnd()}\n`;
}

export function missedOf(measured: readonly Measured[]): readonly Bar[] {
	return measured.flatMap(({ report }) => report.bars.filter(({ isMet }) => !isMet));
}
