/**
 * `npm run bench [-- --only NAME,…] [--quick] [--seed FOLDER] [--write]`: how fast ctrace is, beside a bare relay and the peers
 * that are installed. All parts take some twelve minutes, and write `docs/performance.md`; some of them alone do so with
 * `--write`. Exit code 1 where a bar is missed.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Part, table, withBench } from "./speed/bench.ts";
import { type Measured, missedOf, renderDocument } from "./speed/document.ts";
import { echoPart } from "./speed/echo.ts";
import { lookingPart } from "./speed/looking.ts";
import { memoryPart } from "./speed/memory.ts";
import { recorderPart } from "./speed/recorder-rate.ts";
import { spinPart } from "./speed/spin.ts";
import { startPart } from "./speed/start.ts";
import { versionOf } from "./speed/subjects.ts";
import { throughputPart } from "./speed/throughput.ts";

const PARTS = [startPart, throughputPart, echoPart, memoryPart, recorderPart, spinPart, lookingPart];
/** Of the usual rounds: to see that it works, not to be believed. */
const QUICK = 0.15;

await main();

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: "string" },
			quick: { type: "boolean", default: false },
			seed: { type: "string" },
			write: { type: "boolean", default: false },
		},
	});
	const wanted = choose(values.only);
	const isWritten = values.write || (values.only === undefined && !values.quick);
	const measured: Measured[] = [];
	for (const part of wanted) {
		const began = performance.now();
		const report = await withBench(
			{
				effort: values.quick ? QUICK : 1,
				seed: values.seed === undefined ? undefined : resolve(values.seed),
				say,
			},
			part.run,
		);
		measured.push({ part, report, where: whereAndWhen(began) });
		say(`\n# ${part.title}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
		for (const line of report.lines) say(line);
		say("");
		const bars = report.bars.map(({ what, bar, measured, isMet }) => [
			what,
			bar,
			measured,
			isMet ? "" : "MISSED",
		]);
		for (const line of table(["asked for", "bar", "measured", ""], bars)) say(line);
		if (isWritten) write(measured);
	}
	process.exitCode = missedOf(measured).length === 0 ? 0 : 1;
}

function choose(only: string | undefined): readonly Part[] {
	if (only === undefined) return PARTS;
	const names = only.split(",");
	const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
	if (unknown === undefined) return PARTS.filter(({ name }) => names.includes(name));
	say(`there is no part ${unknown}; there is ${PARTS.map(({ name }) => name).join(", ")}`);
	process.exit(2);
}

/** How busy the machine was besides is part of it. */
function whereAndWhen(began: number): string {
	const [cpu] = cpus();
	const installed = ["script", "asciinema"]
		.map((name) => versionOf(name))
		.filter((name) => name !== undefined);
	const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
	return [
		`${new Date().toISOString().slice(0, 10)}, commit ${commit}, in ${((performance.now() - began) / 1000).toFixed(0)} s;`,
		`${cpus().length} cores of ${cpu?.model.trim() ?? "an unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB,`,
		`${platform()} ${release()} ${arch()}, Node ${process.version}${installed.map((name) => `, ${name}`).join("")};`,
		`load average afterwards ${loadavg()[0]?.toFixed(1)}.`,
	].join(" ");
}

function write(measured: readonly Measured[]): void {
	const path = join("docs", "performance.md");
	const before = existsSync(path) ? readFileSync(path, "utf8") : "";
	writeFileSync(path, renderDocument(before, measured, PARTS));
	say(`\nwritten: ${path}`);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
