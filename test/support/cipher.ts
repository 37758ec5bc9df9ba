/**
 * The SQLite that encrypts, for the tests that need it. It is no package of the project's own: `npm run test:encryption`
 * fetches and compiles it; without it these tests are skipped, by name.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CIPHER_PACKAGE } from "../../src/store/encryption/cipher-module.ts";

/** Where it lies, or null where it is not installed. */
export function findCipher(): string | null {
	try {
		return dirname(createRequire(import.meta.url).resolve(join(CIPHER_PACKAGE, "package.json")));
	} catch {
		return null;
	}
}

export const CIPHER = findCipher();
if (CIPHER === null && process.env.CTRACE_TEST_CIPHER === "required")
	throw new Error(`${CIPHER_PACKAGE} is not found`);
