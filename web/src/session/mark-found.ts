/** Marks what was found, on what is on the page now, without touching it: the browser paints the ranges. */

const ALL = "found";
const CURRENT = "found-here";

export function markFound(root: HTMLElement | null, text: string, here: HTMLElement | null): void {
	if (typeof Highlight === "undefined") return;
	CSS.highlights.delete(ALL);
	CSS.highlights.delete(CURRENT);
	if (root === null || text === "") return;
	const ranges = rangesOf(root, text.toLowerCase());
	CSS.highlights.set(ALL, new Highlight(...ranges));
	const current = here === null ? [] : ranges.filter(({ startContainer }) => here.contains(startContainer));
	CSS.highlights.set(CURRENT, new Highlight(...current));
}

function rangesOf(root: HTMLElement, wanted: string): Range[] {
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	const ranges: Range[] = [];
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
		const text = node.nodeValue?.toLowerCase() ?? "";
		// A letter whose small form is longer would shift what follows.
		if (text.length !== node.nodeValue?.length) continue;
		for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
			const range = new Range();
			range.setStart(node, at);
			range.setEnd(node, at + wanted.length);
			ranges.push(range);
		}
	}
	return ranges;
}
