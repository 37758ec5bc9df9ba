// What a session contains is text, whatever it is: it runs nothing, asks nobody, hides nothing, and stops nothing.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markMasked } from "../support/mark-masked.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { type PageScene, pageScene } from "./page-scene.ts";
import { findWrongs } from "./wrongs.ts";

const DAY = Date.UTC(2026, 5, 1, 9);

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

const SCRIPTS = [
	"<script>window.pwned = 1</script>",
	'<img src="https://evil.example/x.png" onerror="window.pwned = 2">',
	"<svg onload=window.pwned=3><animate onbegin=window.pwned=4 attributeName=x dur=1s>",
	'<iframe srcdoc="<script>parent.pwned = 5</script>"></iframe>',
	'<a href="javascript:window.pwned=6">click</a>',
	"[click](javascript:window.pwned=7) [two](JaVaScRiPt:alert(1)) [three](data:text/html,<script>alert(1)</script>)",
	"![picture](https://evil.example/track.png) ![x](javascript:alert(1))",
	"[ref]: javascript:window.pwned=8\n\n[ref]",
	'<javascript:window.pwned=9> <https://example.org/"onmouseover="window.pwned=10>',
	'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=11&gt;">',
	"</textarea></title></style></script><script>window.pwned=12</script>",
	'"><img src=x onerror=window.pwned=13>',
	"{{constructor.constructor('window.pwned=14')()}} <%= window.pwned=15 %>",
	"```html\n<script>window.pwned = 16</script>\n```",
	'```"><script>window.pwned=17</script>\ncode\n```',
	"<form action=https://evil.example><input name=q><button>go</button></form><style>body{display:none}</style>",
	"<base href=https://evil.example><link rel=stylesheet href=https://evil.example/x.css><meta http-equiv=refresh content=0;url=https://evil.example>",
	"[vbs](vbscript:msgbox(1)) [file](file:///etc/passwd) [user](https://example.org@evil.example/) <div id=root style=position:fixed;inset:0>over</div>",
];
/** Turns what follows around, hides in words, moves the cursor, clears a terminal. */
const ACTING =
	"user\u202etxt.exe \u2066inside\u2069 zero\u200bwidth \u001b[2J\u001b]0;title\u0007 \u0000\u0008 soft\u2060join \u{e0041}tag";

function storeHostile({ scene: { store, ids } }: PageScene, text: string): string {
	const id = ids();
	store.beginSession(
		markMasked(
			makeSession(id, {
				title: text,
				cwd: `/home/ada/${text}`,
				git: { branch: text },
				agentVersion: text,
				startedAt: DAY,
				command: [text],
			}),
		),
		{ pid: 1 },
	);
	store.saveTurn(
		id,
		markMasked(
			makeTurn(1, {
				prompt: { text, kind: "prompt" },
				usage: { models: [text], inputTokens: 1 },
				items: [
					{ kind: "assistant", text, source: "both" },
					{ kind: "thinking", text, source: "both" },
					{
						kind: "tool",
						name: text,
						input: { command: text, [text]: text, plan: text },
						output: text,
						status: "error",
						source: "both",
					},
					{
						kind: "tool",
						name: "Edit",
						input: { file_path: text, old_string: text, new_string: `${text} changed` },
						output: text,
						status: "ok",
						source: "both",
					},
					{
						kind: "tool",
						name: "Task",
						input: { prompt: text },
						output: text,
						status: "ok",
						source: "both",
						items: [{ kind: "assistant", text, source: "both" }],
					},
					{ kind: "permission", question: text, options: [text], choice: text, source: "terminal" },
					{ kind: "notice", text, source: "terminal" },
				],
			}),
		),
	);
	store.updateSession(
		id,
		markMasked({
			status: "complete" as const,
			endedAt: DAY + 1000,
			usage: { models: [text], inputTokens: 1 },
		}),
	);
	return id;
}

async function openAll(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.locator('[data-turn="1"]').waitFor();
	await page.keyboard.press("e");
	await page.locator(".disclosure.is-open .disclosure-body").first().waitFor();
	await page.locator(".diff-line").first().waitFor();
	for (const name of await page.locator(".tool-name").all()) await name.hover();
}

/** Some at a time: each session shows a text in every place there is. */
const TOGETHER = 6;
const GROUPS = Array.from({ length: Math.ceil(SCRIPTS.length / TOGETHER) }, (_, group) =>
	SCRIPTS.slice(group * TOGETHER, (group + 1) * TOGETHER).join("\n\n"),
);

test.each([
	...GROUPS.map((text, index) => [`scripts, part ${index + 1}`, text]),
	["characters that act", ACTING],
])("does nothing: %s", async (_name, text) => {
	await using web = await pageScene();
	const id = storeHostile(web, text as string);
	const { page, complaints, strangers } = await openPage(browser, web.address());
	await page.locator(".session-row .row-title").waitFor();
	expect(await findWrongs(page)).toEqual([]);
	await openAll(page, `${web.origin}/sessions/${id}`);
	expect(await findWrongs(page)).toEqual([]);
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	await page.context().close();
});

const MANY = 20_000;
const SLOW: readonly (readonly [string, string])[] = [
	["stars", `${"*".repeat(MANY / 2)}a${"*".repeat(MANY / 2)}`],
	["brackets", "[".repeat(MANY)],
	["quotes in quotes", ">".repeat(MANY)],
	["a table without end", `|a${"|a".repeat(50)}\n${"|-".repeat(51)}\n${`${"|a".repeat(51)}\n`.repeat(180)}`],
	["a line without end", "x".repeat(2_000_000)],
	["lines without end", "y\n".repeat(400_000)],
	["lists in lists", Array.from({ length: 190 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
	["code without end", `\`\`\`js\n${"((((".repeat(7000)}\n\`\`\``],
];

test.each(SLOW)("stops nothing: %s", async (_name, text) => {
	await using web = await pageScene();
	const id = storeHostile(web, text);
	const { page, complaints } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.locator('[data-turn="1"] .tool-name').first().waitFor({ timeout: 20_000 });
	await page.keyboard.press("e");
	await page.locator(".disclosure.is-open").first().waitFor();
	// It still answers, and nothing stands wider than the page.
	await page.keyboard.press("?");
	await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
	expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
	expect(complaints).toEqual([]);
	await page.context().close();
});

test("a long text is shown to its last character, for who wants it", async () => {
	await using web = await pageScene();
	const output = `${"line of an output\n".repeat(20_000)}the very last line`;
	const { store, ids } = web.scene;
	const id = ids();
	store.beginSession(markMasked(makeSession(id)), { pid: 1 });
	store.saveTurn(
		id,
		markMasked(
			makeTurn(1, {
				items: [
					{ kind: "tool", name: "Bash", input: { command: "cat log" }, output, status: "ok", source: "both" },
				],
			}),
		),
	);
	const { page } = await openPage(browser, web.address(`/sessions/${id}`));
	await page.getByRole("button", { name: /cat log/ }).click();
	const more = page.locator(".more");
	await expect.poll(() => more.textContent()).toMatch(/^Show all/);
	while ((await more.count()) > 0) {
		const label = await more.textContent();
		await more.click();
		await expect
			.poll(async () => (await more.count()) === 0 || (await more.textContent()) !== label)
			.toBe(true);
	}
	await page.getByText("the very last line").waitFor();
	await page.context().close();
});
