/** Global style sheets of apps by their source. Each has rules on bare elements that match the kit's markup. */
export const appStyleSheets = {
  "Vite 7's React template": `
    :root { font-family: system-ui, Avenir, Helvetica, Arial, sans-serif; line-height: 1.5; font-weight: 400;
      color: rgba(255, 255, 255, 0.87); background-color: #242424; font-synthesis: none;
      text-rendering: optimizeLegibility; -webkit-font-smoothing: antialiased; }
    a { font-weight: 500; color: #646cff; text-decoration: inherit; }
    body { margin: 0; display: flex; place-items: center; min-width: 320px; min-height: 100vh; }
    h1 { font-size: 3.2em; line-height: 1.1; }
    button { border-radius: 8px; border: 1px solid transparent; padding: 0.6em 1.2em; font-size: 1em;
      font-weight: 500; font-family: inherit; background-color: #1a1a1a; cursor: pointer; transition: border-color 0.25s; }
    #root { max-width: 1280px; margin: 0 auto; padding: 2rem; text-align: center; }`,
  "Vite 8's React template": `
    :root { font: 18px/145% system-ui, sans-serif; letter-spacing: 0.18px; color: #6b6375; background: #fff;
      font-synthesis: none; text-rendering: optimizeLegibility; }
    h1, h2 { font-family: serif; font-weight: 500; color: #08060d; }
    h1 { font-size: 56px; letter-spacing: -1.68px; margin: 32px 0; }
    h2 { font-size: 24px; line-height: 118%; letter-spacing: -0.24px; margin: 0 0 8px; }
    p { margin: 0; }`,
  "Next's template": `
    html, body { max-width: 100vw; overflow-x: hidden; }
    body { color: #ededed; background: #0a0a0a; font-family: Arial, Helvetica, sans-serif; -webkit-font-smoothing: antialiased; }
    * { box-sizing: border-box; padding: 0; margin: 0; }
    a { color: inherit; text-decoration: none; }`,
  "Tailwind 3's preflight": `
    *, ::before, ::after { box-sizing: border-box; border-width: 0; border-style: solid; border-color: #e5e7eb; }
    html { line-height: 1.5; tab-size: 4; font-family: ui-sans-serif, system-ui; }
    body { margin: 0; line-height: inherit; }
    h1, h2, h3, h4, h5, h6 { font-size: inherit; font-weight: inherit; }
    a { color: inherit; text-decoration: inherit; }
    button, input, optgroup, select, textarea { font-family: inherit; font-size: 100%; font-weight: inherit;
      line-height: inherit; letter-spacing: inherit; color: inherit; margin: 0; padding: 0; }
    button, select { text-transform: none; }
    button { -webkit-appearance: button; background-color: transparent; background-image: none; }
    summary { display: list-item; }
    h1, h2, h3, h4, h5, h6, p, figure, dl, dd { margin: 0; }
    fieldset { margin: 0; padding: 0; } legend { padding: 0; }
    ol, ul, menu { list-style: none; margin: 0; padding: 0; }
    dialog { padding: 0; } textarea { resize: vertical; }
    input::placeholder, textarea::placeholder { opacity: 1; color: #9ca3af; }
    img, svg, video { display: block; vertical-align: middle; } img, video { max-width: 100%; height: auto; }`,
  "Bootstrap's reboot": `
    *, *::before, *::after { box-sizing: border-box; }
    body { margin: 0; font: 400 1rem/1.5 system-ui; color: #212529; background: #fff; -webkit-text-size-adjust: 100%; }
    h1, h2, h3 { margin-top: 0; margin-bottom: 0.5rem; font-weight: 500; line-height: 1.2; color: crimson; }
    h1 { font-size: calc(1.375rem + 1.5vw); }
    p { margin-top: 0; margin-bottom: 1rem; } ol, ul { padding-left: 2rem; margin-bottom: 1rem; }
    a { color: #0d6efd; text-decoration: underline; }
    img, svg { vertical-align: middle; } label { display: inline-block; }
    button { border-radius: 0; } button, select { text-transform: none; }
    input, button, select, optgroup, textarea { margin: 0; font-family: inherit; font-size: inherit; line-height: inherit; }
    select { word-wrap: normal; } textarea { resize: vertical; }
    fieldset { min-width: 0; padding: 0; margin: 0; border: 0; }
    legend { float: left; width: 100%; padding: 0; margin-bottom: 0.5rem; font-size: 1.5rem; line-height: inherit; }
    legend + * { clear: left; } summary { display: list-item; cursor: pointer; }`,
  "inherited properties": `
    html { font-size: 62.5%; }
    body { text-indent: 2em; word-spacing: 0.5em; letter-spacing: 0.1em; text-transform: uppercase; line-height: 3;
      text-align: justify; white-space: pre; font-style: italic; font-variant: small-caps; cursor: crosshair;
      text-shadow: 1px 1px red; word-break: break-all; hyphens: auto; list-style: square inside;
      border-collapse: collapse; border-spacing: 4px; quotes: "x" "y"; tab-size: 2; writing-mode: vertical-rl;
      text-align-last: right; line-break: anywhere; font-stretch: condensed; font-feature-settings: "smcp";
      font-kerning: none; text-emphasis: circle; caret-color: red; -webkit-text-stroke: 1px red;
      -webkit-text-fill-color: red; text-underline-offset: 9px; fill: red; stroke: red; stroke-width: 9px;
      overflow-wrap: anywhere; color: red; accent-color: red; text-orientation: upright; hanging-punctuation: first; user-select: none; }`,
  "rules on all elements": `
    button, input, select, textarea, fieldset, legend, label, ul, li, p, h1, h2, h3, h4, svg, img, a, span, time,
    bdi, details, summary, strong, nav, header, option {
      display: inline; float: right; position: relative; top: 3px; width: 77px; height: 7px; min-height: 99px;
      max-width: 50%; margin: 7px; padding: 9px; border: 5px dashed red; border-radius: 9px; background: #311;
      box-shadow: 0 0 9px red; outline: 3px solid red; color: red; font: italic 700 31px/2 serif; opacity: 0.4;
      text-transform: uppercase; text-decoration: line-through; text-indent: 9px; text-align: right;
      letter-spacing: 4px; word-spacing: 9px; text-shadow: 1px 1px red; white-space: pre; list-style: square;
      transform: rotate(9deg); filter: blur(1px); transition: all 1s; animation: none 3s; appearance: none;
      vertical-align: top; cursor: wait; overflow: scroll; visibility: visible; fill: red; stroke: blue;
      stroke-width: 9; columns: 2; flex: 1 1 100%; align-self: end; order: 3; gap: 19px; z-index: 7;
      user-select: none; clip-path: inset(40%); mix-blend-mode: difference; }
    section, form, div { display: flex; float: left; min-height: 90vh; margin: 1em; padding: 4rem; border: 1px solid;
      border-radius: 9px; background: #311; box-shadow: 0 0 9px red; max-width: 30rem; overflow: hidden; color: red;
      font-size: 31px; text-align: center; gap: 19px; }
    path { fill: red; stroke: blue; stroke-width: 9; opacity: 0.4; transform: rotate(9deg); display: none; }
    *::before, *::after { border: 3px solid red; margin: 5px; background: red; }
    button::before, a::after, li::before, summary::after { content: "x"; position: static; color: red; }
    input::placeholder { color: red; font-size: 31px; }`,
} as const;
