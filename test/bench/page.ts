/**
 * `npm run bench:page -- FOLDER`: how fast the page is in Chromium, over the database that `npm run seed:big -- FOLDER` made.
 * The built program serves it (`npm run build`). Medians of several visits, each in a browser that has nothing kept.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../browser/open-browser.ts";

const VISITS = 7;
/** A very quick hand: so many pixels with each of so many frames. */
const [SCROLL_PX, SCROLL_FRAMES] = [400, 120];

interface Visit {
	readonly firstPaintMs: number;
	readonly rowsMs: number;
	readonly openMs: number;
	readonly emptyFrames: number;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
	process.stderr.write("usage: npm run bench:page -- FOLDER\n");
	process.exit(2);
}
const server = spawn(process.execPath, ["bin/ctrace.js", "web", "--port", "0", "--no-open"], {
	env: { ...process.env, CTRACE_HOME: resolve(folder) },
	stdio: ["ignore", "pipe", "inherit"],
});
const browser = await openBrowser();
try {
	await measure(browser, await firstLine(server));
} finally {
	await browser.close();
	server.kill("SIGINT");
}

async function measure(chromium: Browser, address: string): Promise<void> {
	const visits: Visit[] = [];
	let sessions = "";
	let turns = 0;
	for (let visit = 0; visit < VISITS; visit += 1) {
		const context = await chromium.newContext({ viewport: { width: 1360, height: 860 } });
		const page = await context.newPage();
		const longest = await openList(page, address);
		sessions = longest.sessions;
		turns = longest.turns;
		visits.push({ ...longest.visit, ...(await openSession(page, longest.id)) });
		await context.close();
	}
	const row = (name: string, of: (visit: Visit) => number) =>
		process.stdout.write(
			`${name.padEnd(44)}${Math.round(median(visits.map(of)))
				.toString()
				.padStart(6)} ms\n`,
		);
	process.stdout.write(`${sessions} sessions; the longest has ${turns} turns; medians of ${VISITS} visits\n`);
	row("first contentful paint", ({ firstPaintMs }) => firstPaintMs);
	row("the first rows of the list", ({ rowsMs }) => rowsMs);
	row("the longest session opened from there", ({ openMs }) => openMs);
	const empty = visits.reduce((sum, { emptyFrames }) => sum + emptyFrames, 0);
	process.stdout.write(
		`scrolling ${SCROLL_PX} px a frame: ${empty} of ${VISITS * SCROLL_FRAMES} frames without their turn\n`,
	);
}

async function openList(page: Page, address: string) {
	await page.goto(address, { waitUntil: "commit" });
	await page.locator(".session-row .row-title").first().waitFor();
	const visit = (await page.evaluate(
		"({ firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime, rowsMs: performance.now() })",
	)) as Pick<Visit, "firstPaintMs" | "rowsMs">;
	const { sessions, total } = (await page.evaluate(
		"fetch('/api/v1/sessions?sort=turns&limit=1').then((answer) => answer.json())",
	)) as {
		readonly sessions: readonly { readonly id: string; readonly turns: number }[];
		readonly total: number;
	};
	return { visit, id: sessions[0]?.id ?? "", turns: sessions[0]?.turns ?? 0, sessions: String(total) };
}

async function openSession(page: Page, id: string): Promise<Pick<Visit, "openMs" | "emptyFrames">> {
	const openMs = (await page.evaluate(`(async () => {
		const began = performance.now();
		history.pushState({}, "", "/sessions/${id}");
		dispatchEvent(new PopStateEvent("popstate"));
		while (document.querySelector(".turn:not(.is-coming)") === null) await new Promise(requestAnimationFrame);
		return performance.now() - began;
	})()`)) as number;
	const emptyFrames = (await page.evaluate(`(async () => {
		const scroller = document.querySelector(".turn-scroll");
		const { left, top, width, height } = scroller.getBoundingClientRect();
		let empty = 0;
		for (let frame = 0; frame < ${SCROLL_FRAMES}; frame += 1) {
			scroller.scrollTop += ${SCROLL_PX};
			await new Promise(requestAnimationFrame);
			const seen = document.elementFromPoint(left + width / 2, top + height / 2);
			if (!seen?.closest(".turn:not(.is-coming)")) empty += 1;
		}
		return empty;
	})()`)) as number;
	return { openMs, emptyFrames };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
	let text = "";
	for await (const piece of stdout ?? []) {
		text += String(piece);
		if (text.includes("\n")) break;
	}
	return text.split("\n")[0] ?? "";
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
