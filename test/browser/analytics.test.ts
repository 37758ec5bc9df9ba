// Figures of any range: charts that are tables too, and data to take along.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "./axe.ts";
import { storeGarden } from "./invented.ts";
import { inventAnalytics } from "./invented-analytics.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { pageScene } from "./page-scene.ts";

const can = { delete: true, share: false, analytics: true, insights: false, replay: true };
const scene = () => pageScene({ settings: { can }, parts: { analytics: inventAnalytics() } });

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("each subject has its figures, its chart, the same as a table, and its data as files", async () => {
	await using web = await scene();
	storeGarden(web.scene, Date.now());
	const { page, complaints, strangers } = await openPage(browser, web.address("/analytics"), {
		viewport: { width: 1280, height: 3000 },
	});
	await page.getByRole("heading", { name: "Activity" }).waitFor();
	await expect.poll(() => page.locator("canvas").count()).toBe(5);
	const activity = page.getByRole("region", { name: "Activity" });
	expect(await activity.locator(".figures").textContent()).toContain("sessions128+23.1%");
	expect(await activity.locator(".figures").textContent()).toContain("cache share87.4%+2.3 points");
	await activity.getByRole("button", { name: "Table" }).click();
	await activity.getByRole("columnheader", { name: "Cache read" }).waitFor();
	await activity.getByRole("button", { name: "by model" }).click();
	await activity.getByRole("cell", { name: "claude-sonnet-4" }).first().waitFor();
	const [csv] = await Promise.all([
		page.waitForEvent("download"),
		activity.getByRole("link", { name: "CSV" }).click(),
	]);
	expect(csv.suggestedFilename()).toBe("ctrace-totals.csv");
	const [json] = await Promise.all([
		page.waitForEvent("download"),
		activity.getByRole("link", { name: "JSON" }).click(),
	]);
	expect(json.suggestedFilename()).toBe("ctrace-totals.json");
	const permissions = page.getByRole("region", { name: "Permissions" });
	expect(await permissions.locator(".rule code").allTextContents()).toEqual(["Bash(npm test:*)"]);
	expect(
		await page.getByRole("link", { name: "Move the beds <b>next</b> to the wall" }).getAttribute("href"),
	).toMatch(/\/sessions\/.+#turn-3$/);
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	await page.context().close();
});

test("any range, and one project of all", async () => {
	await using web = await scene();
	storeGarden(web.scene, Date.now());
	const { page } = await openPage(browser, web.address("/analytics"));
	const asked: URL[] = [];
	page.on("request", (request) => {
		const url = new URL(request.url());
		if (url.pathname.endsWith("/analytics/hours")) asked.push(url);
	});
	await page.getByRole("button", { name: "7 days" }).click();
	const days = () => {
		const { searchParams } = asked.at(-1) ?? new URL(web.origin);
		const [since, until] = ["since", "until"].map((name) => Date.parse(searchParams.get(name) ?? ""));
		return ((until ?? 0) - (since ?? 0)) / 86_400_000;
	};
	await expect.poll(days).toBe(7);
	await page.getByLabel("First day").fill("2026-01-05");
	await expect.poll(() => asked.at(-1)?.searchParams.get("since")).toBe("2026-01-05T00:00:00.000Z");
	await page.getByLabel("project").selectOption({ index: 1 });
	await expect
		.poll(() => asked.at(-1)?.searchParams.get("project"))
		.toBe("/home/[[home-user:abcd2345]]/garden");
	await page.context().close();
});

test("without statistics it says so, and what there is instead", async () => {
	await using web = await pageScene();
	storeGarden(web.scene, Date.now());
	const { page } = await openPage(browser, web.address("/analytics"));
	await page.getByText("Figures are counted on the machine").waitFor();
	await page.context().close();
});

test.each([
	["light", 1280],
	["dark", 1280],
	["light", 360],
	["dark", 360],
] as const)(
	"axe finds nothing serious, and nothing is cut off: %s, %i pixels wide",
	async (colorScheme, width) => {
		await using web = await scene();
		storeGarden(web.scene, Date.now());
		const { page } = await openPage(browser, web.address("/analytics"), {
			colorScheme,
			viewport: { width, height: 900 },
		});
		await expect.poll(() => page.locator("canvas").count()).toBe(5);
		expect(await seriousFindings(page)).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
		await page.context().close();
	},
);
