/** How much is found of credentials that stand in a structure, plainly and as a terminal shows them. */
import type { Masker } from "../../src/masking/masker.ts";
import { MadeUp } from "./made-up.ts";
import { MUTATIONS, type Mutation } from "./mutations.ts";
import { survives } from "./quality.ts";
import { STRUCTURED_CLASSES, type StructuredCase, structuredCases } from "./structured.ts";

const PER_CLASS = 400;
const SEED = 20_261_126;

/** Rows of Markdown. */
export function structuredRows(maskers: readonly Masker[]): string[] {
	const cases = structuredCases(PER_CLASS, SEED);
	const head = `| shown | mode | ${STRUCTURED_CLASSES.map((name) => `${name} %`).join(" | ")} |`;
	const rule = `| --- | --- | ${STRUCTURED_CLASSES.map(() => "---").join(" | ")} |`;
	const rows = Object.entries(MUTATIONS).flatMap(([name, mutate]) =>
		maskers.map((masker, index) => {
			const shares = sharesOf(cases, mutate, masker);
			return `| ${index === 0 ? name : ""} | ${MODE_NAMES[index]} | ${shares.join(" | ")} |`;
		}),
	);
	return [head, rule, ...rows];
}

const MODE_NAMES = ["minimal", "moderate", "strict"];

function sharesOf(cases: readonly StructuredCase[], mutate: Mutation, masker: Masker): string[] {
	const random = new MadeUp(SEED);
	const gone = cases.map((one) => isGone(one, masker.maskText(mutate(one.text, random)).text));
	return STRUCTURED_CLASSES.map((name) => {
		const own = gone.filter((_, index) => cases[index]?.class === name);
		return ((100 * own.filter(Boolean).length) / own.length).toFixed(1);
	});
}

function isGone({ text, secrets }: StructuredCase, output: string): boolean {
	const outside = secrets.reduce((rest, secret) => rest.replaceAll(secret, "\u0000"), text);
	return !secrets.some((secret) => survives(output, secret, outside));
}
