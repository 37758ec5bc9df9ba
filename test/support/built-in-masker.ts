/** The masker that a person gets who has set nothing. */
import { join } from "node:path";
import { createMasker, type Masker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

export function builtInMasker(knownValues: readonly string[] = []): Masker {
	return createMasker({
		rules: loadSecretRules(join(process.cwd(), "patterns", "secrets")),
		mode: "strict",
		tag: () => "aaaaaaaa",
		knownValues: knownValues.map((value) => ({ name: "SECRET", value })),
	});
}
