// Insights, Status, and a team's sessions: what they tell, and that they can be used by everybody.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "./axe.ts";
import { storeGarden } from "./invented.ts";
import { inventInsights, inventStatus } from "./invented-answers.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { pageScene } from "./page-scene.ts";

const DAY = Date.UTC(2026, 5, 1, 9);
const can = { delete: true, share: false, analytics: false, insights: true, replay: true };

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

/** The session that findings lead to is known once it is stored. */
async function scene() {
	const known = { id: "" };
	const web = await pageScene({
		settings: { can },
		parts: { insights: (query) => inventInsights(known.id)(query), status: inventStatus },
	});
	known.id = storeGarden(web.scene, DAY);
	return web;
}

test("findings say where they come from, lead to their turn, and a model is asked in a terminal", async () => {
	await using web = await scene();
	const { page, complaints, strangers } = await openPage(browser, web.address("/"));
	await page.getByRole("link", { name: "Insights" }).click();
	const computed = page.getByRole("region", { name: "From figures" });
	await computed.getByText("computed from figures").first().waitFor();
	expect(await computed.getByRole("article").count()).toBe(2);
	await computed.getByText("<b>next</b>").waitFor();
	await computed.getByText("a session that was deleted since").waitFor();
	const read = page.getByRole("region", { name: "Read by a model" });
	await read.getByText("about 2026-05-01 – 2026-05-31").waitFor();
	await read.getByText("A line for CLAUDE.md").waitFor();
	const run = page.getByRole("region", { name: "Have a model read these days" });
	await run.getByText(/^ctrace insights --since .* --dry-run$/).waitFor();
	await run.getByText("ANTHROPIC_API_KEY").waitFor();
	await computed
		.getByRole("link", { name: /turn 2 of A plan/ })
		.first()
		.click();
	await page.waitForURL(/\/sessions\/.*#turn-2$/);
	await page.locator('[data-turn="2"]').waitFor();
	expect([complaints, strangers]).toEqual([[], []]);
	await page.context().close();
});

test("the state of everything: storage, sync, backup, each version, and what to do", async () => {
	await using web = await scene();
	const { page, complaints } = await openPage(browser, web.address("/status"));
	await page.getByText("2 problems").waitFor();
	await page.getByText("Now: ctrace sync").waitFor();
	const card = (title: string) =>
		page.locator(".card", { has: page.getByRole("heading", { name: title, exact: true }) });
	await card("Backup").getByText("1,204").waitFor();
	await card("Backup").getByText("3 sessions").waitFor();
	await card("Storage").getByText("Free on the disk").waitFor();
	await page.getByText("a look that is not known yet").waitFor();
	expect(complaints).toEqual([]);
	await page.context().close();
});

test("a team's sessions: what is not there is said, and nothing can be changed", async () => {
	await using web = await pageScene({
		settings: {
			source: "team",
			searches: "prompts",
			can: { delete: false, share: false, analytics: false, insights: false, replay: false },
		},
	});
	storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address("/"));
	await page.getByText("Team", { exact: true }).waitFor();
	await page.getByPlaceholder(/in the prompts of all sessions/).waitFor();
	await page.locator(".session-row a").first().click();
	await page.getByText("More", { exact: true }).click();
	await page.getByText("Export as JSON").waitFor();
	expect(await page.getByText("Delete…").count()).toBe(0);
	for (const [name, said] of [
		["Analytics", "No figures here"],
		["Insights", "No findings here"],
	] as const) {
		await page.getByRole("link", { name }).click();
		await page.getByRole("heading", { name: said }).waitFor();
	}
	await page.context().close();
});

const LOOKS = [
	["light", 1280],
	["dark", 1280],
	["light", 360],
	["dark", 360],
] as const;

test.each(["/insights", "/status"].flatMap((path) => LOOKS.map((look) => [path, ...look] as const)))(
	"axe finds nothing serious, and nothing is cut off: %s, %s, %i pixels wide",
	async (path, colorScheme, width) => {
		await using web = await scene();
		const { page } = await openPage(browser, web.address(path), {
			colorScheme,
			viewport: { width, height: 1400 },
		});
		await page.locator(".finding, .card").first().waitFor();
		expect(await seriousFindings(page)).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
		const shots = process.env.CTRACE_SHOTS;
		if (shots !== undefined)
			await page.screenshot({
				path: `${shots}${path.replace("/", "-")}-${colorScheme}-${width}.png`,
				fullPage: true,
			});
		await page.context().close();
	},
);
