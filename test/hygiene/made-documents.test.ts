import { expect, test } from "vitest";
import { madeDocuments } from "../../scripts/documents/made-documents.ts";
import { read } from "./repository.ts";

test.each([...(await madeDocuments())])("%s is what the code says: npm run docs", (path, text) => {
	expect(read(path)).toBe(text);
});
