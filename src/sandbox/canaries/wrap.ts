type Before = (args: readonly unknown[], self: unknown) => void;

/** Is told of every call of a method before it happens, until it is undone. What is missing here is left alone. */
export function wrap(target: unknown, name: string, before: Before): () => void {
  if (!isObject(target)) return () => {};
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== "function") return () => {};
  return replace(target, name, (told) => ({
    configurable: true,
    enumerable: Object.keys(target).includes(name),
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      told(() => before(args, this));
      return Reflect.apply(original, this, args);
    },
  }));
}

/** The same for a property that is written. */
export function wrapSetter(target: unknown, name: string, before: Before): () => void {
  if (!isObject(target)) return () => {};
  const original = Object.getOwnPropertyDescriptor(target, name);
  if (!original?.set) return () => {};
  return replace(target, name, (told) => ({
    ...original,
    set(this: unknown, value: unknown): void {
      told(() => before([value], this));
      original.set?.call(this, value);
    },
  }));
}

/** A class of this page or process, as its methods are found. */
export function prototypeOf(name: string): unknown {
  const kind: unknown = Reflect.get(globalThis, name);
  return typeof kind === "function" ? kind.prototype : undefined;
}

/** A watcher never breaks what it watches: whatever fails in it is left out. */
export function attempt(look: () => void): void {
  try {
    look();
  } catch {
    // Storage that is switched off, a getter that throws: nothing can be read there, so nothing is given away either.
  }
}

function replace(
  target: object,
  name: string,
  make: (told: (look: () => void) => void) => PropertyDescriptor & ThisType<unknown>,
): () => void {
  let on = true;
  const before = Object.getOwnPropertyDescriptor(target, name);
  const mine = make((look) => on && attempt(look));
  attempt(() => Object.defineProperty(target, name, mine));
  return () => {
    on = false;
    const now = Object.getOwnPropertyDescriptor(target, name);
    // Whoever wrapped it later keeps theirs, which goes on to the original through this one.
    if (now?.value !== mine.value || now?.set !== mine.set) return;
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
