// The leak test must be able to fail: whatever it looks for, planted, is found.
import { expect, test } from "vitest";
import { KINDS, makeSecret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { Random } from "./random.ts";
import { findLeaks } from "./search.ts";

const random = new Random(7);
const secrets = KINDS.map((kind) => makeSecret(kind, random));
const needles = new Needles();
for (const secret of secrets) needles.add(secret, secret.kind);
const found = (text: string | Uint8Array) =>
	findLeaks(needles, [
		{ name: "a file", bytes: typeof text === "string" ? Buffer.from(text, "latin1") : text },
	]);

test("more than forty kinds of secrets are looked for", () => {
	expect(new Set(secrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(40);
});

test.each(secrets.map((secret) => [secret.kind, secret] as const))(
	"a planted secret is found in every form: %s",
	(kind, { value, isSecret }) => {
		const at = isSecret.lastIndexOf(true) - 7;
		const forms = [
			value,
			value.toLowerCase(),
			value.slice(at, at + 8),
			...["", "x", "xy"].map((before) => Buffer.from(`${before}${value}zz`).toString("base64")),
		];
		for (const form of forms) expect(found(`\0\0noise ${form} noise`)[0]?.label, form).toBe(kind);
	},
);

test("what everybody knows of a kind is no leak, nor are seven characters", () => {
	const known = KINDS.flatMap(({ parts }) => parts.filter((part) => typeof part === "string"));
	expect(found(known.join(" "))).toEqual([]);
	const sevens = secrets.map(({ value, isSecret }) => value.slice(isSecret.indexOf(true)).slice(0, 7));
	expect(found(sevens.join(" "))).toEqual([]);
});
