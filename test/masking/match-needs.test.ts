import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { matchNeeds } from "../../src/masking/match-needs.ts";
import { NeedsNear } from "../../src/masking/needs-near.ts";
import { Reading } from "../../src/masking/reading.ts";
import { parseSecretRules } from "../../src/patterns/load-secrets.ts";

test.each([
	["[a-z2-7]{52}", 52, 0],
	["sk-[A-Za-z0-9_-]{20,}", 23, 0],
	["(?:key|token)[ =:]{1,3}(?<secret>[0-9a-f]{32})(?![0-9a-f])", 32, 8],
	["(?:[a-f0-9]{40}|[a-f0-9]{64})", 40, 0],
	["[a-z]{20}(?:-[0-9]{30})?", 20, 0],
	["[^a-z]{40}", 0, 0],
	["[a-z:]{40}", 0, 0],
	["[\\w.-]{16}\\.[\\w]{4}", 21, 0],
	["(?:[a-z]{8}:){2}[a-z]{24}", 24, 18],
])("%s needs a run of %i, %i from its beginning", (source, length, within) => {
	expect(matchNeeds(source).run).toEqual({ length, within });
});

test.each([
	["key: ?[a-z]{4}", [[":", 3]]],
	[
		"key[:=]{1,2} {0,3}'[^']*'",
		[
			["'", 8],
			[":=", 3],
		],
	],
	["key {0,3}(?:=|: ?)x", [["=:", 6]]],
	["key(?:=x|y)", []],
	["key=?[ab]+(?=[\"'])", [["\"'", Number.POSITIVE_INFINITY]]],
	["(?<![<])key(?!;)(?<=;)", []],
	["(?<secret>(?=(?<rest>[^,]{3,64}))\\k<rest>)(?=;|$)", [[";\0", 64]]],
	["(?:key@){2}[^;]", [["@", 3]]],
	["key-[a-z.]\\+", []],
	["[^']\\.[\\w:]", []],
	["[\\s,]", [["\t\n\v\f\r \u00a0\u00ff,", 0]]],
] satisfies readonly [string, readonly [string, number][]][])(
	"%s needs the characters %j",
	(source, characters) => {
		expect(matchNeeds(source).characters).toEqual(characters.map(([set, within]) => ({ set, within })));
	},
);

test.each(["(?i)[a-z]{40}", "\\p{L}{40}", "(?P<secret>[a-z]{40})", "[[:alpha:]]{40}"])(
	"%s is not understood, and needs nothing",
	(source) => {
		expect(matchNeeds(source).run.length).toBe(0);
		expect(matchNeeds(source).characters).toEqual([]);
	},
);

test("a rule whose regex matches somewhere finds there what it needs, whatever stands around it", () => {
	const folder = "patterns/secrets";
	const rules = parseSecretRules(
		readdirSync(folder)
			.filter((name) => name.endsWith(".yml"))
			.map((name) => ({ file: name, text: readFileSync(`${folder}/${name}`, "utf8") })),
	);
	const around = fc.string({
		unit: fc.constantFrom("a", "Z", "7", "-", " ", "\n", "=", ":", "é", "│"),
		maxLength: 60,
	});
	const parts = rules.flatMap((rule) => rule.examples.match.map((example) => ({ rule, example })));
	const letters = "abcdefghijklmnopqrstuvwxyz234567";
	const fill = (example: string) =>
		example.replace(/%\{[^}:]*:(\d+)\}/g, (_whole, count: string) =>
			letters.repeat(9).slice(0, Number(count)),
		);
	let matches = 0;
	fc.assert(
		fc.property(fc.constantFrom(...parts), around, around, ({ rule, example }, before, after) => {
			const text = `${before} ${fill(example)} ${after}`;
			const reading = new Reading(text);
			const needs = new NeedsNear(1);
			needs.reset();
			for (let at = 0; at < text.length; at += 1) {
				const mayMatch = needs.mayMatch(reading, at, 0, rule);
				const match = rule.matcher.at?.(text, at);
				if (match === undefined) continue;
				matches += 1;
				expect(mayMatch).toBe(true);
			}
		}),
		{ numRuns: 400 },
	);
	expect(matches).toBeGreaterThan(100);
});
