// The server adds this script to every story's page. It reports the story's errors and checks the page's layout.
/** @typedef {import("./page.d.ts").Finding} Finding */

(() => {
  /** @type {string[]} */
  const errors = [];
  addEventListener("error", ({ message }) => errors.push(`page error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(`unhandled rejection: ${reason}`));

  /** Resolves when the story has finished. Storybook reports errors of rendering and play function on this channel. @type {Promise<void>} */
  const finished = new Promise((resolve) => {
    /** @type {any} */
    let channel;
    Object.defineProperty(window, "__STORYBOOK_ADDONS_CHANNEL__", {
      configurable: true,
      get: () => channel,
      set: (value) => {
        channel = value;
        for (const event of ["playFunctionThrewException", "storyThrewException", "storyErrored", "storyMissing"]) {
          channel.on(event, (/** @type {any} */ error) => {
            errors.push(`${event}: ${error?.message ?? error?.title ?? error}`);
            if (event === "storyMissing") resolve();
          });
        }
        channel.on("unhandledErrorsWhilePlaying", (/** @type {any[]} */ all) => {
          for (const error of all) errors.push(`while playing: ${error?.message}`);
        });
        channel.on("storyFinished", (/** @type {any} */ { status }) => {
          if (status !== "success" && errors.length === 0) errors.push("the story ended with an error");
          resolve();
        });
      },
    });
  });

  /** @param {Element} element */
  function describe(element) {
    const { id, className, localName } = element;
    const name = element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30);
    // React's ids differ from run to run.
    const ref = typeof className === "string" && className ? `.${className.split(" ").join(".")}` : id ? "#" : "";
    return `${localName}${ref}${name ? ` "${name}"` : ""}`;
  }

  /** Overflow in px up to which a box is not meant to scroll. */
  const slight = 8;

  /** Finds boxes that scroll by a few pixels: a tab stop in some engines, a scrollbar in others. @returns {Finding[]} */
  function slightlyScrolling() {
    return [...document.querySelectorAll("body *")].flatMap((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = (/** @type {string} */ overflow, /** @type {number} */ excess) =>
        (overflow === "auto" || overflow === "scroll") && excess > 0 && excess <= slight;
      const excess = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
      return scrolls(overflowX, excess[0] ?? 0) || scrolls(overflowY, excess[1] ?? 0)
        ? [{ rule: "scrolls-by-a-pixel", target: `${describe(element)} by ${excess.join(", ")} px` }]
        : [];
    });
  }

  /** Finds boxes that scroll sideways, except tables and tab lists. @returns {Finding[]} */
  function boxesScrollingSideways() {
    return [...document.querySelectorAll("body *")].flatMap((element) => {
      const excess = element.scrollWidth - element.clientWidth;
      const { overflowX } = getComputedStyle(element);
      return /auto|scroll/.test(overflowX) && excess > slight && !element.matches("[role=tablist], pre")
        ? [{ rule: "box-scrolls-sideways", target: `${describe(element)} by ${excess} px` }]
        : [];
    });
  }

  /** Finds the element that exceeds the page's width most. @returns {Finding[]} */
  function pageScrollsSideways() {
    const page = document.scrollingElement ?? document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const edge = (/** @type {Element} */ element) => {
      const { left, right } = element.getBoundingClientRect();
      return Math.max(right - page.clientWidth, -left);
    };
    const [widest] = [...document.querySelectorAll("body *")].toSorted((a, b) => edge(b) - edge(a));
    const target = `${widest ? describe(widest) : "page"}, ${page.scrollWidth - page.clientWidth} px`;
    return [{ rule: "page-scrolls-sideways", target }];
  }

  const loadAxe = () =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "/axe.min.js";
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });

  /** Whether a focus ring is visible around the element, its row or field, or the element that draws the control.
   * @param {Element} element */
  function hasRing(element) {
    const { parentElement, nextElementSibling } = element;
    const styles = [element, parentElement, parentElement?.parentElement, nextElementSibling].flatMap((place) =>
      place ? [getComputedStyle(place), getComputedStyle(place, "::before"), getComputedStyle(place, "::after")] : [],
    );
    return styles.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && outlineWidth !== "0px");
  }

  /** @type {WeakSet<Element>} */
  const visited = new WeakSet();

  /** @type {import("./page.d.ts").Probe} */
  const probe = {
    async whenFinished() {
      await finished;
      return errors;
    },

    show({ theme, direction }) {
      for (const element of document.querySelectorAll("[data-coviu-theme]")) {
        element.setAttribute("data-coviu-theme", theme);
        element.setAttribute("dir", direction);
      }
      for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
    },

    async audit() {
      if (!window.axe) await loadAxe();
      // Stories are parts of a page: as in Storybook's own check, they need not lie in landmarks.
      const { violations } = await window.axe.run(
        { include: document.body, exclude: [".sb-wrapper", "#storybook-docs", "#storybook-highlights-root"] },
        { rules: { region: { enabled: false }, "target-size": { enabled: true } }, resultTypes: ["violations"] },
      );
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => ({
          rule: id,
          target: `${describe(document.querySelector(String(target[0])) ?? document.body)} ${any[0]?.message ?? ""}`,
        })),
      );
    },

    layout: () => [...slightlyScrolling(), ...boxesScrollingSideways(), ...pageScrollsSideways()],

    startWalk() {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && !activeElement.closest("dialog, [role=dialog], [role=alertdialog]")) {
        activeElement.blur();
      }
    },

    stop() {
      const element = document.activeElement;
      if (!element || element === document.body || visited.has(element)) return undefined;
      visited.add(element);
      const operable = "a[href], button, input, select, textarea, summary, [tabindex]";
      // Firefox and Chromium stop at boxes that scroll, so that arrow keys can move them.
      const scrolls = element.scrollHeight > element.clientHeight + slight;
      return {
        target: describe(element),
        operable: element.matches(operable) || scrolls,
        // WebKit draws no ring in an inactive window, and two windows run at the same time.
        ring: hasRing(element) || !document.hasFocus(),
        group: element.matches("[type=radio], [role=tab]"),
      };
    },
  };
  Object.assign(window, { probe });
})();
