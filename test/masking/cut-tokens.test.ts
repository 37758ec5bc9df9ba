import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { cutTokenAt } from "../../src/masking/cut-tokens.ts";
import { createMasker } from "../../src/masking/masker.ts";
import type { PrivacyMode } from "../../src/masking/privacy-mode.ts";
import { Reading } from "../../src/masking/reading.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = createTag(new Uint8Array(32).fill(7));
const mask = (text: string, mode: PrivacyMode = "strict") =>
	createMasker({ rules, mode, tag }).maskText(text).text;
/** Made up, and said in two pieces. */
const BODY = "Zq7Rk2Xv9Lw4Tn8Bc3Jh6Md1";

describe("a token that was cut short", () => {
	test.each(["ghp_", "glpat-", "sk-ant-", "npm_", "xoxb-", "shpat_"])(
		"%s… is masked to its end",
		(prefix) => {
			for (const length of [8, 11, 16]) {
				const cut = prefix + BODY.slice(0, length);
				const masked = mask(`$ head -c ${cut.length} token\n${cut}\n$ `);
				expect(masked).not.toContain(BODY.slice(0, 8));
				expect(masked.endsWith("\n$ ")).toBe(true);
				expect(mask(masked)).toBe(masked);
			}
		},
	);

	test("is masked from its third sign on where a name says that it is secret", () => {
		for (const length of [3, 5, 7])
			expect(mask(`> SERVICE_ROLE_KEY=sb_secret_${BODY.slice(0, length)}\n> `)).toMatch(
				/^> SERVICE_ROLE_KEY=\[\[(?:cut-token|named-secret):[a-z2-7]{8}\]\]\n> $/,
			);
		expect(mask(`> stripe: ${["rk", "live", "upl"].join("_")}\n> `)).toMatch(
			/^> stripe: \[\[cut-token:[a-z2-7]{8}\]\]\n> $/,
		);
		expect(mask("sb_secret_key and sk-lab")).toBe("sb_secret_key and sk-lab");
	});

	test.each([
		"ghp_ and glpat- are how tokens begin",
		"npm_config_registry=https://registry.example",
		"sk-button-primary sk-learn-extension-2",
		"ghp_your_token_here",
		"AKIAXXXXXXXXXXXX",
		"hf_transformers_v2_base",
	])("%s is none", (text) => {
		expect(mask(text)).toBe(text);
	});

	test("is left to strict mode", () => {
		const text = `it printed ghp_${BODY.slice(0, 12)}`;
		expect(mask(text, "moderate")).toBe(text);
		expect(mask(text)).toMatch(/^it printed \[\[cut-token:[a-z2-7]{8}\]\]$/);
	});
});

test("a flood of beginnings is not read again from each of them", () => {
	const text = "sk-".repeat(1000);
	let looks = 0;
	const codes = new Proxy(new Reading(text).codes, {
		get: (target, name) => {
			looks += 1;
			return Reflect.get(target, name);
		},
	});
	expect(cutTokenAt({ text, codes }, { text: "sk-", exact: "sk-" }, 0)).toBeUndefined();
	expect(looks).toBeLessThan(50);
});
