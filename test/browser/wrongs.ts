/** What must not be on a page that shows hostile texts. The functions run on the page. */
import type { Page } from "playwright-core";
import type { PageDocument } from "./dom.ts";

declare const document: PageDocument;

export async function findWrongs(page: Page): Promise<string[]> {
	const found = [
		await page.evaluate(wrongElements),
		await page.evaluate(wrongAttributes),
		await page.evaluate(wrongLinks),
		await page.evaluate(wrongState),
	];
	return found.flat();
}

function wrongElements(): string[] {
	const wrong =
		"#root :is(script, img, iframe, object, embed, form[action], style, link, base, meta, svg animate, math)";
	return [...document.querySelectorAll(wrong)].map(({ outerHTML }) => outerHTML.slice(0, 120));
}

function wrongAttributes(): string[] {
	return [...document.querySelectorAll("#root *")].flatMap(({ attributes }) =>
		[...attributes]
			.filter(({ name, value }) => /^on/.test(name) || /^\s*(?:javascript|data|vbscript|file):/i.test(value))
			.filter(({ name }) => name !== "title" && name !== "aria-label")
			.map(({ name, value }) => `${name}=${value.slice(0, 80)}`),
	);
}

function wrongLinks(): string[] {
	return [...document.querySelectorAll(".markdown a")]
		.filter(
			({ href, rel }) =>
				!/^(?:https?|mailto):/.test(href) || /@evil/.test(href) || rel !== "noopener noreferrer",
		)
		.map(({ outerHTML }) => outerHTML);
}

function wrongState(): string[] {
	const { pwned } = globalThis as { pwned?: unknown };
	const acting =
		/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2069]|[\u{e0000}-\u{e007f}]/u;
	return [
		...(pwned === undefined ? [] : [`a script ran: ${String(pwned)}`]),
		...(acting.test(document.body.innerText) || acting.test(document.title) ? ["a character that acts"] : []),
	];
}
