import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { openMasker } from "../../src/cli/open-masker.ts";
import { locateSpans, renderCounts } from "../../src/cli/render/mask-report.ts";
import { loadConfig } from "../../src/config/config.ts";

const home = mkdtempSync(join(tmpdir(), "ctrace-mask-"));
afterAll(() => rmSync(home, { recursive: true }));
const project = join(home, "project", "src");
mkdirSync(join(home, "project", ".git"), { recursive: true });
mkdirSync(project);
mkdirSync(join(home, "ct", "config"), { recursive: true });
writeFileSync(
	join(home, "ct", "config", "privacy.yml"),
	"custom_patterns:\n  - { pattern: 'QUOKKA-[0-9]{4}', replacement: '<quokka>' }\n",
);
writeFileSync(
	join(home, "project", ".ctrace.yml"),
	"custom_patterns:\n  - { pattern: 'WOMBAT-[0-9]{4}', name: wombat }\n",
);

const patterns = fileURLToPath(new URL("../../patterns/secrets", import.meta.url));
const env = { CTRACE_HOME: join(home, "ct"), DEPLOY_TOKEN: "blue giraffe teapot" };
const config = loadConfig({ env, platform: "linux", home });
const open = (mode?: string) => openMasker({ config, patterns, cwd: project, env, randomBytes }, mode);

describe("the masker of the command line", () => {
	it("knows the person's patterns, the project's, and the secrets of the environment", () => {
		const { text } = open().masker.maskText("QUOKKA-1234 WOMBAT-1234 blue giraffe teapot");
		expect(text).toMatch(/^<quokka> \[\[project-wombat:[a-z2-7]{8}\]\] \[\[known-value:[a-z2-7]{8}\]\]$/);
	});

	it("refuses a mode that is none", () => {
		expect(() => open("paranoid")).toThrow(/no privacy mode "paranoid"/);
	});
});

describe("the report", () => {
	it("names places, rules and levels, and never a value", () => {
		const text = `one\ntwo QUOKKA-1234\nthree ${"AKIA"}${"QUOKKAWOMBAT2345"}`;
		const rows = locateSpans(text, open().masker.maskText(text));
		expect(rows).toEqual([
			{ line: 2, column: 5, length: 11, rule: "custom-1", level: "HIGH" },
			{ line: 3, column: 7, length: 20, rule: "aws-access-key-id", level: "MAXIMUM" },
		]);
		expect(JSON.stringify(rows)).not.toContain("QUOKKA");
	});

	it("counts, the most frequent first", () => {
		expect(renderCounts({ a: 1, b: 12 })).toBe("12  b\n 1  a\n");
		expect(renderCounts({})).toBe("Nothing was masked.\n");
	});
});
