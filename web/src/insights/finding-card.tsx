/** One finding: what was seen, what to do about it, and the sessions it follows from. */
import { Link } from "@tanstack/react-router";
import type { ApiFinding } from "../api/types.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Plain } from "../parts/plain.tsx";
import { formatWhen } from "../text/format.ts";
import { visible, visibleLine } from "../text/visible.ts";

const SUGGESTIONS: Readonly<Record<ApiFinding["suggestion"]["kind"], string>> = {
	"claude-md": "A line for CLAUDE.md",
	"allow-rule": "An allow rule, for .claude/settings.json",
	prompt: "A prompt to keep",
	habit: "A habit",
};

export function FindingCard({ finding }: { readonly finding: ApiFinding }) {
	const { title, detail, suggestion, effect, confidence, evidence, by } = finding;
	return (
		<article className="panel finding">
			<header>
				<h3>
					<Plain text={visibleLine(title)} />
				</h3>
				<span className="badge">{by === "computed" ? "computed from figures" : "read by a model"}</span>
			</header>
			<p>
				<Plain text={detail} />
			</p>
			<div className="suggestion">
				<div className="suggestion-head">
					<b>{SUGGESTIONS[suggestion.kind]}</b>
					{suggestion.kind !== "habit" && <CopyButton text={visible(suggestion.text)} label="copy" />}
				</div>
				{suggestion.kind === "habit" ? (
					<p>
						<Plain text={suggestion.text} />
					</p>
				) : (
					<pre>
						<Plain text={suggestion.text} />
					</pre>
				)}
			</div>
			<p className="faint">
				Effect: <Plain text={visibleLine(effect)} /> · confidence: {confidence}
			</p>
			{evidence.length > 0 && (
				<ul className="evidence" aria-label="Seen in">
					{evidence.map((one, index) => (
						<li key={index}>
							<EvidenceLink {...one} />
						</li>
					))}
				</ul>
			)}
		</article>
	);
}

function EvidenceLink({ sessionId, turn, title, startedAt }: ApiFinding["evidence"][number]) {
	const place = turn === undefined ? "" : `turn ${turn} of `;
	if (startedAt === undefined) return <span className="faint">{place}a session that was deleted since</span>;
	return (
		<Link
			to="/sessions/$id"
			params={{ id: sessionId }}
			{...(turn === undefined ? {} : { hash: `turn-${turn}` })}
		>
			{place}
			<Plain text={visibleLine(title ?? sessionId.slice(0, 13))} />
			<span className="faint"> · {formatWhen(startedAt, Date.now())}</span>
		</Link>
	);
}
