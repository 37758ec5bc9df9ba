// Every command line that a document shows is run, as written, on a machine as the documents speak of it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedLines } from "./lines.ts";
import { DocumentedMachine } from "./scene.ts";

/** A line that ends by itself takes a second; on a busy machine more. */
const LINE_LIMIT_MS = 60_000;

interface Expected {
	readonly code?: number;
	/** What it says where it cannot do it on this machine: that too is what the line leads to. */
	readonly says?: RegExp;
}

const NO_PROJECT: Expected = { code: 1, says: /no Supabase project is set/ };
const NO_BACKUP: Expected = { code: 1, says: /no backup is set/ };
const NO_DAEMON: Expected = { code: 1, says: /no daemon runs/ };
const NOTHING_RUNS: Expected = { code: 1, says: /no session is running|is not running/ };
const NEEDS_A_YES: Expected = { code: 2, says: /Add --yes/ };

/** What these lead to here; all others end with 0. The first that fits counts. */
const EXPECTED: readonly (readonly [RegExp, Expected])[] = [
	[/^ctrace (sync (status|--dry-run)|team share (last --private|--list))$/, { code: 0 }],
	[/^ctrace init$/, { code: 2, says: /there is no terminal to ask on/ }],
	[/^ctrace config set GITHUB_TOKEN$/, { code: 2, says: /needs a value/ }],
	// The case is understood whole.
	[/^ctrace dev replay .* --all \| grep/, { code: 1 }],
	[/^ctrace (login|logout|whoami|sync|watch|team|supabase check|web --team|report --team)/, NO_PROJECT],
	[/^ctrace restore --from/, { code: 1, says: /cannot be reached/ }],
	[/^ctrace (backup|restore)\b/, NO_BACKUP],
	[/^ctrace daemon\b/, NO_DAEMON],
	[/^ctrace status\b/, { code: 3 }],
	[/^ctrace service status$/, { code: 3, says: /No service is installed/ }],
	[/^ctrace (pause|resume-recording)\b/, NOTHING_RUNS],
	[/^ctrace resume .*--context/, { code: 2, says: /is there already/ }],
	[/^ctrace resume\b/, { code: 1, says: /no longer has session/ }],
	[/^ctrace replay\b/, { code: 2, says: /a recording is played in a terminal/ }],
	[/^ctrace dev record\b/, { code: 2, says: /needs a terminal on both sides/ }],
	[/ctrace privacy test\b/, { code: 1, says: /Nothing would be masked/ }],
	[/^ctrace sessions delete (?!.*--yes)/, NEEDS_A_YES],
	[/^ctrace (install|uninstall|git install)\b(?!.*--yes)/, NEEDS_A_YES],
];

const STARTS_DAEMON = /^ctrace (start|restart)\b/;

/** Lines that cannot be run here; each is run by the test or the script that is named. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
	[/^npm /, ".ci/run"],
	// These end with Ctrl-C.
	[/^ctrace web\b(?!.*--team)/, "test/web/command.test.ts"],
	[/^ctrace start$/, "test/daemon"],
	[/^ctrace logs -f/, "test/cli"],
	// These need a package of their own, and a keychain or somebody who types.
	[/^ctrace (encrypt|decrypt)\b/, "test/e2e/encrypted.test.ts"],
	// These reach for the service manager of whoever runs the tests.
	[/^ctrace service (install|uninstall)$/, "test/cli/service.test.ts"],
	// A container engine.
	[/docker /, "test/deploy, scripts/test-container.mjs"],
	// Shells that a machine may not have.
	[/(zsh|fish)\b/, "test/cli/shell.test.ts"],
];

const lines = documentedLines().filter(({ line }) => !ELSEWHERE.some(([pattern]) => pattern.test(line)));
let machine: DocumentedMachine;
beforeAll(async () => {
	machine = await DocumentedMachine.create();
}, 120_000);
afterAll(() => machine[Symbol.dispose]());

test.concurrent.each(lines)(
	"$at: $line",
	async ({ line }) => {
		using own = machine.copy();
		const { code = 0, says } = EXPECTED.find(([pattern]) => pattern.test(line))?.[1] ?? {};
		const ran = await own.run(line, LINE_LIMIT_MS);
		if (STARTS_DAEMON.test(line)) await own.run("ctrace stop", LINE_LIMIT_MS);
		expect({ code: ran.code, text: ran.out + ran.err }).toEqual({
			code,
			text: says === undefined ? expect.any(String) : expect.stringMatching(says),
		});
	},
	LINE_LIMIT_MS + 5_000,
);

test("there are command lines to run", () => {
	expect(lines.length).toBeGreaterThan(50);
});
