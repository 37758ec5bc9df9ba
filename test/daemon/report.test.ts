/** The daemon's weekly report, from a real store. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { lastWeek } from "../../src/daemon/components/plan-week.ts";
import { report } from "../../src/daemon/components/report.ts";
import { createReporting } from "../../src/daemon/components/write-report.ts";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import { addSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const WEEK_MS = 7 * 86_400_000;

function configOf({ env, home }: Pick<CliScene, "env" | "home">) {
	return loadConfig({ env, platform: process.platform, home });
}

function run(place: CliScene, now = STARTED_AT + WEEK_MS) {
	const work = createReporting({ script: cli, env: place.env }, () => now);
	return work({ config: configOf(place), signal: new AbortController().signal, log: () => {} });
}

test("writes each week that is over once, whole, and for the person's eyes only", async () => {
	using place = cliScene(cli);
	addSession(place.scene, { status: "complete" }, [makeTurn(1), makeTurn(2)]);
	expect(await run(place)).toEqual({ counts: {} });
	const folder = join(place.home, "reports", "weekly");
	place.env.CTRACE_REPORT_FOLDER = folder;
	expect(await run(place)).toEqual({ counts: { written: 1 }, queue: 0 });
	const name = `claude-code-${lastWeek(STARTED_AT + WEEK_MS).name}.html`;
	expect(readdirSync(folder)).toEqual([name]);
	expect(readFileSync(join(folder, name), "utf8")).toContain("<td>turns</td><td>2</td><td>0</td>");
	expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
	expect(await run(place)).toEqual({ counts: { written: 0 }, queue: 0 });
	place.env.CTRACE_REPORT_FORMAT = "markdown";
	expect(await run(place)).toEqual({ counts: { written: 1 }, queue: 0 });
	const page = readFileSync(join(folder, name.replace("html", "md")), "utf8");
	expect(page).toContain("| turns | 2 | 0 |");
});

test("a command that fails is a failure, told by a code alone, and leaves no half of a page", async () => {
	using place = cliScene(cli);
	const folder = join(place.home, "reports");
	place.env.CTRACE_REPORT_FOLDER = folder;
	place.scene.store.close();
	writeFileSync(place.scene.path, "no database at all ".repeat(1000));
	expect(await run(place)).toEqual({ counts: {}, failure: "report" });
	expect(readdirSync(folder)).toEqual([]);
});

test("a week is Monday to Sunday, and is counted as ISO 8601 does", () => {
	const at = (year: number, month: number, day: number) => new Date(year, month - 1, day, 12).getTime();
	expect(lastWeek(at(2026, 11, 23))).toEqual({ name: "2026-W47", from: "2026-11-16", to: "2026-11-22" });
	expect(lastWeek(at(2026, 11, 29))).toEqual({ name: "2026-W47", from: "2026-11-16", to: "2026-11-22" });
	expect(lastWeek(at(2026, 1, 5)).name).toBe("2026-W01");
	expect(lastWeek(at(2027, 1, 4))).toEqual({ name: "2026-W53", from: "2026-12-28", to: "2027-01-03" });
	expect(lastWeek(at(2025, 1, 6))).toEqual({ name: "2025-W01", from: "2024-12-30", to: "2025-01-05" });
});

test("looks every hour once it is set, and seldom before", () => {
	const every = (env: Record<string, string>) => {
		const config = configOf({ env, home: "/home/ada" });
		return typeof report.intervalMs === "number" ? report.intervalMs : report.intervalMs(config);
	};
	expect(every({})).toBe(86_400_000);
	expect(every({ CTRACE_REPORT_FOLDER: "/reports" })).toBe(3_600_000);
	expect(() => every({ CTRACE_REPORT_FOLDER: "reports" })).toThrow(/absolute/u);
});
