/** What stands around every page. */

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type LiveState, useLive } from "../api/live.ts";
import { sessionQuery, settingsQuery } from "../api/queries.ts";
import { isSessionId } from "./address.ts";
import { HelpDialog } from "./help-dialog.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { type Theme, useTheme } from "./theme.ts";

const PAGES = [
	["/", "Sessions"],
	["/analytics", "Analytics"],
	["/insights", "Insights"],
	["/privacy", "Privacy"],
	["/status", "Status"],
] as const;

export function Shell() {
	const { id: asked } = useParams({ strict: false });
	const id = isSessionId(asked) ? asked : undefined;
	const session = useQuery({ ...sessionQuery(id ?? ""), enabled: id !== undefined });
	// Asked for anew it is known no less: the stream must not begin again with each question.
	const isKnown = id === undefined || session.isFetched;
	const live = useLive(session.data === undefined ? undefined : id, isKnown);
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const [isHelping, setHelping] = useState(false);
	useShortcuts({ "?": () => setHelping(true) });
	return (
		<div className="shell">
			<a className="skip" href="#main">
				Skip to the content
			</a>
			<header className="topbar">
				<Link to="/" className="brand" aria-label="ctrace: all sessions">
					<Logo />
					<span className="brand-name">ctrace</span>
				</Link>
				<nav className="pages" aria-label="Pages">
					{PAGES.map(([to, name]) => (
						<Link key={to} to={to} activeOptions={{ exact: to === "/", includeSearch: false }}>
							{name}
						</Link>
					))}
				</nav>
				<div className="topbar-end">
					{settings.source === "team" && <span className="badge">Team</span>}
					<LiveMark state={live} />
					<ThemeSwitch />
					<button
						type="button"
						className="quiet icon"
						onClick={() => setHelping(true)}
						aria-label="Keyboard shortcuts"
					>
						?
					</button>
				</div>
			</header>
			<main id="main" className="content">
				<Outlet />
			</main>
			{isHelping && <HelpDialog onClose={() => setHelping(false)} />}
		</div>
	);
}

function Logo() {
	return (
		<svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true" className="logo">
			<rect width="32" height="32" rx="9" />
			<circle cx="16" cy="16" r="8.5" fill="none" strokeWidth="2.6" />
			<circle cx="16" cy="16" r="3.4" className="logo-dot" />
		</svg>
	);
}

const LIVE_TEXTS: Readonly<Record<LiveState, readonly [string, string]>> = {
	connecting: ["Connecting", "Connecting to ctrace web"],
	live: ["Live", "What changes is shown as it happens"],
	broken: ["Not connected", "ctrace web does not answer. Start it again: ctrace web"],
	paused: ["Paused", "Goes on when you look at this tab"],
};

function LiveMark({ state }: { readonly state: LiveState }) {
	const [name, title] = LIVE_TEXTS[state];
	return (
		<span className={`live-mark is-${state}`} title={title} role="status">
			<span className="live-dot" aria-hidden="true" />
			<span className="live-name">{name}</span>
		</span>
	);
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const THEME_SIGNS: Readonly<Record<Theme, string>> = { system: "◐", light: "☀", dark: "☾" };

function ThemeSwitch() {
	const [theme, setTheme] = useTheme();
	return (
		<button
			type="button"
			className="quiet icon"
			aria-label={`Theme: ${theme}`}
			title={`Theme: ${theme}`}
			onClick={() => setTheme(NEXT_THEME[theme])}
		>
			<span aria-hidden="true">{THEME_SIGNS[theme]}</span>
		</button>
	);
}
