// Writes what the documents say of the code from the code: `npm run docs`. A test holds them together.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { madeDocuments } from "./documents/made-documents.ts";

const root = process.env.CTRACE_REPOSITORY ?? ".";
for (const [path, text] of await madeDocuments()) writeFileSync(join(root, path), text);
