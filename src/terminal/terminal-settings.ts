/**
 * The line settings of a terminal (echo, newline translation, control characters). Node can switch a terminal to a raw
 * mode only, and to one that still turns every `\n` of the output into `\r\n`; so they are read and set by the native part,
 * or by `stty` where there is none.
 */
import { spawn } from "node:child_process";
import { type NativePart, nativePart } from "./native-part.ts";

/** Who answers: both give the same (a test compares them). */
export interface SettingsDoor {
	/** As text that `apply` takes back; undefined when `fd` is no terminal, or nobody can tell. */
	read(fd: number): Promise<string | undefined>;
	apply(fd: number, settings: string): Promise<void>;
	makeTransparent(fd: number): Promise<void>;
	/** How the terminal treats control characters right now. */
	discipline(fd: number): Promise<LineDiscipline | undefined>;
}

/** What `stty -g` prints for a new pseudo-terminal of node-pty on Linux: nothing to carry over then. */
const NEW_PTY_SETTINGS = /^6d02:5:4bf:8a3b:3:1c:7f:15:4:0:1:0:11:13:1a:ff:12:f:17:16:ff(:0)*$/;

/** Everything off that changes a byte on its way, in or out. */
const TRANSPARENT = ["raw", "-echo", "-iexten"] as const;

export interface LineDiscipline {
	readonly canonical: boolean;
	readonly signals: boolean;
	readonly suspend: string;
}

/** Whether a child on a new pseudo-terminal would see other settings than it does at this one. */
export function differsFromNewPty(settings: string): boolean {
	return !NEW_PTY_SETTINGS.test(settings);
}

export function settingsDoor(): SettingsDoor {
	const native = nativePart();
	return native === undefined ? BY_STTY : byNative(native);
}

export const BY_STTY: SettingsDoor = {
	read: async (fd) => (await stty(fd, ["-g"]))?.trim() || undefined,
	apply: async (fd, settings) => void (await stty(fd, [settings])),
	makeTransparent: async (fd) => void (await stty(fd, TRANSPARENT)),
	discipline: async (fd) => {
		const text = await stty(fd, ["-a"]);
		return text === undefined ? undefined : parseDiscipline(text);
	},
};

export function byNative(native: NativePart): SettingsDoor {
	return {
		read: async (fd) => native.read(fd),
		apply: async (fd, settings) => void native.write(fd, settings),
		makeTransparent: async (fd) => void native.makeTransparent(fd),
		discipline: async (fd) => {
			const line = native.discipline(fd);
			return line === undefined ? undefined : { ...line, suspend: keyName(line.suspend) };
		},
	};
}

/** As `stty` writes it: `^Z`. Another key than a control character is not told apart. */
function keyName(byte: number): string {
	const isControl = byte > 0 && byte < 0x20;
	return isControl ? `^${String.fromCharCode(byte + 0x40)}` : "<undef>";
}

/** Reads the output of `stty -a`, GNU (`susp = ^Z;`), BusyBox and BSD alike. */
export function parseDiscipline(text: string): LineDiscipline {
	const words = text.split(/[\s;]+/);
	return {
		canonical: words.includes("icanon"),
		signals: words.includes("isig"),
		suspend: /\bsusp = ([^;\s]+)/.exec(text)?.[1] ?? "",
	};
}

function stty(fd: number, args: readonly string[]): Promise<string | undefined> {
	return new Promise((resolve) => {
		const child = spawn("stty", args, { stdio: [fd, "pipe", "ignore"] });
		let text = "";
		child.stdout?.setEncoding("latin1");
		child.stdout?.on("data", (chunk: string) => {
			text += chunk;
		});
		child.on("error", () => resolve(undefined));
		child.on("close", (code) => resolve(code === 0 ? text : undefined));
	});
}
