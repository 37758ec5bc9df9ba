/** docs/reliability.md, from what a run found. Pure. */
import { CHECKS } from "./checks.ts";
import type { Row } from "./tally.ts";

export interface PageFacts {
	readonly rows: readonly Row[];
	readonly seed: number;
	/** The machine and the versions, in words. */
	readonly machine: string;
}

export function reliabilityPage({ rows, seed, machine }: PageFacts): string {
	const groups = [...new Set(rows.map(({ fault }) => fault.group))];
	return [
		"# Reliability",
		"",
		INTRODUCTION,
		"",
		"## What is checked after every run",
		"",
		"| check | promise |",
		"| --- | --- |",
		...CHECKS.map(({ name, promise }) => `| ${name} | ${promise} |`),
		"",
		CONTROLS,
		"",
		"## What was found",
		"",
		`${machine}; seed ${seed}.`,
		"",
		summary(rows),
		"",
		COLUMNS,
		...groups.flatMap((group) => [
			"",
			`### ${heading(group)}`,
			"",
			...table(rows.filter(({ fault }) => fault.group === group)),
		]),
		"",
	].join("\n");
}

const INTRODUCTION = `This page is made by \`npm run test:faults -- --full --write\`; the continuous run makes the same with fewer runs of each fault. A scripted
command runs twice at real terminals, under a shell with job control: as it is, and wrapped by the built ctrace. It shows numbered
lines for three seconds, with secrets made up for that run among them, and ends with a code of its own. At a moment that the seed decides,
something goes wrong. Everything is compared with the run without ctrace.`;

const CONTROLS = `Before the faults, each check is put to a run that breaks its promise on purpose, and has to find that. \`CTRACE_SEED\` or \`--seed\` repeats a
run, \`--only FAULT\` keeps to one fault, \`--runs N\` decides how often.

A second is one in which the machine gave the recorder its turn: time in which it stood ready and others ran does not count.`;

const COLUMNS = `*Late* are runs in which the fault struck when the command had ended. *Shown* are the lines that the terminals showed, *recorded* those that \`ctrace sessions show\` knows afterwards. *Marked* lines are missing with a
gap or a truncation in their place. *Known* lines are missing because they came in the last second before a fault that ends the record, or after
it: the session is \`lost\`, or one line at the terminal said so. *Lost* would be a line that was promised and is missing.`;

function summary(rows: readonly Row[]): string {
	const total = (pick: (row: Row) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
	const faults = rows.filter(({ skipped }) => skipped === undefined).length;
	const runs = count(total((row) => row.runs));
	return `**${runs} runs of ${faults} faults: ${total(({ failed }) => failed)} in which a promise was broken, ${count(total(({ lost }) => lost))} of ${count(total(({ shown }) => shown))} lines lost.**`;
}

function table(rows: readonly Row[]): string[] {
	return [
		"| fault | runs | late | broken | shown | recorded | marked | known | lost |",
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
		...rows.map(rowOf),
	];
}

function rowOf({ fault, skipped, ...row }: Row): string {
	const { runs, late, failed, shown, recorded, marked, known, lost } = row;
	const figures =
		skipped === undefined
			? [runs, late, failed, shown, recorded, marked, known, lost].map(count)
			: [`not run: ${skipped}`, "", "", "", "", "", "", ""];
	return `| ${fault.what} | ${figures.join(" | ")} |`;
}

function heading(group: string): string {
	return `${group.slice(0, 1).toUpperCase()}${group.slice(1)}`;
}

function count(value: number): string {
	return value.toLocaleString("en");
}
