/** What makes a program slow to start without anybody noticing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
	name.endsWith(".ts"),
);
/** The name that zod gives itself brings all of it along, with its messages in sixty languages. */
const WHOLE_ZOD = /^import \{[^}]*\} from "zod(?:\/[^"]*)?"/mu;

it("of zod only what is used is built in", () => {
	expect(SOURCES.filter((name) => WHOLE_ZOD.test(readFileSync(join("src", name), "utf8")))).toEqual([]);
	expect(WHOLE_ZOD.test('import { z } from "zod";')).toBe(true);
});
