import { forwardRef, useEffect, useImperativeHandle, useRef } from "react";

import { SelectField } from "../../ui/Field.tsx";
import { unmanaged } from "../../ui/fieldMarks.ts";
import { Icon } from "../../ui/Icon.tsx";
import { registerKeyHandler } from "../../ui/keyboardHandlers.ts";
import { stopChangePropagation } from "../../ui/stopPropagation.ts";
import { DayFilter } from "./DayFilter.tsx";
import type { SessionListMessages } from "./messages.ts";
import type { UseSessionListResult } from "./useSessionList.ts";

const ranges = ["week", "today", "month", "custom"] as const;
const orders = ["forward", "reverse"] as const;

interface ListFiltersProps {
  list: UseSessionListResult;
  text: SessionListMessages;
}

/** Filters of the list. `ref` is the search field. */
export const ListFilters = forwardRef<HTMLInputElement, ListFiltersProps>(function ListFilters({ list, text }, ref) {
  const { filters, change, people, search, setSearch } = list;
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => field.current);
  // Esc clears the search in browsers. It must not also close a dialog of the app.
  useEffect(() => {
    const { current: element } = field;
    return element && search ? registerKeyHandler({ element, onEscape: () => setSearch("") }) : undefined;
  }, [search, setSearch]);
  const { view, person, range, order, from, to } = filters;
  const rangeNames = text.ranges(view);
  const days = { labels: text.dateParts, noSuchDay: text.noSuchDay, wholeYear: text.wholeYear };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `search` is younger than the oldest browser of the kit
    <div className="coviu-filters" role="search" aria-label={text.filters} {...stopChangePropagation}>
      <div className="coviu-search">
        <Icon name="search" />
        <input
          ref={field}
          className="coviu-input"
          type="search"
          form=""
          {...unmanaged}
          aria-label={text.search}
          placeholder={text.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {people.length > 0 && (
        <Choice
          label={text.person}
          // The value is a number, because a `state` must not appear in the page.
          value={String(people.findIndex(({ state }) => state === person))}
          options={[
            { value: "-1", label: text.everyone },
            ...people.map(({ name }, index) => ({ value: String(index), label: name, isName: true })),
          ]}
          onChange={(value) => change({ person: people[Number(value)]?.state })}
        />
      )}
      {view !== "active" && (
        <Choice
          label={text.dates}
          value={range}
          options={ranges.map((value) => ({ value, label: rangeNames[value] }))}
          onChange={(value) => change({ range: value })}
        />
      )}
      <Choice
        label={text.order}
        value={order}
        options={orders.map((value) => ({ value, label: text.orders[value] }))}
        onChange={(value) => change({ order: value })}
      />
      {range === "custom" && (
        <div className="coviu-filter-days">
          <DayFilter {...days} legend={text.from} value={from} onChange={(day) => change({ from: day })} />
          <DayFilter {...days} legend={text.to} value={to} onChange={(day) => change({ to: day })} />
        </div>
      )}
    </div>
  );
});

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; isName?: boolean }[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className="coviu-field">
      <SelectField
        aria-label={label}
        value={value}
        options={options}
        onChange={({ target }) => {
          const chosen = options[target.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
      />
    </div>
  );
}
