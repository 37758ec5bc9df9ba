/** `claude` in real shells, set up by `ctrace install` and taken back by `ctrace uninstall`. */
import { spawnSync } from "node:child_process";
import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SHELLS, type Shell } from "../../src/cli/completion-scripts.ts";
import { renderInitScript } from "../../src/cli/shell/init-scripts.ts";
import { addBlock, hasBlock, removeBlock } from "../../src/cli/shell/rc-block.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

vi.setConfig({ testTimeout: 60_000 });

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const isThere = (shell: Shell) => spawnSync(shell, ["-c", "true"]).status === 0;
for (const shell of SHELLS) if (!isThere(shell)) console.warn(`NOT RUN: ${shell} is not installed here`);

interface ShellScene extends CliScene {
	readonly shell: (shell: Shell, flags: readonly string[], script: string) => string;
	readonly rc: string;
}

/** A home with a `claude` on the path, and a launcher that says that it was used instead. */
function shellScene(shell: Shell): ShellScene {
	const place = cliScene(cli);
	const bin = join(place.home, "bin");
	mkdirSync(bin);
	writeFileSync(join(bin, "claude"), '#!/bin/sh\necho "genuine $*"\n', { mode: 0o755 });
	const env = { ...place.env, PATH: `${bin}:${place.env.PATH}`, SHELL: `/bin/${shell}`, TERM: "dumb" };
	mkdirSync(join(place.home, ".config", "fish", "conf.d"), { recursive: true });
	const rc = join(
		place.home,
		shell === "bash" ? ".bashrc" : shell === "zsh" ? ".zshrc" : ".config/fish/conf.d/ctrace.fish",
	);
	return {
		...place,
		env,
		rc,
		run: (...words) => {
			const result = spawnSync(process.execPath, [cli, ...words], { env, cwd: place.home, encoding: "utf8" });
			return { code: result.status, out: result.stdout, err: result.stderr };
		},
		shell: (name, flags, script) =>
			spawnSync(name, [...flags, script], { env, cwd: place.home, encoding: "utf8" }).stdout,
		[Symbol.dispose]: () => place[Symbol.dispose](),
	};
}

const INTERACTIVE: readonly string[] = ["-ic"];

describe.each(SHELLS)("in %s", (shell) => {
	test.runIf(isThere(shell))(
		"claude runs traced on the command line; scripts and command claude do not",
		() => {
			using place = shellScene(shell);
			const traced = join(place.home, "it's ctrace.js");
			writeFileSync(traced, `console.log("traced", JSON.stringify(process.argv.slice(2)))`);
			writeFileSync(place.rc, renderInitScript(shell, { node: process.execPath, launcher: traced }));
			const told = place.shell(shell, INTERACTIVE, "claude one 'two words'; command claude three");
			expect(told).toBe('traced ["claude","one","two words"]\ngenuine three\n');
			const script = join(place.home, "script");
			writeFileSync(script, "claude four\n");
			expect(place.shell(shell, [], script)).toBe("genuine four\n");
			expect(place.shell(shell, INTERACTIVE, `${shell} ${script}`)).toBe("genuine four\n");
		},
	);

	test.runIf(isThere(shell))("a ctrace that is gone leaves claude as it was", () => {
		using place = shellScene(shell);
		const file = join(place.home, "init");
		writeFileSync(
			file,
			renderInitScript(shell, { node: process.execPath, launcher: "/no/such/ctrace's.js" }),
		);
		const told = place.shell(shell, INTERACTIVE, `source ${file}; claude "a b"`);
		expect(told).toBe("genuine a b\n");
	});

	test.runIf(isThere(shell))("installing twice changes nothing, and uninstalling leaves no trace", () => {
		using place = shellScene(shell);
		const before = "# mine\nexport EDITOR=vi";
		if (shell !== "fish") writeFileSync(place.rc, before, { mode: 0o640 });
		const files = () => readdirSync(place.home, { recursive: true }).map(String).sort();
		const untouched = files();
		expect(place.run("install", "--yes").code).toBe(0);
		const installed = readFileSync(place.rc, "utf8");
		// Each shell has a word of its own that shows a function, and says nothing where there is none.
		const shown = shell === "bash" ? "declare -f claude" : "functions claude";
		expect(place.shell(shell, INTERACTIVE, shown)).toContain("ctrace.js");
		if (shell !== "fish") {
			expect(readFileSync(`${place.rc}.before-ctrace`, "utf8")).toBe(before);
			expect(statSync(place.rc).mode & 0o777).toBe(0o640);
		}
		expect(place.run("install", "--yes").out).toContain("Nothing to do");
		expect(readFileSync(place.rc, "utf8")).toBe(installed);
		expect(place.run("uninstall", "--yes").code).toBe(0);
		if (shell !== "fish") expect(readFileSync(place.rc, "utf8")).toBe(before);
		const made = files().filter((path) => !untouched.includes(path));
		// Folders may stay; the key and the settings are the person's until `--data`.
		expect(made.filter((path) => statSync(join(place.home, path)).isFile())).toEqual([]);
	});
});

describe.each(["bash", "zsh"] as const)("an alias in %s", (shell) => {
	test.runIf(isThere(shell))(
		"that names the program's place is kept as that place, inside the function",
		() => {
			using place = shellScene(shell);
			const other = join(place.home, "elsewhere");
			mkdirSync(other);
			writeFileSync(join(other, "claude"), '#!/bin/sh\necho "elsewhere $*"\n', { mode: 0o755 });
			writeFileSync(place.rc, `alias claude="${other}/claude"\n`);
			place.run("install", "--yes");
			expect(place.shell(shell, INTERACTIVE, "eval 'claude one'; type claude")).toMatch(
				/^elsewhere one\n[\s\S]*function/,
			);
		},
	);
});

describe("ctrace install", () => {
	test("asks, and without anybody to ask does nothing", () => {
		using place = shellScene("bash");
		const { code, err, out } = place.run("install");
		expect({ code, isThere: existsSync(place.rc) }).toEqual({ code: 2, isThere: false });
		expect(err).toContain("Add --yes");
		expect(out).toContain(".bashrc would be made");
		expect(place.run("install", "--dry-run").code).toBe(0);
		expect(existsSync(place.rc)).toBe(false);
	});

	test("goes through a link to where the file lies, and leaves the link", () => {
		using place = shellScene("bash");
		const kept = join(place.home, "dotfiles-bashrc");
		writeFileSync(kept, "# kept elsewhere\n");
		symlinkSync(kept, place.rc);
		expect(place.run("install", "--yes").code).toBe(0);
		expect(lstatSync(place.rc).isSymbolicLink()).toBe(true);
		expect(readFileSync(kept, "utf8")).toContain("# >>> ctrace >>>");
		place.run("uninstall", "--yes");
		expect(readFileSync(kept, "utf8")).toBe("# kept elsewhere\n");
	});

	test("a file that cannot be changed is named, with the line to add by hand", () => {
		using place = shellScene("bash");
		mkdirSync(place.rc);
		const { code, err } = place.run("install", "--yes");
		expect(code).toBe(1);
		expect(err).toContain(".bashrc cannot be read");
	});

	test("an unknown shell is named as what it is", () => {
		using place = shellScene("bash");
		expect(place.run("shell-init", "fihs").err).toContain("Did you mean fish?");
		expect(place.run("shell-init").code).toBe(2);
	});
});

describe("ctrace uninstall", () => {
	test("--data deletes what ctrace keeps, and nothing else that lies there", () => {
		using place = shellScene("bash");
		const root = place.env.CTRACE_HOME ?? "";
		for (const [folder, name] of [
			["config", ".env"],
			["config", "privacy.yml"],
			["state", "pseudonym.key"],
			["data", "mine.txt"],
		] as const) {
			mkdirSync(join(root, folder), { recursive: true });
			writeFileSync(join(root, folder, name), "");
		}
		place.run("install", "--yes");
		expect(place.run("uninstall").code).toBe(2);
		const { code, out } = place.run("uninstall", "--data", "--yes");
		expect(code).toBe(0);
		expect(out).toContain(`Left, because it is not ctrace's: ${join(root, "data", "mine.txt")}`);
		expect(readdirSync(root, { recursive: true })).toEqual(["data", join("data", "mine.txt")]);
	});

	test("a copy that says what the file no longer says is kept and named", () => {
		using place = shellScene("bash");
		writeFileSync(place.rc, "# one\n");
		place.run("install", "--yes");
		writeFileSync(place.rc, `${readFileSync(place.rc, "utf8")}# two\n`);
		expect(place.run("uninstall", "--yes").out).toContain(".bashrc.before-ctrace");
		expect(readFileSync(place.rc, "utf8")).toBe("# one\n# two\n");
		expect(existsSync(`${place.rc}.before-ctrace`)).toBe(true);
	});
});

describe("our lines in a file", () => {
	const text = fc
		.array(fc.constantFrom("a", "#", " ", "\n", "\r\n", "é", "$(x)", "'"), { maxLength: 40 })
		.map((parts) => parts.join(""));

	test("put in and taken out leave every file as it was, byte for byte", () => {
		fc.assert(
			fc.property(text, (before) => {
				const after = addBlock(before, "line");
				expect(hasBlock(after)).toBe(true);
				expect(after.split("\n").filter((one) => one === "line")).toHaveLength(1);
				expect(addBlock(after, "line")).toBe(after);
				expect(removeBlock(after)).toBe(before);
			}),
		);
	});

	test("what is written around them afterwards stays", () => {
		fc.assert(
			fc.property(text, text, (before, later) => {
				const removed = removeBlock(`${addBlock(before, "line")}${later}`);
				const seam = before === "" || before.endsWith("\n") || later === "" ? "" : "\n";
				expect(removed).toBe(before + seam + later);
			}),
		);
	});
});

test("a path with every odd character is quoted for every shell", () => {
	for (const shell of SHELLS.filter(isThere)) {
		const folder = `/tmp/it's a "$HOME" \\ \`folder\``;
		const script = renderInitScript(shell, { node: folder, launcher: folder });
		using place = cliScene(cli);
		const file = join(place.home, "init");
		writeFileSync(file, script);
		const checked = spawnSync(shell, ["-n", file], { encoding: "utf8" });
		expect({ shell, status: checked.status, stderr: checked.stderr }).toEqual({
			shell,
			status: 0,
			stderr: "",
		});
	}
});
