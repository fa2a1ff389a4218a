import { Component, type ReactNode } from 'react';

/** A page that fails to load or to draw says so and offers the one thing that helps. */
export class CrashGuard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="state" role="alert">
        <h2>页面没有打开</h2>
        <p>可能是网络断了，或页面刚刚更新。您填写的内容没有丢失。</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          重新打开
        </button>
      </div>
    );
  }
}
