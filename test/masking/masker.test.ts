import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import type { SecretRule } from "../../src/patterns/secret-rule.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = createTag(new Uint8Array(32).fill(7));
const masker = createMasker({ rules, mode: "strict", tag });
const githubToken = `ghp_${"aB3dE5gH7j".repeat(4)}`.slice(0, 40);
const pseudonym = `[[github-pat:${tag("github-pat", githubToken)}]]`;

describe("masking a value", () => {
	it("masks every string inside objects and arrays, keys too, and keeps all else", () => {
		const turn = {
			seq: 1,
			ok: true,
			none: null,
			items: [{ kind: "tool", input: { [githubToken]: 5, a: githubToken } }],
		};
		const { value, counts } = masker.mask(turn);
		expect(value).toEqual({
			seq: 1,
			ok: true,
			none: null,
			items: [{ kind: "tool", input: { [pseudonym]: 5, a: pseudonym } }],
		});
		expect(counts).toEqual({ "github-pat": 2 });
	});

	it("keeps the identity of what holds no secret", () => {
		const frame = {
			rows: [
				{ text: "hello", isWrapped: false },
				{ text: "world", isWrapped: false },
			],
		};
		expect(masker.mask(frame).value).toBe(frame);
	});

	it("judges a value with its key beside it", () => {
		const { value } = masker.mask({ input: { password: "correct1horse", username: "ada" } });
		expect(JSON.stringify(value)).not.toContain("correct1horse");
		expect(value.input.username).toBe("ada");
	});

	it("withholds what is no text and what is nested too deep, with the reason", () => {
		let deep: unknown = "bottom";
		for (let i = 0; i < 200; i += 1) deep = [deep];
		expect(masker.mask({ bytes: new Uint8Array(4) }).value).toEqual({ bytes: "[[withheld: not text]]" });
		expect(JSON.stringify(masker.mask(deep).value)).toContain("[[withheld: nested too deep]]");
	});

	it("withholds the text, never passes it on, when a rule fails", () => {
		const failing: SecretRule = {
			id: "broken",
			description: "fails",
			level: "MAXIMUM",
			keywords: ["boom"],
			matcher: {
				find() {
					throw new Error("boom");
				},
			},
			source: "boom",
			before: 64,
			after: 512,
			origin: "builtin",
		};
		const fragile = createMasker({ rules: [failing], mode: "strict", tag });
		expect(fragile.maskText("boom and a secret").text).toBe("[[withheld: rule broken failed]]");
		expect(fragile.mask({ text: "boom" }).counts).toEqual({ withheld: 1 });
	});

	it("masks a private key from its header to its footer, in rows too", () => {
		const rows = [
			"-----BEGIN RSA " + "PRIVATE KEY-----",
			"MIIEpAIBAAKCAQEAx5v6kq9d",
			"AbCd0123456789abcdefXYZ=",
			"-----END RSA " + "PRIVATE KEY-----",
		];
		const { value } = masker.mask({ before: "x", rows });
		expect(value.rows.join("\n")).toMatch(
			/^\[\[private-key:[a-z2-7]{8}\]\]\n\[\[…\]\]\n\[\[…\]\]\n\[\[…\]\]$/,
		);
	});

	it("leaves a mention of a private key's header alone", () => {
		const prose =
			'if (text.startsWith("-----BEGIN ' + 'PRIVATE KEY-----")) return parse(text);\nreturn null;';
		expect(masker.maskText(prose).text).toBe(prose);
	});

	it("masks known values in every encoding they are shown in", () => {
		const value = "blue-Giraffe/42+tea";
		const knowing = createMasker({ rules, mode: "minimal", tag, knownValues: [{ name: "X", value }] });
		const hex = Buffer.from(value).toString("hex");
		const forms = [value, encodeURIComponent(value), hex, value.toLowerCase(), JSON.stringify({ value })];
		for (const prefix of ["", "a", "ab"]) forms.push(Buffer.from(`${prefix}${value}zz`).toString("base64"));
		for (const form of forms) {
			const { text, counts } = knowing.maskText(`see ${form} here`);
			expect(counts, form).toEqual({ "known-value": 1 });
			expect(text).toContain(`[[known-value:${tag("known-value", value)}]]`);
		}
	});

	it("is idempotent, whatever the text", () => {
		const piece = fc.oneof(
			fc.constantFrom(
				githubToken,
				"password=",
				"token: ",
				'"',
				"\n",
				" ",
				"://u:",
				"@h",
				"[[",
				"]]",
				"Bearer ",
				"key=",
			),
			fc.string({ maxLength: 12 }),
			fc.stringMatching(/^[A-Za-z0-9+/]{8,40}$/),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const once = masker.maskText(pieces.join("")).text;
				expect(masker.maskText(once).text).toBe(once);
			}),
			{ numRuns: 500 },
		);
	});

	it("covers overlapping secrets whole", () => {
		const text = `postgres://admin:${githubToken}Tail@db.corp.org/app`;
		const minimal = createMasker({ rules, mode: "minimal", tag });
		expect(minimal.maskText(text).text).toMatch(
			/^postgres:\/\/admin:\[\[[a-z-]+:[a-z2-7]{8}\]\](?:@db\.corp\.org)?\/app$/,
		);
	});
});
