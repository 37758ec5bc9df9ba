import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { KINDS, makeSecret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { Random } from "./random.ts";
import { rowsOf } from "./routes.ts";

const NARROWEST = 20;
const WIDEST = 200;

test("no kind of secret survives a hard wrap, at whatever column", () => {
	const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
	const masker = createMasker({ rules, mode: "strict", tag: createTag(new Uint8Array(32).fill(7)) });
	const random = new Random(20_261_126);
	const secrets = KINDS.map((kind) => makeSecret(kind, random));
	const needles = new Needles();
	for (const secret of secrets) needles.add(secret, secret.kind);
	const leaks: string[] = [];
	for (let width = NARROWEST; width <= WIDEST; width += 1) {
		for (const { kind, said } of secrets) {
			const masked = masker.maskText(`$ print\n${rowsOf(said, width).join("\n")}\n\n$ `).text;
			if (needles.search(Buffer.from(masked)).length > 0) leaks.push(`${kind} at ${width} columns`);
		}
	}
	expect(leaks).toEqual([]);
}, 60_000);

test("a name that fills its row, and the sign and the value below it, are read as one", () => {
	const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
	const masker = createMasker({ rules, mode: "strict", tag: createTag(new Uint8Array(32).fill(7)) });
	const kind = KINDS.find(({ name }) => name === "aws-secret");
	const leaks: string[] = [];
	for (let seed = 1; seed <= 60; seed += 1) {
		const secret = makeSecret(kind as (typeof KINDS)[number], new Random(seed));
		const needles = new Needles();
		needles.add(secret, secret.kind);
		for (const width of [20, 21, 22, 23, 24]) {
			const masked = masker.maskText(`$ print\n${rowsOf(secret.said, width).join("\n")}\n\n$ `).text;
			if (needles.search(Buffer.from(masked)).length > 0) leaks.push(`${seed} at ${width} columns`);
		}
	}
	expect(leaks).toEqual([]);
}, 60_000);
