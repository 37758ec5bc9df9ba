import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { settleText } from "../../src/masking/screen-text.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = createTag(new Uint8Array(32).fill(9));
const masker = createMasker({ rules, mode: "minimal", tag });
const token = `ghp_${"k3Jx9QmZ7p".repeat(4)}`.slice(0, 40);
const mark = `[[github-pat:${tag("github-pat", token)}]]`;
const mask = (text: string) => masker.maskText(text).text;
const [head, tail] = [token.slice(0, 19), token.slice(19)];

describe("a secret is masked as a person reads it", () => {
	it("when colours are inside it, to the letter", () => {
		expect(mask(`a ${head}\u001b[1;31m${tail}\u001b[0m z`)).toBe(`a ${mark}\u001b[0m z`);
		const each = [...token].map((letter, i) => `\u001b[38;5;${i}m${letter}`).join("");
		expect(mask(`a ${each}\u001b[0m z`)).toBe(`a \u001b[38;5;0m${mark}\u001b[0m z`);
	});

	it("when its halves are on two rows: both are masked, and the rows stay", () => {
		expect(mask(`token ${head}\n${tail} end`)).toBe(`token ${mark}\n[[…]] end`);
		expect(mask(`  ⎿  x ${head}\n     ${tail}`)).toBe(`  ⎿  x ${mark}\n     [[…]]`);
		const boxed = `╭──────╮\n│ x ${head} │\n│   ${tail} │\n╰──────╯`;
		expect(mask(boxed)).toBe(`╭──────╮\n│ x ${mark} │\n│   [[…]] │\n╰──────╯`);
		expect(mask(`   12 + a ${head}\n        ${tail}`)).toBe(`   12 + a ${mark}\n        [[…]]`);
	});

	it("at every column it may be wrapped at", () => {
		for (let width = 12; width <= 60; width += 1) {
			const line = `export TOKEN=${token} # mine`;
			const rows = line.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
			const output = mask(rows.join("\n"));
			for (let i = 0; i + 8 <= token.length; i += 1)
				expect(output, `width ${width}`).not.toContain(token.slice(i, i + 8));
		}
	});

	it("with the same pseudonym in percent, \\u and base64 code", () => {
		const escaped = [...token].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("");
		expect(mask(`{"v":"${escaped}"}`)).toBe(`{"v":"${mark}"}`);
		expect(mask(`q=%22${token.replace("k", "%6b").replace("J", "%4A")}%22`)).toContain(mark);
		const code = Buffer.from(`say token ${token} now`).toString("base64");
		expect(mask(`data: ${code}!`)).toContain(mark);
		expect(mask(`data: ${code}!`)).not.toContain(code.slice(16, 40));
	});

	it("in a hexdump", () => {
		const bytes = Buffer.from(`my token ${token} is mine`).toString("hex");
		const rows = (bytes.match(/.{1,32}/g) ?? []).map(
			(row, i) => `000000${i}0: ${row.replace(/(.{4})/g, "$1 ")}`,
		);
		const output = mask(rows.join("\n"));
		expect(output).toContain(mark);
		expect(output.replace(/ /g, "")).not.toContain(Buffer.from(token).toString("hex").slice(8, 24));
	});

	it("but a word on the next row is not taken for the rest of it", () => {
		const text = `export OPENAI_API_KEY=sk-proj-${"aB3dE5gH7j".repeat(5)}\nnpm run build\n`;
		expect(mask(text)).toMatch(/\]\]\nnpm run build\n$/);
	});
});

describe("text is settled before it is masked", () => {
	it("without titles, links, clipboard and images, ended or not", () => {
		expect(
			settleText(`a\u001b]0;${token}\u0007b\u001b]8;;http://x/${token}\u001b\\c\u001b]52;c;QUJD\u0007d`),
		).toBe("abcd");
		expect(settleText(`a\u001b_Gf=100;QUJD\u001b\\b\u001bPq${token}\u001b\\c\u001b]0;${token}`)).toBe("abc");
	});

	it("as it finally stood: typed over, redrawn at every key, written out of order", () => {
		expect(settleText("ab\b \bc\r\n")).toBe("ac\n");
		expect(settleText("\r\u001b[2K> g\r\u001b[2K> gh\r\u001b[2K> ghp\n")).toBe("> ghp\n");
		expect(settleText("\u001b[2J\u001b[3;4Hworld\u001b[3;1Hbig\n")).toBe("bigworld\n");
		expect(settleText("one\ntwo\u001b[1A\u001b[1Gtri")).toBe("tri\ntwo");
	});

	it("and left as it is when nothing moves", () => {
		const text = "plain\r\n\u001b[31mred\u001b[0m\ttab\n";
		expect(settleText(text)).toBe(text);
	});
});
