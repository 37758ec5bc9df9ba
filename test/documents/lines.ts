/** The command lines that the documents show. Pure but for reading them. */
import { pages, read } from "../hygiene/repository.ts";

export interface DocumentedLine {
	/** `docs/guide.md:12` */
	readonly at: string;
	/** As written, without its remark. */
	readonly line: string;
}

const OURS = /(?:^|[|&(] ?)(?:ctrace|\.\/bin\/ctrace\.js|claude-tracer)(?= |\)|$)/;

/** Lines of shell blocks that call ctrace, each once. */
export function documentedLines(): readonly DocumentedLine[] {
	const lines = new Map<string, DocumentedLine>();
	for (const page of pages())
		for (const one of shellLines(page)) if (!lines.has(one.line)) lines.set(one.line, one);
	return [...lines.values()];
}

function shellLines(page: string): DocumentedLine[] {
	const found: DocumentedLine[] = [];
	let isShell = false;
	for (const [index, text] of read(page).split("\n").entries()) {
		const fence = /^\s*```(\w*)/.exec(text);
		if (fence !== null) isShell = !isShell && fence[1] === "sh";
		else if (isShell && OURS.test(withoutRemark(text)))
			found.push({ at: `${page}:${index + 1}`, line: withoutRemark(text) });
	}
	return found;
}

function withoutRemark(text: string): string {
	return text.replace(/\s{2,}#\s.*$/, "").trim();
}
