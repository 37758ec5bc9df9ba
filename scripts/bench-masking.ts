// Measures masking: npm run bench:masking -- --corpus DIR [--code DIR] [--misses CORPUS:MODE] [--alarms NAME:MODE] [--only recall|structured|personal|mutations|alarms|speed]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTag } from "../src/config/pseudonym-key.ts";
import { createLinearMatcher } from "../src/masking/linear-matcher.ts";
import { createMasker, type Masker } from "../src/masking/masker.ts";
import { appliesIn, PRIVACY_MODES, type PrivacyMode } from "../src/masking/privacy-mode.ts";
import { Reading } from "../src/masking/reading.ts";
import { createScanner } from "../src/masking/scan.ts";
import { VALIDATORS } from "../src/masking/validators.ts";
import { createWorkMeter } from "../src/masking/work-meter.ts";
import { parsePrivacyFile } from "../src/patterns/load-privacy.ts";
import { loadSecretRules } from "../src/patterns/load-secrets.ts";
import { type Case, corpusNames, readCode, readCorpus } from "./bench-masking/corpus.ts";
import { measureFalseAlarms, measureRecall, outsideOf, survives } from "./bench-masking/quality.ts";
import {
	adversarialTexts,
	busyMs,
	chunkTimes,
	megabytesPerSecond,
	privacyFile,
	throughput,
} from "./bench-masking/speed.ts";
import { structuredRows } from "./bench-masking/structured-table.ts";

const { values: flags } = parseArgs({
	options: {
		corpus: { type: "string" },
		code: { type: "string" },
		misses: { type: "string" },
		alarms: { type: "string" },
		only: { type: "string" },
	},
});
const corpus = flags.corpus;
if (corpus === undefined) throw new Error("say where the corpora are: npm run bench:masking -- --corpus DIR");

const CODE_SAMPLE = 12_000_000;
const PACKAGE_SAMPLE = 400_000;
const OWN_PATTERNS = 200;
const tag = createTag(new Uint8Array(32).fill(1));
const ownFile = { file: "privacy.yml", text: privacyFile(OWN_PATTERNS) };
const loading = busyMs(); // first of all: a start finds nothing warm either
const rules = loadSecretRules("patterns/secrets");
const own = parsePrivacyFile(ownFile, { compile: createLinearMatcher, mayAllow: true });
createMasker({ rules: [...rules, ...own.rules], mode: "strict", tag, allow: own.allow });
const loadMs = busyMs() - loading;
const maskerFor = (mode: PrivacyMode, known: readonly string[] = []): Masker =>
	createMasker({ rules, mode, tag, knownValues: known.map((value) => ({ name: "KNOWN", value })) });
const maskers = new Map(PRIVACY_MODES.map((mode) => [mode, maskerFor(mode)]));
const names = corpusNames(corpus);
const wants = (part: string) => flags.only === undefined || flags.only === part;
const lines: string[] = [];
const say = (line: string) => {
	console.log(line);
	lines.push(line);
};

const percent = (part: number, whole: number) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(1));

function recallTable(): void {
	say("| corpus | secrets | minimal % | moderate % | strict % |\n| --- | --- | --- | --- | --- |");
	for (const name of names.filter((n) => !n.startsWith("clean-") && n !== "terminal-mutations")) {
		const cases = readCorpus(corpus ?? "", name);
		const results = PRIVACY_MODES.map((mode) => measureRecall(cases, maskers.get(mode) ?? maskerFor(mode)));
		say(`| ${name} | ${results[0]?.total} | ${results.map((r) => percent(r.masked, r.total)).join(" | ")} |`);
		PRIVACY_MODES.forEach((mode, i) => {
			if (flags.misses === `${name}:${mode}`) printMisses(results[i]?.missed ?? []);
		});
	}
}

function printMisses(missed: readonly Case[]): void {
	const byRule = groupByRule(missed);
	for (const [rule, cases] of [...byRule].sort((a, b) => b[1].length - a[1].length)) {
		console.log(
			`  ${cases.length} × ${rule}: ${JSON.stringify(cases[0]?.text.slice(0, 200))} ← ${cases[0]?.secrets?.join(" ")}`,
		);
	}
}

function groupByRule(cases: readonly Case[]): Map<string, Case[]> {
	const groups = new Map<string, Case[]>();
	for (const c of cases) groups.set(c.rule ?? "?", [...(groups.get(c.rule ?? "?") ?? []), c]);
	return groups;
}

/** Presidio's labels for the classes that are masked, and what is aimed at; it has many more, of single countries. */
const PERSONAL_CLASSES = {
	EMAIL_ADDRESS: "99",
	CREDIT_CARD: "all 13, none clean",
	IBAN_CODE: "100",
	US_SSN: "100 with dashes",
	PHONE_NUMBER: "95 with +",
	IP_ADDRESS: "98 in strict",
} as const;

function structuredTable(): void {
	const all = PRIVACY_MODES.map((mode) => maskers.get(mode) ?? maskerFor(mode));
	for (const row of structuredRows(all)) say(row);
}

function personalTable(): void {
	if (!names.includes("presidio-pii")) return;
	const cases = readCorpus(corpus ?? "", "presidio-pii");
	say(
		"| personal data | cases | aimed at | moderate % | strict % | clean of the class, masked in strict |\n| --- | --- | --- | --- | --- | --- |",
	);
	for (const [label, aim] of Object.entries(PERSONAL_CLASSES)) {
		const own = cases.filter((c) => c.rule === label);
		const strict = maskers.get("strict") ?? maskerFor("strict");
		const [moderate, all] = [maskers.get("moderate") ?? strict, strict].map((m) => measureRecall(own, m));
		const clean = own.filter((c) => c.label === "neg");
		const alarms = clean.filter((c) => strict.maskText(c.text).text !== c.text);
		const share = (r: typeof all) => percent(r?.masked ?? 0, r?.total ?? 0);
		say(
			`| ${label} | ${all?.total} | ${aim} | ${share(moderate)} | ${share(all)} | ${alarms.length} of ${clean.length} |`,
		);
		if (flags.misses === label) printMisses(all?.missed ?? []);
		if (flags.alarms === label)
			for (const c of alarms) console.log("  ", JSON.stringify(c.text), strict.maskText(c.text).text);
	}
}

function mutationTable(): void {
	if (!names.includes("terminal-mutations")) return;
	const cases = readCorpus(corpus ?? "", "terminal-mutations");
	const groups = new Map<string, Case[]>();
	for (const c of cases) groups.set(c.mutation ?? "?", [...(groups.get(c.mutation ?? "?") ?? []), c]);
	say("| mutation | minimal % | moderate % | strict % |\n| --- | --- | --- | --- |");
	for (const [mutation, group] of groups) {
		// A variable without a vendor's name is only recognisable because its value is known from the environment.
		const isKnown = mutation === "env_dump" || mutation === "argv";
		const shares = PRIVACY_MODES.map((mode) => {
			const common = maskers.get(mode) ?? maskerFor(mode);
			const masked = group.filter((c) => {
				const masker = isKnown ? maskerFor(mode, [c.secret ?? ""]) : common;
				const isGone = !survives(masker.maskText(c.text).text, c.secret ?? "", outsideOf(c));
				if (!isGone && flags.misses === `${mutation}:${mode}`)
					console.log(" ", c.id, c.rule, JSON.stringify(c.text.slice(0, 300)));
				return isGone;
			});
			return percent(masked.length, group.length);
		});
		say(`| ${mutation} | ${shares.join(" | ")} |`);
	}
}

function cleanTexts(): Map<string, string[]> {
	const texts = new Map<string, string[]>();
	for (const name of names.filter((n) => n.startsWith("clean-"))) {
		texts.set(
			name.slice("clean-".length),
			readCorpus(corpus ?? "", name).map((c) => c.text),
		);
	}
	texts.set("code", flags.code === undefined ? readPinned() : readCode(flags.code, CODE_SAMPLE));
	return texts;
}

/** Of every package that package.json pins as much: any clone has the same code, and no package is most of it. */
function readPinned(): string[] {
	const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
	const names = Object.keys({ ...dependencies, ...devDependencies }).sort();
	return names.flatMap((name) => readCode(join("node_modules", name), PACKAGE_SAMPLE));
}

function alarmTable(): void {
	say(
		"| clean text | minimal /MB | moderate /MB | strict /MB | texts changed |\n| --- | --- | --- | --- | --- |",
	);
	for (const [name, texts] of cleanTexts()) {
		const results = PRIVACY_MODES.map((mode) =>
			measureFalseAlarms(texts, maskers.get(mode) ?? maskerFor(mode)),
		);
		const changed = results.map((r) => r.changedTexts).join(" / ");
		say(
			`| ${name} | ${results.map((r) => r.perMegabyte.toFixed(2)).join(" | ")} | ${changed} of ${texts.length} |`,
		);
		PRIVACY_MODES.forEach((mode, i) => {
			if (flags.alarms !== `${name}:${mode}`) return;
			console.log(results[i]?.byRule);
			for (const sample of results[i]?.samples.slice(0, 120) ?? []) console.log("  ", sample);
		});
	}
}

function speedTable(): void {
	const texts = cleanTexts();
	const code = texts.get("code") ?? [];
	const ordinary = [...code, ...(texts.get("terminal") ?? [])];
	say("| speed | minimal | moderate | strict |\n| --- | --- | --- | --- |");
	const row = (name: string, measure: (masker: Masker) => string) =>
		say(
			`| ${name} | ${PRIVACY_MODES.map((mode) => measure(maskers.get(mode) ?? maskerFor(mode))).join(" | ")} |`,
		);
	const engines = new Map(
		PRIVACY_MODES.map((mode) => [
			maskers.get(mode),
			createScanner(
				rules.filter((r) => appliesIn(mode, r.level)),
				VALIDATORS,
			),
		]),
	);
	row("rule engine alone, code and terminal text, MB/s", (m) => {
		const engine = engines.get(m);
		const scan = (text: string) => engine?.scan(new Reading(text), createWorkMeter(text.length));
		return throughput(ordinary, scan).toFixed(0);
	});
	row("code, MB/s", (m) => megabytesPerSecond(code, m).toFixed(1));
	row("terminal text, MB/s", (m) => megabytesPerSecond(texts.get("terminal") ?? [], m).toFixed(1));
	row("64 KB chunk p50 / p99 / max, ms", (m) => {
		const { p50, p99, max } = chunkTimes(ordinary, m);
		return `${p50.toFixed(1)} / ${p99.toFixed(1)} / ${max.toFixed(1)}`;
	});
	row("slowest adversarial text, MB/s", (m) => {
		const speeds = Object.entries(adversarialTexts()).map(([name, text]) => ({
			name,
			speed: megabytesPerSecond([text], m, 0.15),
		}));
		const [worst] = speeds.sort((a, b) => a.speed - b.speed);
		return `${worst?.speed.toFixed(1)} (${worst?.name})`;
	});
	say(
		`\nA masker with ${rules.length} rules and ${OWN_PATTERNS} patterns of one's own: ${loadMs.toFixed(0)} ms.`,
	);
}

const sections: readonly (readonly [part: string, title: string, make: () => void])[] = [
	["recall", "Recall: labelled secrets of which no eight characters in a row survive", recallTable],
	[
		"structured",
		"Credentials known by what stands around them: made up anew, 400 of each class in every shape and broken as a terminal breaks them",
		structuredTable,
	],
	["personal", "Personal data", personalTable],
	["mutations", "The same secrets as a terminal shows them", mutationTable],
	[
		"alarms",
		"False alarms: secrets seen in clean text, by megabyte; texts changed counts personal data too",
		alarmTable,
	],
	["speed", "Speed: processor time of one core", speedTable],
];
for (const [part, title, make] of sections) {
	if (!wants(part)) continue;
	say(`\n## ${title}\n`);
	make();
}
if (flags.only === undefined) {
	const head = `# Privacy, measured\n\nMade by \`npm run bench:masking -- --corpus DIR\`; the corpora are other projects' and not kept here. Code is the first ${PACKAGE_SAMPLE / 1000} KB of each package that package.json pins.\n`;
	writeFileSync("docs/privacy-measured.md", `${head}${lines.join("\n")}\n`);
}
