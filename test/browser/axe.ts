/** What axe finds wrong on a page, of what is serious. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
	readonly violations: readonly {
		readonly id: string;
		readonly impact: string;
		readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
	}[];
}

/** One line a finding. Contrast, names, roles, order: all rules that axe has but best practices. */
export async function seriousFindings(page: Page): Promise<string[]> {
	await page.evaluate(SOURCE);
	const result = (await page.evaluate(
		"axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
	)) as AxeResult;
	return result.violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.flatMap(({ id, nodes }) =>
			nodes
				.slice(0, 3)
				.map(
					({ target, failureSummary }) =>
						`${id}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`,
				),
		);
}
