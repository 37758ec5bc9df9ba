/** Where it is kept who has signed in. Apart from what reads it, so that asking whether there is one costs a start nothing. */
import { existsSync } from "node:fs";
import { join } from "node:path";

const FILE = "supabase-session.json";

export function signedInFile(stateDir: string): string {
	return join(stateDir, FILE);
}

export function isSignedIn(stateDir: string): boolean {
	return existsSync(signedInFile(stateDir));
}
