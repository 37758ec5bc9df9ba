import { Component, type ReactNode } from "react";

/** A part that cannot be shown costs itself alone. */
export class Boundary extends Component<
	{ readonly fallback: ReactNode; readonly children: ReactNode },
	{ readonly hasFailed: boolean }
> {
	override state = { hasFailed: false };

	static getDerivedStateFromError() {
		return { hasFailed: true };
	}

	override render() {
		return this.state.hasFailed ? this.props.fallback : this.props.children;
	}
}
