import { cdp } from "vitest/browser";

/** Nodes of Chromium's accessibility tree, of the page and the frame of the test. */
export async function accessibilityTree() {
  const { frameTree } = await cdp().send("Page.getFrameTree");
  const frames = [frameTree, ...(frameTree.childFrames ?? [])];
  const trees = await Promise.all(
    frames.map(({ frame }) => cdp().send("Accessibility.getFullAXTree", { frameId: frame.id })),
  );
  return trees.flatMap(({ nodes }) => nodes);
}
