/**
 * Where somebody is who plays a recording, and what the keys do about it. Time is handed in; drawing is somebody else's.
 *
 *   playing ─space, or the end─► resting        every other key moves, and leaves it playing or resting as it was;
 *   resting ─space─► playing                    `.` and `,` rest, because they look at single pictures
 */
import type { Moment } from "../core/recording.ts";
import type { Reel } from "./reel.ts";

/** When a turn began, in milliseconds since the session started. */
export interface TurnPlace {
	readonly seq: number;
	readonly at: number;
}

export interface PlayerOptions {
	readonly reel: Reel;
	/** In order of time. */
	readonly turns: readonly TurnPlace[];
	readonly startAt: number;
	readonly speed: number;
	/** A longer stand-still is cut to this; infinity: none is. */
	readonly idleLimitMs: number;
}

export type PlayerKey =
	| "toggle"
	| "forward"
	| "back"
	| "next-picture"
	| "previous-picture"
	| "next-turn"
	| "previous-turn"
	| "first"
	| "last"
	| "faster"
	| "slower";

export interface PlayerView {
	readonly moment: Moment | undefined;
	readonly at: number;
	readonly toMs: number;
	readonly isPlaying: boolean;
	readonly speed: number;
	/** Undefined before the first one. */
	readonly turn: TurnPlace | undefined;
	readonly turns: number;
}

/** What an arrow moves by. */
const STEP_MS = 5000;
const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, 32];
/** Back to the beginning of this turn first, unless it has only just begun. */
const JUST_BEGUN_MS = 1000;

export class Player {
	readonly #options: PlayerOptions;
	readonly #fromMs: number;
	#at: number;
	#speed: number;
	#isPlaying = true;

	constructor(options: PlayerOptions) {
		this.#options = options;
		this.#fromMs = options.reel.shownFromMs;
		this.#speed = options.speed;
		this.#at = this.#clamp(options.startAt);
	}

	get view(): PlayerView {
		const { reel, turns } = this.#options;
		return {
			moment: reel.at(this.#at),
			at: this.#at,
			toMs: reel.toMs,
			isPlaying: this.#isPlaying,
			speed: this.#speed,
			turn: turns.findLast(({ at }) => at <= this.#at),
			turns: turns.length,
		};
	}

	/** So much time passed for the one who looks on. */
	advance(ms: number): void {
		if (!this.#isPlaying) return;
		const { reel, idleLimitMs } = this.#options;
		let left = ms * this.#speed;
		while (left > 0) {
			const next = reel.after(this.#at);
			if (next === undefined) {
				this.#isPlaying = false;
				return;
			}
			const from = Math.max(this.#at, next.at - idleLimitMs);
			const to = Math.min(next.at, from + left);
			left -= to - from;
			this.#at = to;
		}
	}

	press(key: PlayerKey): void {
		switch (key) {
			case "toggle":
				if (!this.#isPlaying && this.#at >= this.#options.reel.toMs) this.#at = this.#fromMs;
				this.#isPlaying = !this.#isPlaying;
				break;
			case "faster":
			case "slower":
				this.#speed = nextSpeed(this.#speed, key);
				break;
			case "next-picture":
			case "previous-picture":
				this.#isPlaying = false;
				this.#at = this.#clamp(this.#neighbour(key));
				break;
			default:
				this.#at = this.#clamp(this.#target(key));
		}
	}

	#neighbour(key: "next-picture" | "previous-picture"): number {
		const { reel } = this.#options;
		const shown = reel.at(this.#at)?.at ?? this.#at;
		const found = key === "next-picture" ? reel.after(this.#at) : reel.before(shown);
		return found?.at ?? this.#at;
	}

	#target(
		key: Exclude<PlayerKey, "toggle" | "faster" | "slower" | "next-picture" | "previous-picture">,
	): number {
		const { reel, turns } = this.#options;
		switch (key) {
			case "forward":
				return this.#at + STEP_MS;
			case "back":
				return this.#at - STEP_MS;
			case "first":
				return this.#fromMs;
			case "last":
				return reel.toMs;
			case "next-turn":
				return turns.find(({ at }) => at > this.#at)?.at ?? reel.toMs;
			case "previous-turn":
				return turns.findLast(({ at }) => at < this.#at - JUST_BEGUN_MS)?.at ?? this.#fromMs;
		}
	}

	#clamp(at: number): number {
		return Math.min(this.#options.reel.toMs, Math.max(this.#fromMs, at));
	}
}

function nextSpeed(speed: number, key: "faster" | "slower"): number {
	if (key === "faster") return SPEEDS.find((one) => one > speed) ?? speed;
	return SPEEDS.findLast((one) => one < speed) ?? speed;
}
