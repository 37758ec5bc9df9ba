/** Plays a recording on this terminal, until the person has seen enough. What the terminal showed before comes back. */
import type { Player, PlayerKey } from "../replay/player.ts";
import { drawPlayer } from "../replay/show/player-screen.ts";

const { stdin, stdout } = process;

const USUAL = { columns: 80, rows: 24 } as const;
/** Twice as often as there may be a new picture. */
const FRAME_MS = 50;

const ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
const LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";

const KEYS: Readonly<Record<string, PlayerKey | "quit">> = {
	" ": "toggle",
	"\u001b[C": "forward",
	"\u001bOC": "forward",
	"\u001b[D": "back",
	"\u001bOD": "back",
	".": "next-picture",
	",": "previous-picture",
	"]": "next-turn",
	"[": "previous-turn",
	"+": "faster",
	"=": "faster",
	"-": "slower",
	"\u001b[H": "first",
	"\u001b[1~": "first",
	"\u001b[F": "last",
	"\u001b[4~": "last",
	q: "quit",
	Q: "quit",
	"\u001b": "quit",
	"\u0003": "quit",
	"\u0004": "quit",
};
/** One key at a time: an escape sequence, or a character. */
const KEY = /\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/gu;

export function play(player: Player): Promise<void> {
	return new Promise((resolve) => {
		let last = Date.now();
		let drawn = "";
		const draw = () => {
			const window = { columns: stdout.columns || USUAL.columns, rows: stdout.rows || USUAL.rows };
			const screen = drawPlayer(player.view, window);
			if (screen !== drawn) stdout.write(screen);
			drawn = screen;
		};
		const pass = () => {
			const now = Date.now();
			player.advance(now - last);
			last = now;
			draw();
		};
		const redraw = () => {
			drawn = "";
			stdout.write("\u001b[0m\u001b[2J");
			draw();
		};
		const read = (data: Buffer) => {
			for (const [text] of data.toString("latin1").matchAll(KEY)) {
				const key = KEYS[text];
				if (key === "quit") return end();
				if (key !== undefined) player.press(key);
			}
			draw();
		};
		const end = () => {
			clearInterval(timer);
			stdin.off("data", read);
			stdin.off("end", end);
			stdout.off("resize", redraw);
			for (const signal of SIGNALS) process.off(signal, end);
			stdin.setRawMode(false);
			stdin.pause();
			stdout.write(LEAVE);
			resolve();
		};
		stdin.setRawMode(true);
		stdout.write(ENTER);
		stdin.on("data", read);
		stdin.on("end", end);
		stdout.on("resize", redraw);
		for (const signal of SIGNALS) process.on(signal, end);
		const timer = setInterval(pass, FRAME_MS);
		draw();
	});
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
