// What others build on: the published types are those of the published schema, and what ctrace exports fits them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportV1 as Published } from "../../schema/export-v1.d.ts";
import { exportTypes } from "../../scripts/export-types.mjs";
import type { ExportV1 } from "../../src/store/export-v1.ts";

const SCHEMA = join(import.meta.dirname, "../../schema");

/** Every property of `T` without `readonly`: a reader of the published types may sort what it was given. */
type Writable<T> = { -readonly [Key in keyof T]: Writable<T[Key]> };

test("the published types are made of the published schema", async () => {
	expect(readFileSync(join(SCHEMA, "export-v1.d.ts"), "utf8")).toBe(await exportTypes());
});

test("what ctrace exports has the published types", () => {
	const published = (made: Writable<ExportV1>): Published => made;
	expect(published).toBeTypeOf("function");
});
