/**
 * The small native part of ctrace, `native/termios.c`: line settings without a process of `stty` for each question. Where it
 * was not built (no compiler at install time), `stty` answers instead.
 */
import { createRequire } from "node:module";

export interface NativeTermios {
	/** In the form of GNU `stty -g`; undefined where the descriptor is no terminal. */
	read(fd: number): string | undefined;
	write(fd: number, settings: string): boolean;
	/** Every byte passes as it is, in and out, and none is echoed. */
	makeTransparent(fd: number): boolean;
	/** `suspend` is the byte of the key that suspends. */
	discipline(
		fd: number,
	): { readonly canonical: boolean; readonly signals: boolean; readonly suspend: number } | undefined;
}

/** From `dist`, from `dist/.test`, and from `src/terminal`. */
const PLACES = ["../build/Release/termios.node", "../../build/Release/termios.node"] as const;

/** Asked a few times in a session; Node remembers what it has loaded. */
export function nativeTermios(): NativeTermios | undefined {
	const load = createRequire(import.meta.url);
	for (const place of PLACES) {
		try {
			return load(place) as NativeTermios;
		} catch {
			// Not here, or built for another Node.
		}
	}
	return undefined;
}
