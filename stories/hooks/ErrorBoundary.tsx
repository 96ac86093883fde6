import { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  children: ReactNode;
  renderError: (error: Error, retry: () => void) => ReactNode;
  onReset: () => void;
}

/** Error boundary of an app. `renderError` renders the error and can retry. */
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
