import { type ComponentPropsWithoutRef, type ReactNode, useState } from "react";

export interface PictureProps extends ComponentPropsWithoutRef<"img"> {
  /** Address of a picture. Its host has been checked. */
  src: string | undefined;
  /** Shown without a picture, or if it can't be loaded. */
  otherwise?: ReactNode;
}

/** Picture that is loaded without a referrer. It has no alternative text, because the name is next to it. */
export function Picture({ src, otherwise, ...props }: PictureProps) {
  const [broken, setBroken] = useState<string>();
  if (!src || src === broken) return otherwise;
  return <img {...props} src={src} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(src)} />;
}
