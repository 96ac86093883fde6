type BeforeCall = (args: readonly unknown[], self: unknown) => void;

/** Calls `before` ahead of each call of a method. Does nothing if the method is missing. @returns A function that restores it. */
export function wrap(target: unknown, name: string, before: BeforeCall): () => void {
  if (!isObject(target)) return () => {};
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== "function") return () => {};
  return replace(target, name, (run) => ({
    configurable: true,
    enumerable: Object.keys(target).includes(name),
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      run(() => before(args, this));
      return Reflect.apply(original, this, args);
    },
  }));
}

/** Calls `before` ahead of each assignment to a property. @returns A function that restores it. */
export function wrapSetter(target: unknown, name: string, before: BeforeCall): () => void {
  if (!isObject(target)) return () => {};
  const original = Object.getOwnPropertyDescriptor(target, name);
  if (!original?.set) return () => {};
  return replace(target, name, (run) => ({
    ...original,
    set(this: unknown, value: unknown): void {
      run(() => before([value], this));
      original.set?.call(this, value);
    },
  }));
}

/** Finds the prototype of a global class. */
export function prototypeOf(name: string): unknown {
  const kind: unknown = Reflect.get(globalThis, name);
  return typeof kind === "function" ? kind.prototype : undefined;
}

/** Runs a function and ignores its errors, so that a watcher never breaks the watched code. */
export function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Disabled storage, or a getter that throws: what can not be read does not leak.
  }
}

function replace(
  target: object,
  name: string,
  make: (run: (before: () => void) => void) => PropertyDescriptor & ThisType<unknown>,
): () => void {
  let isActive = true;
  const before = Object.getOwnPropertyDescriptor(target, name);
  const mine = make((work) => isActive && attempt(work));
  attempt(() => Object.defineProperty(target, name, mine));
  return () => {
    isActive = false;
    const now = Object.getOwnPropertyDescriptor(target, name);
    // A later wrapper stays. It calls the original through this one.
    if (now?.value !== mine.value || now?.set !== mine.set) return;
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
