/** Finds a text in the whole session, also in what is folded or far away. */
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useEffect } from "react";
import { findQuery } from "../api/queries.ts";
import type { FindAnswer } from "../api/types.ts";
import { formatCount } from "../text/format.ts";

export type FoundPlace = FindAnswer["places"][number];

export interface Found {
	readonly places: readonly FoundPlace[];
	readonly matches: number;
	readonly isCut: boolean;
}

export function useFound(
	id: string,
	q: string,
): { readonly found: Found | undefined; readonly isAsking: boolean } {
	const { data, isFetching } = useQuery({ ...findQuery(id, q), enabled: q !== "" });
	return { found: q === "" ? undefined : data, isAsking: isFetching };
}

interface FindBarProps {
	readonly ref: Ref<HTMLInputElement>;
	readonly text: string;
	readonly onText: (text: string) => void;
	readonly found: Found | undefined;
	readonly isAsking: boolean;
	/** Index among the places. */
	readonly at: number;
	readonly onStep: (by: number) => void;
	readonly onClose: () => void;
}

export function FindBar({ ref, text, onText, found, isAsking, at, onStep, onClose }: FindBarProps) {
	useEffect(() => {
		if (typeof ref === "object") ref?.current?.focus();
	}, [ref]);
	const pressed = (event: KeyboardEvent) => {
		if (event.key === "Escape") onClose();
		else if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
		else return;
		event.preventDefault();
	};
	const places = found?.places.length ?? 0;
	return (
		<search className="find-bar">
			<input
				ref={ref}
				type="text"
				aria-label="Find in this session"
				placeholder="Find in this session"
				value={text}
				spellCheck={false}
				autoComplete="off"
				onChange={({ target }) => onText(target.value)}
				onKeyDown={pressed}
			/>
			<span className="find-count" role="status">
				{countText(text, { found, isAsking, at })}
			</span>
			<button
				type="button"
				className="quiet icon"
				aria-label="Previous place"
				disabled={places === 0}
				onClick={() => onStep(-1)}
			>
				↑
			</button>
			<button
				type="button"
				className="quiet icon"
				aria-label="Next place"
				disabled={places === 0}
				onClick={() => onStep(1)}
			>
				↓
			</button>
			<button type="button" className="quiet icon" aria-label="Close" onClick={onClose}>
				✕
			</button>
		</search>
	);
}

function countText(
	text: string,
	{ found, isAsking, at }: Pick<FindBarProps, "found" | "isAsking" | "at">,
): string {
	if (text === "") return "";
	if (found === undefined) return isAsking ? "looking…" : "";
	if (found.places.length === 0) return "nothing found";
	return `${at + 1} of ${formatCount(found.places.length)}${found.isCut ? "+" : ""}`;
}
