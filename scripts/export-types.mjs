// Writes the TypeScript types of export v1 from its JSON Schema: `npm run schema:types`. A test holds the two together.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const SCHEMA = join(dirname(fileURLToPath(import.meta.url)), "../schema");
const BANNER = "// Made of export-v1.schema.json by `npm run schema:types`.";

/** @returns {Promise<string>} the text of `schema/export-v1.d.ts` */
export async function exportTypes() {
	const schema = JSON.parse(readFileSync(join(SCHEMA, "export-v1.schema.json"), "utf8"));
	return compile({ ...schema, title: "ExportV1" }, "ExportV1", {
		additionalProperties: false,
		bannerComment: BANNER,
		format: true,
		style: { printWidth: 110, useTabs: true },
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(join(SCHEMA, "export-v1.d.ts"), await exportTypes());
