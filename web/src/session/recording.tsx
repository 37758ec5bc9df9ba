/** The masked recording beside the conversation: each follows the other. */
import { useQuery } from "@tanstack/react-query";
import type { Player } from "asciinema-player";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { recordingQuery } from "../api/queries.ts";
import type { TurnOutline } from "../api/types.ts";
import { Failure, Loading } from "../parts/notice.tsx";
import "asciinema-player/dist/bundle/asciinema-player.css";

const LOOK_MS = 250;
const SPEEDS = [1, 2, 4, 8] as const;

export interface RecordingHandle {
	seek(ms: number): void;
}

interface RecordingProps {
	readonly ref: Ref<RecordingHandle>;
	readonly id: string;
	readonly turns: readonly TurnOutline[];
	/** The turn that the recording is at, while it plays. */
	readonly onTurn: (seq: number) => void;
}

export function Recording({ ref, id, turns, onTurn }: RecordingProps) {
	const { data: cast, error } = useQuery(recordingQuery(id));
	const [speed, setSpeed] = useState<number>(1);
	const place = useRef<HTMLDivElement>(null);
	const player = useRef<Player>(undefined);
	/** Where it goes on when it is made anew, or was asked for before it was there. */
	const goesOnAt = useRef<{ readonly ms: number; readonly plays: boolean }>({ ms: 0, plays: false });
	const [isFailed, setFailed] = useState(false);
	useEffect(() => {
		const element = place.current;
		if (cast === undefined || element === null) return;
		const { ms, plays } = goesOnAt.current;
		const made = mount(element, { cast, speed, startAt: ms / 1000, autoPlay: plays });
		let isPlaying = false;
		made.then(
			(one) => {
				player.current = one;
				one.addEventListener("playing", () => {
					isPlaying = true;
				});
				for (const stopped of ["pause", "ended"] as const)
					one.addEventListener(stopped, () => {
						isPlaying = false;
					});
			},
			() => setFailed(true),
		);
		return () => {
			const before = player.current;
			if (before !== undefined) goesOnAt.current = { ms: before.getCurrentTime() * 1000, plays: isPlaying };
			player.current = undefined;
			void made.then((one) => one.dispose());
		};
	}, [cast, speed]);
	useImperativeHandle(ref, () => ({
		seek: (ms) => {
			goesOnAt.current = { ms, plays: true };
			void player.current?.seek(ms / 1000).then(() => player.current?.play());
		},
	}));
	useTurnOfPlayer(player, turns, onTurn);
	if (error !== null) return <Failure error={error} />;
	return (
		<div className="recording">
			{cast === undefined && <Loading what="Reading the recording" />}
			{isFailed && <Failure error={new Error("the player does not start")} />}
			<div ref={place} className="player" />
			<label className="speed">
				Speed{" "}
				<select value={speed} onChange={({ target }) => setSpeed(Number(target.value))}>
					{SPEEDS.map((one) => (
						<option key={one} value={one}>
							{one}×
						</option>
					))}
				</select>
			</label>
		</div>
	);
}

interface Mounted {
	readonly cast: string;
	readonly speed: number;
	readonly startAt: number;
	readonly autoPlay: boolean;
}

async function mount(element: HTMLElement, { cast, ...options }: Mounted): Promise<Player> {
	const { create } = await import("asciinema-player");
	return create({ data: cast }, element, {
		...options,
		preload: true,
		fit: "width",
		theme: "asciinema",
		terminalFontFamily: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
	});
}

/** Looks a few times a second where the recording is, and says so when that is another turn. */
function useTurnOfPlayer(
	player: { readonly current: Player | undefined },
	turns: readonly TurnOutline[],
	onTurn: (seq: number) => void,
): void {
	useEffect(() => {
		let lastSeq: number | undefined;
		let lastMs = 0;
		const timer = setInterval(() => {
			const ms = (player.current?.getCurrentTime() ?? 0) * 1000;
			if (ms === lastMs) return;
			lastMs = ms;
			const seq = turns.findLast(({ recording }) => recording !== undefined && recording.fromMs <= ms)?.seq;
			if (seq === undefined || seq === lastSeq) return;
			lastSeq = seq;
			onTurn(seq);
		}, LOOK_MS);
		return () => clearInterval(timer);
	}, [player, turns, onTurn]);
}
