// One session: the conversation as it reads best, its outline, finding in it, what can be done with it.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "./axe.ts";
import { isFilled } from "./filled.ts";
import { storeGarden, storeLong } from "./invented.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { pageScene } from "./page-scene.ts";

const DAY = Date.UTC(2026, 5, 1, 9);

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("reads as a conversation: Markdown, coloured code, differences, folded tools, permissions, interrupts", async () => {
	await using web = await pageScene();
	const id = storeGarden(web.scene, DAY);
	const { page, complaints, strangers } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.getByRole("heading", { name: "A plan for the garden" }).waitFor();
	const first = page.locator('[data-turn="1"]');
	// What the person wrote stays as it was written.
	await expect
		.poll(() => first.locator(".prompt-text").textContent())
		.toBe("Make rows add two\n\nand tell me **why**");
	expect(await first.locator(".markdown strong").textContent()).toBe("two");
	expect(await first.locator(".markdown td.align-right").textContent()).toBe("2");
	await first.locator(".markdown .hljs-keyword").first().waitFor();
	const link = first.locator(".markdown a");
	expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
	expect(await first.locator(".permission").textContent()).toMatch(
		/make this edit to plan\.py.*Yes after 4\.0 s/s,
	);
	const edit = first.locator(".tool", { hasText: "Edit" });
	expect(await edit.getByRole("button").textContent()).toMatch(/done.*Edit.*home-user.*\+2 −2.*320 ms/s);
	expect(await edit.locator(".diff").count()).toBe(0);
	await edit.getByRole("button").click();
	await expect.poll(() => edit.locator(".diff-line.is-added").textContent()).toContain("return beds + 2");
	await expect.poll(() => edit.locator(".diff-line.is-removed").textContent()).toContain("return beds + 1");
	expect(await edit.locator(".diff-line.is-same").textContent()).toContain("def rows(beds):");
	const third = page.locator('[data-turn="3"]');
	expect(await third.textContent()).toContain("You interrupted here.");
	expect(await third.textContent()).toContain("Context left until auto-compact: 8%");
	await third.getByRole("button", { name: /Task/ }).click();
	const inner = third.locator(".subagent");
	await inner.getByRole("button", { name: /wc -l beds\.txt/ }).click();
	expect(await inner.textContent()).toContain("3 beds.txt");
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	await page.context().close();
});

test("a bar shows where the time went, in all and by turn", async () => {
	await using web = await pageScene();
	const id = storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	const bar = page.locator(".session-page > .time-bar");
	await bar.waitFor();
	const legend = await bar.locator("li").allTextContents();
	expect(legend.map((line) => line.replace(/\s+/g, " ").trim())).toEqual([
		"Claude thinking 4.0 s 11.1%",
		"Claude writing 5.0 s 13.9%",
		"tools 15 s 41.7%",
		"waiting for permission 4.0 s 11.1%",
		"waiting for you 8.0 s 22.2%",
	]);
	expect(await page.locator('[data-turn="1"] .time-parts').getAttribute("aria-label")).toContain(
		"Claude thinking 3.0 s",
	);
	await page.context().close();
});

test("finds in what is folded and far away, and opens it", async () => {
	await using web = await pageScene();
	const id = storeLong(web.scene, DAY, 300);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.locator('[data-turn="1"]').waitFor();
	await page.keyboard.press("/");
	await page.getByRole("textbox", { name: "Find in this session" }).fill("echo 287");
	await expect.poll(() => page.locator(".find-count").textContent()).toBe("1 of 1");
	const tool = page.locator('[data-turn="287"] .tool');
	await tool.locator(".code").waitFor();
	expect(await tool.locator(".code").textContent()).toBe("echo 287");
	await expect.poll(() => page.evaluate('CSS.highlights.get("found")?.size ?? 0')).toBeGreaterThan(0);
	await page.getByRole("textbox", { name: "Find in this session" }).fill("Answer 1");
	await expect.poll(() => page.locator(".find-count").textContent()).toMatch(/^1 of 1\d\d/);
	await page.keyboard.press("Enter");
	await expect.poll(() => page.locator(".find-count").textContent()).toMatch(/^2 of/);
	await page.keyboard.press("Escape");
	await expect.poll(() => page.locator(".find-bar").count()).toBe(0);
	await page.context().close();
});

test("finds what a subagent did, and opens the way to it", async () => {
	await using web = await pageScene();
	const id = storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address(`/sessions/${id}?find=3+beds.txt`));
	await expect.poll(() => page.locator(".find-count").textContent()).toBe("1 of 1");
	await page.locator(".subagent .output").getByText("3 beds.txt").waitFor();
	await page.context().close();
});

test("each turn has an address; the outline and the keys lead along", async () => {
	await using web = await pageScene();
	const id = storeLong(web.scene, DAY, 400);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.locator('[data-turn="1"]').waitFor();
	await page.goto(`${web.origin}/sessions/${id}#turn-250`);
	await page.locator('[data-turn="250"]').getByText("question 250").waitFor();
	await expect.poll(() => page.locator(".outline a.is-current .outline-number").textContent()).toBe("250");
	await page.keyboard.press("j");
	await expect.poll(() => new URL(page.url()).hash).toBe("#turn-251");
	await expect.poll(() => page.locator(".outline a.is-current .outline-number").textContent()).toBe("251");
	await page.keyboard.press("G");
	await page.locator('[data-turn="400"]').getByText("question 400").waitFor();
	await page.keyboard.press("g");
	await page.locator('[data-turn="1"]').getByText("question 1", { exact: true }).waitFor();
	await page.context().close();
});

test("two thousand turns open, and whichever is scrolled to is there", async () => {
	await using web = await pageScene();
	const id = storeLong(web.scene, DAY, 2000);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.locator('[data-turn="1"]').waitFor();
	for (const share of [0.2, 0.5, 0.9, 1]) {
		await page.locator(".turn-scroll").evaluate((element, part) => {
			element.scrollTop = element.scrollHeight * part;
		}, share);
		// What is seen is filled with turns that have come, without a hole between them.
		await expect.poll(() => page.evaluate(isFilled)).toBe(true);
	}
	await page.getByText("question 2000").waitFor();
	expect(await page.locator(".turn").count()).toBeLessThan(40);
	await page.context().close();
});

test("is exported, and deleted only after being asked again", async () => {
	await using web = await pageScene();
	const id = storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.getByRole("button", { name: "More" }).click();
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("link", { name: "Export as JSON" }).click(),
	]);
	expect(download.suggestedFilename()).toBe(`${id}.json`);
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: "Share with a team…" }).click();
	await page.getByRole("dialog", { name: "Share with a team" }).getByText("ctrace login").waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: "Delete…" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete this session?" });
	await dialog.getByRole("button", { name: "Keep it" }).click();
	expect(web.scene.store.listSessions()).toHaveLength(1);
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: "Delete…" }).click();
	await dialog.getByRole("button", { name: "Delete", exact: true }).click();
	await page.getByText("No session yet").waitFor();
	expect(web.scene.store.listSessions()).toHaveLength(0);
	await page.context().close();
});

test("a session that is not there says so", async () => {
	await using web = await pageScene();
	storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address("/sessions/00000000-0000-7000-8000-000000000000"));
	await page.getByRole("alert").waitFor();
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
		await using web = await pageScene();
		const id = storeGarden(web.scene, DAY);
		const { page } = await openPage(browser, web.address(`/sessions/${id}`), {
			colorScheme,
			viewport: { width, height: 740 },
		});
		await page.locator('[data-turn="1"]').waitFor();
		await page.keyboard.press("e");
		await page.locator(".diff-line.is-added").first().waitFor();
		await page.locator(".hljs-keyword").first().waitFor();
		expect(await seriousFindings(page)).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
		await page.context().close();
	},
);

test.each([
	["undefined", 0],
	// The session and its outline: by the address, by the page, and because the stream of events has begun.
	["01990000-0000-7000-8000-000000000000", 6],
])("there is no session %s: that is said, and not asked again and again", async (id, most) => {
	await using web = await pageScene();
	const page = await (await browser.newContext()).newPage();
	const asked: string[] = [];
	page.on("request", (request) => asked.push(request.url()));
	await page.clock.install();
	await page.goto(web.address(`/sessions/${id}`));
	await page
		.getByText(/no (?:such )?session/i)
		.first()
		.waitFor();
	await page.locator(".live-mark.is-live").waitFor();
	// The page's own clock goes on; each time the server has answered what was asked until then.
	for (let step = 0; step < 5; step += 1) {
		await page.clock.runFor(2000);
		await page.evaluate("fetch('/api/v1/settings').then((answer) => answer.text())");
	}
	expect(asked.filter((url) => url.includes(`/api/v1/sessions/${id}`)).length).toBeLessThanOrEqual(most);
	expect(asked.filter((url) => url.includes("/live")).length).toBeLessThanOrEqual(2);
	expect(web.failures).toEqual([]);
	await page.context().close();
});
