/** The store as every component opens it. Whoever asked closes it. */
import { randomBytes } from "node:crypto";
import type { Config } from "../config/config.ts";
import { createIdMaker } from "../core/ids.ts";
import { createFindKey } from "../store/encryption/find-key.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";

/** Throws what `openStore` throws. */
export function openDaemonStore({ paths, passphrase, keychain }: Config): Store {
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const findKey = createFindKey({ passphrase, isKeychainUsed: keychain });
	return openStore({ path: paths.database, clock, ids, findKey });
}
