/** Where in a line its masked form differs. */
import type { Range } from "../finding.ts";
import { findPlaceholders } from "../placeholder.ts";

/** What stands in the place of a stretch; without a label, nothing but fillers. */
export interface Replacement extends Range {
	readonly label?: string;
}

/**
 * Ordered and disjoint; undefined where the masked form cannot be the line's. What is kept of the line is kept because the
 * masked form says so, character by character: where the same words could have stood in two places, the picture may be off,
 * and never says more.
 */
export function findReplacements(line: string, masked: string): Replacement[] | undefined {
	if (line === masked) return [];
	const { kept, labels } = split(masked);
	const last = kept.length - 1;
	const head = kept[0] ?? "";
	const tail = kept[last] ?? "";
	if (last === 0 || !line.startsWith(head) || !line.endsWith(tail)) return undefined;
	const replacements: Replacement[] = [];
	let at = head.length;
	for (let i = 1; i < last; i += 1) {
		const text = kept[i] ?? "";
		const start = line.indexOf(text, at + 1);
		if (start === -1) return undefined;
		replacements.push({ start: at, end: start, label: labels[i - 1] ?? "" });
		at = start + text.length;
	}
	const end = line.length - tail.length;
	return end < at ? undefined : [...replacements, { start: at, end, label: labels[last - 1] ?? "" }];
}

/** Placeholders side by side count as one. */
function split(masked: string): { readonly kept: readonly string[]; readonly labels: readonly string[] } {
	const kept: string[] = [];
	const labels: string[] = [];
	let at = 0;
	for (const { start, end } of findPlaceholders(masked)) {
		const label = masked.slice(start, end);
		if (start === at && labels.length > 0) labels[labels.length - 1] += label;
		else {
			kept.push(masked.slice(at, start));
			labels.push(label);
		}
		at = end;
	}
	return { kept: [...kept, masked.slice(at)], labels };
}
