/** The refresh token in the system's keychain, by a tool that does what the real one does, fails, or never answers. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createKeychain } from "../../src/sync/keychain.ts";
import { createSignIn } from "../../src/sync/sign-in.ts";
import { signedInFile } from "../../src/sync/signed-in-file.ts";
import { createTokens } from "../../src/sync/tokens.ts";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { describeWithStack } from "./with-stack.ts";

const PASSWORD = `pass-${"word"}-for-tests`;
/** As `secret-tool` of libsecret: a secret by standard input, attributes as arguments; one secret is enough here. */
const WORKS = `
echo "$@" >> "$0.arguments"
case "$1" in
	store) cat > "$0.secret" ;;
	lookup) cat "$0.secret" 2>/dev/null ;;
	clear) rm -f "$0.secret" ;;
esac`;

describeWithStack(
	"signing in with a keychain",
	(stack) => {
		const folders: string[] = [];
		afterEach(() => {
			for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
		});

		function place(tool: string) {
			const folder = mkdtempSync(join(tmpdir(), "ctrace-keychain-"));
			folders.push(folder);
			const program = join(folder, "secret-tool");
			writeFileSync(program, `#!/bin/sh\n${tool}\n`, { mode: 0o755 });
			const stateDir = join(folder, "state");
			const parts = {
				project: { url: stack().url, key: PUBLISHABLE_KEY },
				stateDir,
				keychain: createKeychain(program, 1000),
				fetch,
			};
			return {
				program,
				signIn: createSignIn({ ...parts, clock: { now: () => Date.now() } }),
				/** For a clock to which every token has run out. */
				tokens: createTokens({ ...parts, clock: { now: () => Date.now() + 7_200_000 } }),
				file: () => readFileSync(signedInFile(stateDir), "utf8"),
				secret: () => readFileSync(`${program}.secret`, "utf8"),
			};
		}

		/** A token made in the same second for the same person is the same token. */
		async function nextSecond() {
			const second = () => Math.floor(Date.now() / 1000);
			const now = second();
			await expect.poll(second, { timeout: 2000 }).not.toBe(now);
		}

		test("the refresh token lies in the keychain, was never an argument, and goes with logout", async () => {
			const { program, signIn, tokens, file, secret } = place(WORKS);
			const { refreshToken } = await signIn.asNewUser("one@example.com", PASSWORD);
			const first = secret();
			expect(first).not.toBe("");
			expect(file()).not.toContain(first);
			expect(refreshToken ?? first).toBe(first);
			await nextSecond();
			const before = signIn.who()?.accessToken;
			expect(await tokens.current()).not.toBe(before);
			expect(secret()).not.toBe(first);
			expect(file()).not.toContain(secret());
			const told = readFileSync(`${program}.arguments`, "utf8");
			expect(told).toContain("service ctrace account");
			for (const one of [first, secret()]) expect(told).not.toContain(one);
			await signIn.out();
			expect(existsSync(`${program}.secret`)).toBe(false);
			expect(signIn.who()).toBeUndefined();
		});

		test.each([
			["fails", "exit 1"],
			["hangs", "exec sleep 60"],
			["forgets", "cat > /dev/null"],
		])(
			"without a keychain, or with one that does not answer, the file keeps it: it %s",
			async (what, tool) => {
				const { signIn, tokens, file } = place(tool);
				const { accessToken } = await signIn.asNewUser(`${what}@example.com`, PASSWORD);
				expect(JSON.parse(file())).toMatchObject({ refreshToken: expect.any(String) });
				await nextSecond();
				expect(await tokens.current()).not.toBe(accessToken);
			},
		);

		test("a keychain that is locked later does not lose the next token", async () => {
			const { program, signIn, tokens, file, secret } = place(WORKS);
			await signIn.asNewUser("later@example.com", PASSWORD);
			// It gives what it has, and takes nothing any more.
			writeFileSync(program, `#!/bin/sh\n[ "$1" = lookup ] && cat "$0.secret" && exit 0\nexit 1\n`);
			await nextSecond();
			await tokens.current();
			expect(JSON.parse(file())).toMatchObject({ refreshToken: expect.any(String) });
			expect(file()).not.toContain(secret());
		});
	},
	{ auth: {} },
);
