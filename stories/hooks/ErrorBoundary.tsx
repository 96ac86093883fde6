import { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  children: ReactNode;
  renderError: (error: Error, retry: () => void) => ReactNode;
  onReset: () => void;
}

/** As any app has one: what failed below is shown by `renderError`, which can try again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  readonly retry = () => {
    this.props.onReset();
    this.setState({ error: undefined });
  };

  override render() {
    const { error } = this.state;
    return error ? this.props.renderError(error, this.retry) : this.props.children;
  }
}
