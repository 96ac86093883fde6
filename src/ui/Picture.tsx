import { type ComponentPropsWithoutRef, type ReactNode, useState } from "react";

export interface PictureProps extends ComponentPropsWithoutRef<"img"> {
  /** Already checked: only pictures of trusted hosts get here. */
  src: string | undefined;
  /** Shown where there is no picture, or where it can't be loaded. */
  otherwise?: ReactNode;
}

/** A picture that says nothing about who looks at it. What it shows stands beside it in words. */
export function Picture({ src, otherwise, ...props }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  if (!src || src === broken) return otherwise;
  return <img {...props} src={src} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(src)} />;
}
