/** Paths of the icons, for 16 px. Circles and rounded boxes are paths, so that one attribute holds an icon. */
const paths = {
  back: "M9.8 3.4 5.2 8l4.6 4.6",
  calendar:
    "M4.2 3.2h7.6a2 2 0 0 1 2 2v6.6a2 2 0 0 1-2 2H4.2a2 2 0 0 1-2-2V5.2a2 2 0 0 1 2-2ZM2.2 6.6h11.6M5.2 1.8v2.6M10.8 1.8v2.6",
  check: "m3 8.4 3.2 3.2L13 4.8",
  clock: "M13.9 8A5.9 5.9 0 1 1 2.1 8a5.9 5.9 0 0 1 11.8 0ZM8 4.8V8l2.2 1.6",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M7.2 5.6H12a1.6 1.6 0 0 1 1.6 1.6V12a1.6 1.6 0 0 1-1.6 1.6H7.2A1.6 1.6 0 0 1 5.6 12V7.2a1.6 1.6 0 0 1 1.6-1.6ZM10.4 3.6V3.4A1.4 1.4 0 0 0 9 2H3.8a1.4 1.4 0 0 0-1.4 1.4v5.2A1.4 1.4 0 0 0 3.6 10",
  down: "M3.8 6.2 8 10.4l4.2-4.2",
  edit: "m10.6 3 2.4 2.4M2.6 13.4l.7-3L11 2.7a1.2 1.2 0 0 1 1.7 0l.6.6a1.2 1.2 0 0 1 0 1.7l-7.7 7.7-3 .7Z",
  eye: "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8ZM9.9 8a1.9 1.9 0 1 1-3.8 0 1.9 1.9 0 0 1 3.8 0Z",
  "eye-off":
    "M6.4 4c.5-.1 1-.2 1.6-.2 4 0 6.4 4.2 6.4 4.2s-.6 1.1-1.8 2.2M10.6 11.7c-.8.3-1.6.5-2.6.5C4 12.2 1.6 8 1.6 8s.9-1.7 2.6-2.9M2.4 2.4l11.2 11.2",
  globe:
    "M13.9 8A5.9 5.9 0 1 1 2.1 8a5.9 5.9 0 0 1 11.8 0ZM2.1 8h11.8M8 2.1c3.4 3.6 3.4 8.2 0 11.8M8 2.1c-3.4 3.6-3.4 8.2 0 11.8",
  lock: "M4.8 7h6.4a1.6 1.6 0 0 1 1.6 1.6v3.6a1.6 1.6 0 0 1-1.6 1.6H4.8a1.6 1.6 0 0 1-1.6-1.6V8.6A1.6 1.6 0 0 1 4.8 7ZM5.2 7V5a2.8 2.8 0 0 1 5.6 0v2",
  next: "M6.2 3.4 10.8 8l-4.6 4.6",
  "person-add":
    "M9 5.2a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0ZM1.8 13.4c.3-2.6 2-4.2 4.6-4.2 1.4 0 2.6.5 3.4 1.4M12.4 9.8v4.4M10.2 12h4.4",
  plus: "M8 3v10M3 8h10",
  refresh: "M13.6 8A5.6 5.6 0 1 1 12 4.1M13.6 1.9v3h-3",
  search: "M11.4 7a4.4 4.4 0 1 1-8.8 0 4.4 4.4 0 0 1 8.8 0ZM10.4 10.4l3.4 3.4",
  spinner: "M8 2.2A5.8 5.8 0 1 1 2.2 8",
  video:
    "M3.6 4h5a1.8 1.8 0 0 1 1.8 1.8v4.4A1.8 1.8 0 0 1 8.6 12h-5a1.8 1.8 0 0 1-1.8-1.8V5.8A1.8 1.8 0 0 1 3.6 4ZM10.4 7.2l3.8-2.2v6l-3.8-2.2",
  warning: "M8 2.3 14.4 13H1.6L8 2.3ZM8 6.4v3M8 11.2v.01",
};

export type IconName = keyof typeof paths;

export interface IconProps {
  name: IconName;
  /** Whether the icon is mirrored in texts from right to left. */
  flip?: boolean;
  state?: "pending" | undefined;
}

/** Icon in the current color. Size and strokes are attributes, so that it is drawn without the style sheet too. */
export function Icon({ name, flip, state }: IconProps) {
  return (
    <svg
      className="coviu-icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
      data-flip={flip ? "" : undefined}
      data-state={state}
    >
      <path d={paths[name]} />
    </svg>
  );
}
