import { expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker, createMaskMemory } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const TOKEN = `ghp_${"Zq7Rk2Xv9Lw4Tn8Bc3Jh6Md1Fs5Gp0Ya2KeW"}`;
const PIECE = `seen: ${TOKEN.slice(6, 18)}`;

test("a text in which nothing was found is masked when it is a piece of what was found since", () => {
	const masker = createMasker({
		rules: loadSecretRules("patterns/secrets"),
		mode: "minimal",
		tag: createTag(new Uint8Array(32).fill(7)),
	});
	const memory = createMaskMemory();
	expect(masker.mask(PIECE, memory).value).toBe(PIECE);
	expect(
		masker.mask([PIECE, "and", `export T=${TOKEN}`, { again: PIECE }], memory).counts["github-pat"],
	).toBeGreaterThan(0);
	expect(masker.mask(PIECE, memory).value).toMatch(/^seen: \[\[github-pat:[a-z2-7]{8}\]\]$/);
	expect(masker.mask(PIECE).value).toBe(PIECE);
	expect(masker.mask({ first: PIECE, last: `T=${TOKEN}` }).value.first).toMatch(/github-pat/);
});
