/** One box for everything: words are searched for in the texts, and a known value is offered as a filter. */
import { type KeyboardEvent, type Ref, useEffect, useId, useState } from "react";
import type { Facet, FacetsAnswer, SettingsAnswer } from "../api/types.ts";
import { visibleLine } from "../text/visible.ts";
import { FACET_NAMES, FACETS, facetValueName, type ListSearch, toggled } from "./list-search.ts";
import type { ChangeSearch } from "./sessions-page.tsx";

const TYPING_MS = 180;
const MOST_OFFERED = 8;
const ENOUGH_CHARS = 2;

interface Offered {
	readonly facet: Facet;
	readonly value: string;
	readonly sessions: number;
}

interface SearchBoxProps {
	readonly ref: Ref<HTMLInputElement>;
	/** What the server looks through. */
	readonly searches: SettingsAnswer["searches"];
	readonly search: ListSearch;
	readonly change: ChangeSearch;
	readonly facets: FacetsAnswer | undefined;
}

const PLACEHOLDERS: Readonly<Record<SettingsAnswer["searches"], string>> = {
	everything: "Search in all sessions, or filter by project, model, branch…",
	prompts: "Search in the prompts of all sessions, or filter by project, model, branch…",
};

export function SearchBox({ ref, search, change, facets, searches }: SearchBoxProps) {
	const [text, setText] = useTyped(search, change);
	const [chosen, setChosen] = useState(-1);
	const [isOpen, setOpen] = useState(false);
	const listId = useId();
	const offers = isOpen ? offersFor(text, facets, search) : [];
	const take = (offer: Offered) => {
		const words = withoutLastWord(text);
		const { q: _, ...others } = toggled(search, offer.facet, offer.value);
		setText(words);
		setOpen(false);
		change(words === "" ? others : { ...others, q: words });
	};
	const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
		const action = keyAction(event, { text, chosen, offers, search });
		if (action === undefined) return;
		event.preventDefault();
		if (action.kind === "choose") setChosen(action.index);
		else if (action.kind === "take") take(action.offer);
		else if (action.kind === "drop") change(action.search);
		else if (isOpen && offers.length > 0) setOpen(false);
		else if (text === "") event.currentTarget.blur();
		else setText("");
	};
	return (
		<div className="search-box">
			<SearchSign />
			<Chips search={search} change={change} />
			<input
				ref={ref}
				type="text"
				role="combobox"
				aria-label="Search sessions"
				aria-expanded={offers.length > 0}
				aria-controls={listId}
				aria-autocomplete="list"
				aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
				placeholder={PLACEHOLDERS[searches]}
				autoComplete="off"
				spellCheck={false}
				value={text}
				onChange={(event) => {
					setText(event.target.value);
					setChosen(-1);
					setOpen(true);
				}}
				onKeyDown={pressed}
				onBlur={() => setOpen(false)}
			/>
			<kbd className="search-key">/</kbd>
			<Offers id={listId} offers={offers} chosen={chosen} take={take} />
		</div>
	);
}

/** What is typed goes into the address once the fingers rest. */
function useTyped(search: ListSearch, change: ChangeSearch): readonly [string, (text: string) => void] {
	const [text, setText] = useState(search.q ?? "");
	const [sent, setSent] = useState(search.q);
	// The address was changed by something else: a link, the browser's back button.
	if (search.q !== sent) {
		setSent(search.q);
		if ((search.q ?? "") !== text.trim()) setText(search.q ?? "");
	}
	useEffect(() => {
		const wanted = text.trim();
		if (wanted === (search.q ?? "")) return;
		const timer = setTimeout(() => {
			const { q: _, ...others } = search;
			change(wanted === "" ? others : { ...others, q: wanted });
		}, TYPING_MS);
		return () => clearTimeout(timer);
	}, [text, search, change]);
	return [text, setText];
}

function offersFor(text: string, facets: FacetsAnswer | undefined, search: ListSearch): Offered[] {
	const typed = /^(?:(\w+):)?(.*)$/.exec(lastWord(text));
	const [, name = "", value = ""] = typed ?? [];
	if (facets === undefined || (name === "" && value.length < ENOUGH_CHARS)) return [];
	const wanted = value.toLowerCase();
	return FACETS.filter((facet) => name === "" || isNamed(facet, name.toLowerCase()))
		.flatMap((facet) =>
			(facets.facets[facet]?.values ?? []).map(({ value: known, sessions }) => ({
				facet,
				value: known,
				sessions,
			})),
		)
		.filter(({ facet, value: known }) => !(search[facet] ?? []).includes(known))
		.filter(({ value: known }) => facetValueName(known).toLowerCase().includes(wanted))
		.slice(0, MOST_OFFERED);
}

function isNamed(facet: Facet, name: string): boolean {
	return facet.toLowerCase().startsWith(name) || FACET_NAMES[facet].toLowerCase().startsWith(name);
}

function lastWord(text: string): string {
	return /\S*$/.exec(text)?.[0] ?? "";
}

function withoutLastWord(text: string): string {
	return text.slice(0, text.length - lastWord(text).length).trim();
}

type KeyAction =
	| { readonly kind: "choose"; readonly index: number }
	| { readonly kind: "take"; readonly offer: Offered }
	| { readonly kind: "drop"; readonly search: ListSearch }
	| { readonly kind: "leave" };

interface BoxState {
	readonly text: string;
	readonly chosen: number;
	readonly offers: readonly Offered[];
	readonly search: ListSearch;
}

function keyAction(event: KeyboardEvent, { text, chosen, offers, search }: BoxState): KeyAction | undefined {
	switch (event.key) {
		case "ArrowDown":
			return offers.length === 0 ? undefined : { kind: "choose", index: (chosen + 1) % offers.length };
		case "ArrowUp":
			return offers.length === 0
				? undefined
				: { kind: "choose", index: (chosen <= 0 ? offers.length : chosen) - 1 };
		case "Enter": {
			const offer = offers[chosen];
			return offer === undefined ? undefined : { kind: "take", offer };
		}
		case "Escape":
			return { kind: "leave" };
		case "Backspace": {
			const last = FACETS.findLast((facet) => search[facet] !== undefined);
			const value = last === undefined ? undefined : search[last]?.at(-1);
			if (text !== "" || last === undefined || value === undefined) return undefined;
			return { kind: "drop", search: toggled(search, last, value) };
		}
		default:
			return undefined;
	}
}

function Chips({ search, change }: { readonly search: ListSearch; readonly change: ChangeSearch }) {
	const { since: _since, ...withoutSince } = search;
	const { until: _until, ...withoutUntil } = search;
	const chips = FACETS.flatMap((facet) =>
		(search[facet] ?? []).map((value) => ({
			name: FACET_NAMES[facet],
			value: facetValueName(value),
			without: toggled(search, facet, value),
		})),
	);
	if (search.since !== undefined) chips.push({ name: "From", value: search.since, without: withoutSince });
	if (search.until !== undefined) chips.push({ name: "To", value: search.until, without: withoutUntil });
	return chips.map(({ name, value, without }) => (
		<button
			key={`${name} ${value}`}
			type="button"
			className="chip"
			title={`${name}: ${visibleLine(value)}`}
			aria-label={`Remove the filter ${name}: ${visibleLine(value)}`}
			onClick={() => change(without)}
		>
			<span className="chip-name">{name}</span> <span className="chip-value">{visibleLine(value)}</span>{" "}
			<span aria-hidden="true">✕</span>
		</button>
	));
}

function Offers({
	id,
	offers,
	chosen,
	take,
}: {
	readonly id: string;
	readonly offers: readonly Offered[];
	readonly chosen: number;
	readonly take: (offer: Offered) => void;
}) {
	return (
		<div id={id} className="offers" role="listbox" aria-label="Filters" hidden={offers.length === 0}>
			{offers.map((offer, index) => (
				<div
					key={`${offer.facet} ${offer.value}`}
					id={`${id}-${index}`}
					role="option"
					tabIndex={-1}
					aria-selected={index === chosen}
					onMouseDown={(event) => {
						event.preventDefault();
						take(offer);
					}}
				>
					<span className="offer-facet">{FACET_NAMES[offer.facet]}</span>
					<span className="offer-value">{visibleLine(facetValueName(offer.value))}</span>
					<span className="offer-count">{offer.sessions}</span>
				</div>
			))}
		</div>
	);
}

function SearchSign() {
	return (
		<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" className="search-sign">
			<circle cx="8.5" cy="8.5" r="5.5" fill="none" strokeWidth="1.8" />
			<path d="m12.8 12.8 4.4 4.4" strokeWidth="1.8" strokeLinecap="round" />
		</svg>
	);
}
